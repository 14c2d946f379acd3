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
  /** How busy the server is; counts alone. */
  readonly load: Load
  /** The known people. */
  readonly roster?: RosterStatus
}

/** Empty where there is no roster and none is needed. */
export interface RosterStatus {
  readonly version?: string
  readonly people?: number
  /** RFC 3339, UTC. */
  readonly importedAt?: string
  readonly warning?: string
}

export interface Load {
  readonly lanes: readonly {
    readonly lane: string
    readonly waiting: number
    readonly kills: number
  }[]
  /** The configured limits of a principal on a connection. */
  readonly limits: Readonly<Record<string, number>>
  readonly blocked: number
  readonly bytesInFlight: number
  /** Since the start. */
  readonly metrics: {
    readonly decisions: number
    readonly completions: number
    readonly responses: number
  }
}

/** The body of GET /status; bundles are named like in OPA's status API, so that its dashboards read them. */
export interface StatusBody extends Load {
  readonly bundles: Readonly<
    Record<
      string,
      { readonly active_revision: string; readonly last_successful_activation: string }
    >
  >
  readonly audit: { readonly healthy: boolean }
  readonly version: string
  readonly roster?: RosterStatus
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
    ...report.load,
    ...(report.roster === undefined ? {} : { roster: report.roster }),
    version: report.version,
    uptime: Math.max(0, Math.floor((clock.now() - report.startedAt) / 1000)),
  }
}

/** JSON Schema of the body, for the API's description. */
export const STATUS_SCHEMA = {
  type: 'object',
  required: [
    'bundles',
    'audit',
    'version',
    'uptime',
    'lanes',
    'limits',
    'blocked',
    'bytesInFlight',
    'metrics',
  ],
  properties: {
    lanes: {
      type: 'array',
      items: {
        type: 'object',
        required: ['lane', 'waiting', 'kills'],
        properties: {
          lane: { type: 'string' },
          waiting: { type: 'integer' },
          kills: { type: 'integer' },
        },
      },
    },
    limits: {
      type: 'object',
      additionalProperties: { type: 'integer' },
      description: 'Limits of a principal on a connection, overrides not counted.',
    },
    blocked: { type: 'integer', description: 'Principals that are blocked.' },
    bytesInFlight: { type: 'integer' },
    metrics: {
      type: 'object',
      description: 'Counts since the start.',
      required: ['decisions', 'completions', 'responses'],
      properties: {
        decisions: { type: 'integer' },
        completions: { type: 'integer' },
        responses: { type: 'integer' },
      },
    },
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
    roster: {
      type: 'object',
      description: 'The known people; empty where there are none and none are needed.',
      properties: {
        version: { type: 'string' },
        people: { type: 'integer' },
        importedAt: { type: 'string', format: 'date-time' },
        warning: { type: 'string', enum: ['roster-missing', 'roster-stale', 'roster-unreadable'] },
      },
    },
    version: { type: 'string' },
    uptime: { type: 'integer', description: 'Seconds since the start.' },
  },
}
