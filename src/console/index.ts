export { createConsole, type Authenticator, type ConsoleOptions } from './app.ts'
export type { PrincipalsDesk, PrincipalUse } from './principals.ts'
export type { ActivePolicy, Load, RosterStatus, StatusBody, StatusReport } from './status.ts'
