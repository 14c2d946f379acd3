export {
  DEFAULT_LIMITS,
  Secret,
  type Address,
  type Config,
  type ConnectionConfig,
  type ConnectionKey,
  type Limits,
} from './config.ts'
export { ConfigError, type Problem } from './config-error.ts'
export { DEFAULT_TIMEOUT_MS } from './connections.ts'
export { exampleConfig, ISSUER_EXAMPLES, type IssuerExample, type IssuerName } from './example.ts'
export { dataDir, demoSettings, type DemoSettings } from './environment.ts'
export { DEFAULT_POLICY_DIR, loadConfig } from './load.ts'
export { liveConfig, type LiveConfig, type LiveConfigOptions } from './live.ts'
