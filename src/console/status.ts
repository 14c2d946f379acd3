import type { Clock } from '../domain/index.ts'

/** The state of a bundle, in the field names of OPA's status API; without a revision none is active. */
export interface BundleState {
  readonly name: string
  readonly active_revision?: string
  readonly last_successful_activation?: string
  readonly last_successful_request?: string
  readonly last_request?: string
  readonly code?: string
  readonly message?: string
  readonly errors?: readonly string[]
  readonly digest?: string
  readonly serial?: number
  readonly canaries?: number
}

/** How the audit log stands. */
export interface AuditStatus {
  readonly healthy: boolean
  /** The last one that is on disk. */
  readonly checkpoint?: { readonly seq: number; readonly time: string }
  /** How the signing of checkpoints goes. */
  readonly signing: { readonly state: 'working' | 'failing'; readonly failures: number }
  /** Receivers of the log. */
  readonly sinks?: readonly {
    readonly name: string
    readonly state: 'delivering' | 'failing'
    readonly acknowledged: number
    readonly backlogBytes: number
    readonly behind: boolean
  }[]
}

/** What the composition root knows of the rest of the server. */
export interface StatusReport {
  readonly version: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly audit: AuditStatus
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
  readonly bundles: Readonly<Record<string, BundleState>>
  readonly audit: AuditStatus
  readonly version: string
  readonly roster?: RosterStatus
  /** Seconds. */
  readonly uptime: number
}

export function statusBody(
  bundles: readonly BundleState[],
  report: StatusReport,
  clock: Clock,
): StatusBody {
  return {
    bundles: Object.fromEntries(bundles.map((bundle) => [bundle.name, bundle])),
    audit: report.audit,
    ...report.load,
    ...(report.roster === undefined ? {} : { roster: report.roster }),
    version: report.version,
    uptime: Math.max(0, Math.floor((clock.now() - report.startedAt) / 1000)),
  }
}

const TIME = { type: 'string', format: 'date-time' }

/** JSON Schema of the state of a bundle. */
export const BUNDLE_SCHEMA = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    active_revision: { type: 'string' },
    last_successful_activation: TIME,
    last_successful_request: TIME,
    last_request: TIME,
    code: { const: 'bundle_error', description: 'The last bundle that was tried is not active.' },
    message: { type: 'string' },
    errors: { type: 'array', items: { type: 'string' } },
    digest: { type: 'string' },
    serial: { type: 'integer' },
    canaries: { type: 'integer', description: 'Texts that the bundle was tried with.' },
  },
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
      additionalProperties: BUNDLE_SCHEMA,
    },
    audit: {
      type: 'object',
      required: ['healthy', 'signing'],
      properties: {
        healthy: { type: 'boolean' },
        checkpoint: {
          type: 'object',
          description: 'The last signed head of the log.',
          properties: { seq: { type: 'integer' }, time: TIME },
        },
        signing: {
          type: 'object',
          required: ['state', 'failures'],
          description: 'Whether the last checkpoint could be signed and written.',
          properties: {
            state: { enum: ['working', 'failing'] },
            failures: { type: 'integer', description: 'Since the start.' },
          },
        },
        sinks: {
          type: 'array',
          items: {
            type: 'object',
            required: ['name', 'state', 'acknowledged', 'backlogBytes', 'behind'],
            properties: {
              name: { type: 'string' },
              state: { enum: ['delivering', 'failing'] },
              acknowledged: { type: 'integer', description: 'The last record that it has.' },
              backlogBytes: { type: 'integer', description: 'Of the log, behind that record.' },
              behind: { type: 'boolean', description: 'Whether that is more than configured.' },
              records: { type: 'integer', description: 'Sent since the start.' },
              failures: { type: 'integer', description: 'Attempts that failed since the start.' },
            },
          },
        },
      },
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
