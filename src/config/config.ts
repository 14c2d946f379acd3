import type { Connection } from '../domain/index.ts'
import type { LimitOverride, PrincipalLimits } from '../schema/index.ts'

/** The settings of a server, checked and complete. */
export interface Config {
  readonly listen: Address
  readonly console: Address
  readonly dataDir: string
  /** Directory of the built policy bundle. */
  readonly policyDir: string
  readonly master: { readonly id: string; readonly secret: Uint8Array }
  readonly issuer: {
    readonly url: URL
    readonly audience: string
    readonly consoleAudience: string
    readonly algorithms: readonly string[]
    readonly groupsClaim: string
    readonly baseScope: string
  }
  readonly connections: readonly ConnectionConfig[]
  readonly defaultConnection: string
  readonly limits: Limits
  /** Host names that are answered; undefined for any. */
  readonly allowedHosts: readonly string[] | undefined
  /** Where Prometheus reads; nowhere when not given. */
  readonly metrics?: Address
  /** Whether each exchange has its line on stderr. */
  readonly logExchanges?: boolean
}

export interface Address {
  readonly host: string
  readonly port: number
}

export interface ConnectionConfig extends Connection {
  readonly key: Secret
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
