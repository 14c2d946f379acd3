export { openListener, type Listener } from './listener.ts'
