import { createHash } from 'node:crypto'
import { sha256Hex } from '../mask/index.ts'
import type { PieceKind, RecordedPiece } from '../domain/index.ts'
import {
  canonicalBody,
  member,
  parseJson,
  type JsonObject,
  type ParsedRequest,
} from '../messages/index.ts'
import type { RequestJob } from './job.ts'

/** The body that is forwarded, read again where masks changed it. */
export interface Payload {
  readonly text: string
  readonly root: JsonObject | undefined
}

export function payloadOf(parsed: ParsedRequest, text: string): Payload {
  if (parsed.root === undefined || text === parsed.document.text) return { text, root: parsed.root }
  const root = parseJson(text, { maxDepth: Infinity, unambiguous: false })
  return { text, root: root.kind === 'object' ? root : undefined }
}

/**
 * SHA-256 over what a reviewer approves (law 9): the masked body in canonical form without `stream`, `max_tokens` and
 * `metadata`, plus beta header, principal and connection.
 */
export function reviewDigest(payload: Payload, job: RequestJob): string {
  const hash = createHash('sha256')
  const { principal, connection, headers } = job
  const who = [principal.id, principal.onBehalfOf, connection.name, headers['anthropic-beta'] ?? '']
  hash.update(`${JSON.stringify([job.operation, ...who])}\n`)
  if (payload.root !== undefined) {
    const document = { text: payload.text, holder: undefined }
    canonicalBody(payload.root, document, (piece) => hash.update(piece))
  }
  return `sha256:${hash.digest('hex')}`
}

/**
 * Cuts a body before and behind the tools, the system prompt and each message, so that a conversation that is sent
 * again every turn is stored once. The pieces in order are the body.
 * @param body the payload's text in UTF-8
 */
export function payloadPieces(payload: Payload, body: Uint8Array): RecordedPiece[] {
  const pieces: RecordedPiece[] = []
  let start = 0
  let from = 0
  const cut = (to: number, kind: PieceKind): void => {
    if (to === from) return
    const end = start + Buffer.byteLength(payload.text.slice(from, to))
    pieces.push({ digest: sha256Hex(body.subarray(start, end)), start, end, kind })
    start = end
    from = to
  }
  for (const { start: begin, end, kind } of partsOf(payload.root)) {
    cut(begin, 'between')
    cut(end, kind)
  }
  cut(payload.text.length, 'between')
  return pieces
}

interface Part {
  readonly kind: PieceKind
  readonly start: number
  readonly end: number
}

function partsOf(root: JsonObject | undefined): Part[] {
  const parts: Part[] = []
  for (const kind of ['tools', 'system'] as const) {
    const node = member(root, kind)
    if (node !== undefined) parts.push({ kind, start: node.start, end: node.end })
  }
  const messages = member(root, 'messages')
  for (const { start, end } of messages?.kind === 'array' ? messages.items : []) {
    parts.push({ kind: 'message', start, end })
  }
  return parts.toSorted((a, b) => a.start - b.start)
}
