export { createConsole, type Authenticator, type ConsoleOptions } from './app.ts'
export type { ReviewsDesk } from './reviews.ts'
export type { PrincipalsDesk, PrincipalUse } from './principals.ts'
export type { ActivePolicy, Load, StatusBody, StatusReport } from './status.ts'
