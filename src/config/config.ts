import type { Connection } from '../domain/index.ts'
import type {
  ClientCertificates,
  LimitOverride,
  PrincipalLimits,
  WebhookEventType,
} from '../schema/index.ts'

/** The settings of a server, checked and complete. */
export interface Config {
  readonly listen: Address
  readonly console: Address
  readonly dataDir: string
  /** Directory of the built policy bundle. */
  readonly policyDir: string
  /** Goes before policyDir. */
  readonly policy?: PolicyConfig
  readonly keyringFile: string
  readonly issuers: readonly IssuerConfig[]
  readonly connections: readonly ConnectionConfig[]
  readonly defaultConnection: string
  readonly limits: Limits
  readonly approvals: ApprovalsConfig
  /** Host names that are answered; undefined for any. */
  readonly allowedHosts: readonly string[] | undefined
  /** How people sign in to the console's pages; there are none when not given. */
  readonly signIn?: SignInConfig
  /** Who is notified; nobody when not given. */
  readonly webhooks?: readonly WebhookConfig[]
  /** How the audit log is kept, and to whom it is sent. */
  readonly audit?: AuditConfig
  /** Days that a session is kept after its last exchange, where its connection says nothing else. */
  readonly recordingDays?: number
  /** Where Prometheus reads; nowhere when not given. */
  readonly metrics?: Address
  /** The known people; without it the file is in the data directory. */
  readonly roster?: RosterConfig
  /** Whether each exchange has its line on stderr. */
  readonly logExchanges?: boolean
}

/** Where policy comes from, and what is tried beside it. */
export interface PolicyConfig {
  readonly source: PolicySourceConfig
  readonly shadow?: PolicySourceConfig
}

export type PolicySourceConfig =
  | { readonly kind: 'directory'; readonly directory: string; readonly watch: boolean }
  | {
      readonly kind: 'bundle'
      readonly file: string
      /** What the signature must be of; the key as PEM. */
      readonly pinned: {
        readonly key: string
        readonly algorithm: 'RS256' | 'ES256'
        readonly keyId?: string
      }
      readonly watch: boolean
    }

export interface RosterConfig {
  readonly file: string
  /** An older one is warned of. */
  readonly maxAgeDays: number
}

/** Lists of patients change with every admission. */
export const DEFAULT_ROSTER_DAYS = 7

export interface Address {
  readonly host: string
  readonly port: number
  /** Absent: plain HTTP. */
  readonly tls?: Tls
}

/** Files of a listener's certificate, and whether clients have to show one. */
export interface Tls {
  readonly certFile: string
  readonly keyFile: string
  readonly clientCaFile?: string
  readonly clientCertificates: ClientCertificates
}

/** One issuer of access tokens. */
export interface IssuerConfig {
  readonly url: URL
  readonly audience: string
  readonly consoleAudience: string
  readonly algorithms: readonly string[]
  readonly clockToleranceSeconds: number
  readonly maxKeyAgeSeconds: number
  readonly claims: ClaimsConfig
  readonly requiredClaims: Readonly<Record<string, string | number | boolean>>
  readonly grantScopes: readonly string[]
  readonly baseScope: string
}

/** Paths of claims; what is not given is found where most issuers put it. */
export interface ClaimsConfig {
  readonly scopes?: readonly string[]
  readonly groups?: readonly string[]
  readonly purpose?: string
  readonly kind?: { readonly claim: string; readonly person: readonly string[] }
}

export interface ConnectionConfig extends Connection {
  /** The upstream's keys; the first is sent. */
  readonly keys: readonly [ConnectionKey, ...ConnectionKey[]]
}

export interface ConnectionKey {
  /** Its name in logs and records. */
  readonly id: string
  readonly secret: Secret
}

export interface Limits {
  readonly bodyBytes: number
  readonly bytesInFlight: number
  readonly inspectionBaseMs: number
  readonly inspectionPerMegabyteMs: number
  readonly smallBodyBytes: number
  /** For each principal on each connection. */
  readonly perPrincipal: PrincipalLimits
  readonly overrides: readonly LimitOverride[]
}

/** 32 MB is what the Messages API takes; the rest was measured on the way (ARCHITECTURE.md). */
export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 32 * 1024 * 1024,
  bytesInFlight: 128 * 1024 * 1024,
  inspectionBaseMs: 1000,
  inspectionPerMegabyteMs: 250,
  smallBodyBytes: 256 * 1024,
  perPrincipal: {},
  overrides: [],
}

export interface AuditConfig {
  /** Files of the log are removed when all in them is older. */
  readonly retentionDays: number
  readonly sinks: readonly SinkConfig[]
}

/** Shorter than the log: what was said is needed for looking into cases, not for proof that policy was kept. */
export const DEFAULT_RECORDING_DAYS = 90

/** A receiver of the audit log. */
export interface SinkConfig {
  readonly name: string
  readonly url: URL
  readonly authorization?: { readonly scheme: string; readonly secret: Secret }
  readonly maxBacklogBytes: number
  /** Whether nothing is forwarded while the sink is further behind. */
  readonly failClosed: boolean
}

/** 45 CFR 164.316(b)(2)(i): six years. */
export const DEFAULT_AUDIT: AuditConfig = { retentionDays: 2192, sinks: [] }

/** A receiver of notifications. */
export interface WebhookConfig {
  readonly url: URL
  readonly events: readonly WebhookEventType[]
}

/** The console as a client of the issuer that people sign in at. Times in seconds. */
export interface SignInConfig {
  readonly issuer: IssuerConfig
  readonly clientId: string
  readonly clientSecret: Secret
  /** `openid` among them. */
  readonly scopes: readonly string[]
  readonly idleSeconds: number
  readonly lifeSeconds: number
  readonly freshSeconds: number
}

/** Idle logoff: 45 CFR 164.312(a)(2)(iii) asks for one and leaves the time open; 15 minutes is NIST SP 800-63B, AAL3. */
export const DEFAULT_SIGN_IN: Pick<SignInConfig, 'idleSeconds' | 'lifeSeconds' | 'freshSeconds'> = {
  idleSeconds: 15 * 60,
  lifeSeconds: 8 * 60 * 60,
  freshSeconds: 15 * 60,
}

/** How persons approve. Times in seconds. */
export interface ApprovalsConfig {
  readonly reviewSeconds: number
  /** Undefined: the console's listener. */
  readonly publicUrl: URL | undefined
  readonly quietSeconds: number
  readonly streamSeconds: number
  readonly silentSeconds: number
  readonly pingSeconds: number
  /** Owners of service accounts, by principal. */
  readonly owners: ReadonlyMap<string, readonly string[]>
}

/** As long as the clients bear it: the Agent SDK gives a stream 600 s, Node's fetch a silent answer 300 s. */
export const DEFAULT_APPROVALS: ApprovalsConfig = {
  reviewSeconds: 24 * 60 * 60,
  publicUrl: undefined,
  quietSeconds: 50,
  streamSeconds: 590,
  silentSeconds: 280,
  pingSeconds: 10,
  owners: new Map(),
}

/** A value that no log, error or JSON shows. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }
}
