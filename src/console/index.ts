export { createConsole, type Authenticator, type ConsoleOptions } from './app.ts'
export type { AuditDesk, AuditTerms } from './audit.ts'
export type { ScanDesk, ScanReport, ScannedExchange, ScannedSession } from './scans.ts'
export type { RecordingsDesk } from './recordings.ts'
export type { RetentionDesk } from './retention.ts'
export type { ReviewsDesk } from './reviews.ts'
export type { PrincipalsDesk, PrincipalUse } from './principals.ts'
export type { PastBundle, PolicyPages } from './policy.ts'
export type {
  AuditStatus,
  BundleState,
  Load,
  RosterStatus,
  StatusBody,
  StatusReport,
} from './status.ts'
export type { SessionTimes, SignedInPerson } from './sessions.ts'
export type { SignInDesk } from './sign-in.ts'
export type { WebhooksDesk } from './webhooks.ts'
