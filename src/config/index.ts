export {
  DEFAULT_APPROVALS,
  DEFAULT_AUDIT,
  DEFAULT_LIMITS,
  DEFAULT_RECORDING_DAYS,
  DEFAULT_SIGN_IN,
  DEFAULT_ROSTER_DAYS,
  Secret,
  type Address,
  type ApprovalsConfig,
  type Config,
  type ClaimsConfig,
  type ConnectionConfig,
  type ConnectionKey,
  type IssuerConfig,
  type Limits,
  type SignInConfig,
  type SinkConfig,
  type PolicyConfig,
  type Tls,
  type WebhookConfig,
} from './config.ts'
export { ConfigError, type Problem } from './config-error.ts'
export { DEFAULT_TIMEOUT_MS } from './connections.ts'
export { exampleConfig, ISSUER_EXAMPLES, type IssuerExample, type IssuerName } from './example.ts'
export { dataDir, demoSettings, keyringIn, rosterIn, type DemoSettings } from './environment.ts'
export { usualIssuer } from './issuers.ts'
export { DEFAULT_POLICY_DIR, dataDirOf, keyringFileOf, loadConfig, rosterFileOf } from './load.ts'
export { liveConfig, type LiveConfig, type LiveConfigOptions } from './live.ts'
