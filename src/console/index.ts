export { createConsole, type Authenticator, type ConsoleOptions } from './app.ts'
export type { ActivePolicy, StatusBody, StatusReport } from './status.ts'
