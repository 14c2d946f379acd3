export { createConsole, type Authenticator, type ConsoleOptions } from './app.ts'
export type { PrincipalsDesk, PrincipalUse } from './principals.ts'
export type { PastBundle, PolicyPages } from './policy.ts'
export type { BundleState, Load, StatusBody, StatusReport } from './status.ts'
