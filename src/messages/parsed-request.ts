import type { Stage } from '../domain/index.ts'
import type { RequestFacts } from '../schema/index.ts'
import type { TextDocument } from './document.ts'
import type { JsonNode, JsonObject } from './json.ts'
import type { LocatedSegment, Uninspectable } from './walk.ts'

export type Operation = RequestFacts['operation']

/** A part of the request that is masked once and remembered: the tools, the system prompt, or one message. */
export interface Unit {
  readonly kind: 'tools' | 'system' | 'message' | 'rest'
  /** What the unit's digest is made of; `rest` is not part of the model's prefix and has none. */
  readonly node: JsonNode | undefined
  readonly segments: readonly LocatedSegment[]
  readonly uninspectable: readonly Uninspectable[]
}

/** The first stage of the path (law 1): read completely, nothing looked at yet. */
export type ParsedRequest = Stage<'parsed', RequestParts>

interface RequestParts {
  readonly operation: Operation
  /** The body as it came, and the text it decodes to; empty for operations without a body. */
  readonly body: Uint8Array
  readonly document: TextDocument
  readonly root: JsonObject | undefined
  /** In the order of the model's prefix: tools, system, messages; then the rest. */
  readonly units: readonly Unit[]
  /** `metadata.user_id.session_id`, where it is a UUID. */
  readonly sessionId: string | undefined
  readonly facts: Omit<RequestFacts, 'session' | 'acceptMasked'>
}

export interface RequestEnvelope {
  readonly operation: Operation
  readonly body: Uint8Array
  /** Headers that would be forwarded, lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly query: readonly (readonly [name: string, value: string])[]
}
