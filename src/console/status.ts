import type { Clock } from '../domain/index.ts'

/** The policy that is active now. */
export interface ActivePolicy {
  readonly revision: string
  /** Milliseconds since the epoch. */
  readonly activatedAt: number
}

/** What the composition root knows of the rest of the server. */
export interface StatusReport {
  readonly version: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly audit: { readonly healthy: boolean }
}

/** The body of GET /status; bundles are named like in OPA's status API, so that its dashboards read them. */
export interface StatusBody {
  readonly bundles: Readonly<
    Record<
      string,
      { readonly active_revision: string; readonly last_successful_activation: string }
    >
  >
  readonly audit: { readonly healthy: boolean }
  readonly version: string
  /** Seconds. */
  readonly uptime: number
}

export function statusBody(policy: ActivePolicy, report: StatusReport, clock: Clock): StatusBody {
  return {
    bundles: {
      phigate: {
        active_revision: policy.revision,
        last_successful_activation: new Date(policy.activatedAt).toISOString(),
      },
    },
    audit: { healthy: report.audit.healthy },
    version: report.version,
    uptime: Math.max(0, Math.floor((clock.now() - report.startedAt) / 1000)),
  }
}

/** JSON Schema of the body, for the API's description. */
export const STATUS_SCHEMA = {
  type: 'object',
  required: ['bundles', 'audit', 'version', 'uptime'],
  properties: {
    bundles: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['active_revision', 'last_successful_activation'],
        properties: {
          active_revision: { type: 'string' },
          last_successful_activation: { type: 'string', format: 'date-time' },
        },
      },
    },
    audit: {
      type: 'object',
      required: ['healthy'],
      properties: { healthy: { type: 'boolean' } },
    },
    version: { type: 'string' },
    uptime: { type: 'integer', description: 'Seconds since the start.' },
  },
}
