export {
  DEFAULT_LIMITS,
  Secret,
  type Address,
  type Config,
  type ClaimsConfig,
  type ConnectionConfig,
  type IssuerConfig,
  type Limits,
  type Tls,
} from './config.ts'
export { ConfigError } from './config-error.ts'
export { usualIssuer } from './issuers.ts'
export { dataDir, demoSettings, keyringIn, type DemoSettings } from './environment.ts'
export { DEFAULT_POLICY_DIR, DEFAULT_TIMEOUT_MS, keyringFileOf, loadConfig } from './load.ts'
