export { StretchReader, type Stretch, type Triggers } from './stretches.ts'
