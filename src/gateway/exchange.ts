import type { IncomingMessage, ServerResponse } from 'node:http'
import type {
  AuditLog,
  Clock,
  Connection,
  GatewayError,
  Principal,
  RecordingStore,
} from '../domain/index.ts'
import type { Approvals } from '../approve/index.ts'
import type { Upstream } from '../forward/index.ts'
import type { Lanes } from '../lanes/index.ts'
import type { Blocks, Limiter, Place } from '../limits/index.ts'
import type { Admission, Room } from './admission.ts'
import type { RecentRefusals } from './recent-refusals.ts'
import type { ExchangeIdentity } from './records.ts'
import type { Route } from './route.ts'
import type { UnseenBytes } from './unseen-bytes.ts'

/**
 * What a reload of the configuration replaces, as a whole: an exchange keeps the settings it began with.
 */
export interface GatewaySettings {
  readonly connections: ReadonlyMap<string, Connection>
  readonly defaultConnection: string
  readonly upstream: Upstream
  readonly bodyBytes: number
}

/**
 * How long clients bear to wait, measured from when the exchange begins to: nothing is sent in the quiet
 * time, so that a quick answer keeps its true status; a stream then gets pings, and anything else silence.
 */
export interface HoldTimes {
  readonly quietMs: number
  readonly streamMs: number
  readonly silentMs: number
  readonly pingMs: number
}

/** The workers of the policy revision that an exchange began with. */
export interface ExchangeLanes extends Pick<Lanes, 'inspect' | 'inspectAnswer' | 'openStream'> {
  /** Tells when phigate has to end the exchange: it stops, or the exchange's policy is too old. */
  onEnd(tell: (error: GatewayError) => void): void
  /** Whether another policy has become active since the exchange was inspected. */
  overtaken(): boolean
  /** Called once, at the end of the exchange. */
  leave(): void
}

/** Everything the path of an exchange needs; put together by the composition root. */
export interface GatewayParts extends GatewaySettings {
  readonly authenticate: (headers: {
    authorization?: string
    'x-api-key'?: string
    'x-phigate-on-behalf-of'?: string
  }) => Promise<Principal>
  readonly lanes: ExchangeLanes
  readonly audit: AuditLog
  readonly recordings: RecordingStore
  readonly approvals: Approvals
  readonly holdTimes: HoldTimes
  /** Where a person sees a review. */
  readonly reviewUrl: (id: string) => URL
  readonly admission: Admission
  readonly blocks: Blocks
  readonly limiter: Limiter
  readonly unseen: UnseenBytes
  readonly refusals: RecentRefusals
  readonly clock: Clock
  readonly newDecisionId: () => string
  readonly labels: Readonly<Record<string, string>>
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}

/** One exchange on its way. */
export interface Exchange extends ExchangeIdentity {
  readonly route: Route
  readonly target: Connection
  readonly started: number
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** What the caller may still use, and what it uses. */
  readonly place: Place
  /** What its body takes of what may be held at once: nothing more when that is out. */
  readonly room: Room
  /** The review whose grant the exchange uses. */
  readonly review?: string
  /** Aborted when the client has gone; by a GatewayError when phigate ends the exchange. */
  readonly signal: AbortSignal
}
