import type { Operation } from '../messages/index.ts'
import type { MaskedBody, Principal, RecordedMark, RecordedPiece } from '../domain/index.ts'
import type {
  ConnectionFacts,
  Decision,
  PolicyInput,
  RemovedField,
  RequestFacts,
} from '../schema/index.ts'

/** Counts by entity type. */
export type Counts = Readonly<Record<string, number>>

/** One request on its way into a worker. Plain data: it crosses a thread boundary. */
export interface RequestJob {
  readonly operation: Operation
  readonly body: Uint8Array
  /** Headers that would be forwarded, lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly principal: Principal
  readonly connection: ConnectionFacts
  /** Session id that the client gave in a header. */
  readonly session: string | undefined
  readonly acceptMasked: boolean
  /** Why, in the requester's words (`x-phigate-reason`). */
  readonly reason?: string
  /** RFC 3339, UTC. */
  readonly now: string
  readonly usage: PolicyInput['usage']
}

/** What an answer's inspection needs to know of its request. */
export interface AnswerContext {
  readonly principal: Principal
  readonly connection: ConnectionFacts
  readonly request: RequestFacts
  readonly session: string
  /** Id of the mask key that the session is under. */
  readonly maskKey: string
  readonly now: string
  readonly usage: PolicyInput['usage']
  /** The restore table (mask/): lives as long as the exchange, in memory only. */
  readonly restore: Uint8Array
  /** Digest of the request's prefix, which the answer continues. */
  readonly prefix: string
}

interface Verdict {
  readonly decision: Decision
  readonly facts: PolicyInput
  readonly policyRevision: string
  readonly profile: string
  /** Version of the detector, and of the roster that it knew: `2`, or `2 with roster VERSION`. */
  readonly detector: string
  /** The session's name in records: a keyed digest, scoped by principal and connection. */
  readonly sessionLabel: string
  /** Its patients as keyed digests, equal in all sessions. */
  readonly patients: readonly string[]
  readonly masked: Counts
  readonly kept: Counts
  readonly evaluationNs: number
}

/** A request as it would be forwarded. */
interface MaskedVerdict extends Verdict {
  /** The bytes to forward: those that came, where nothing is masked. */
  readonly body: MaskedBody
  readonly bodySha256: string
  readonly reviewDigest: string
  /** Byte ranges of the body and their SHA-256: what the recording stores once. */
  readonly pieces: readonly RecordedPiece[]
  /** What stands in the body for a value that was masked now. */
  readonly marks: readonly RecordedMark[]
  readonly context: AnswerContext
}

/** A request that may go on, masked. */
export interface ForwardVerdict extends MaskedVerdict {
  readonly kind: 'forward'
}

/** A call that an agent makes beside its conversation: for a title of the session, or of a sub-agent. */
export type SideCall = 'title' | 'agent'

/** A request that may go on, masked, when somebody has approved it. */
export interface HoldVerdict extends MaskedVerdict {
  readonly kind: 'hold'
  /** Keyed digest of what was asked: everything up to the last text that a person wrote, with the model and betas. */
  readonly anchor: string
  /** Keyed digest of betas, features and servers. */
  readonly frame: string
  /** What it is beside a conversation, if its form says so. */
  readonly side: SideCall | undefined
  /** The requester's reason, masked; null where none was given. */
  readonly reason: string | null
}

/** A request that stays here. */
export interface RefuseVerdict extends Verdict {
  readonly kind: 'refuse'
  readonly removed: readonly RemovedField[]
  /** Whether it would pass with the header x-phigate-accept-masked: what is refused is the masking, nothing else. */
  readonly acceptable: boolean
  /** The masked body as JSON text, when the profile offers it. */
  readonly sanitized: string | undefined
}

export type RequestVerdict = ForwardVerdict | HoldVerdict | RefuseVerdict

/** What the upstream says of an exchange; the four do not overlap. */
export interface TokenCounts {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
}

/** What became of an answer, for its completion record. */
export interface AnswerReport {
  readonly decision: Decision
  readonly facts: PolicyInput
  readonly policyRevision: string
  readonly profile: string
  readonly masked: Counts
  readonly kept: Counts
  readonly restored: Counts
  readonly usage: TokenCounts
  /** The answer as it is recorded: what was found in it masked, nothing restored. Undefined when policy refuses it. */
  readonly recorded: RecordedAnswer | undefined
}

export interface RecordedAnswer {
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly pieces: readonly RecordedPiece[]
  readonly marks: readonly RecordedMark[]
}
