import { createHash } from 'node:crypto'
import { sha256Hex } from '../mask/index.ts'
import {
  canonicalBody,
  items,
  member,
  parseJson,
  type JsonNode,
  type JsonObject,
  type ParsedRequest,
} from '../messages/index.ts'
import type { ForwardVerdict, RequestJob } from './job.ts'

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
 */
export function payloadPieces(payload: Payload): ForwardVerdict['pieces'] {
  const bytes = new TextEncoder()
  let start = 0
  return cutPoints(payload.root)
    .map((from, index, cuts) => payload.text.slice(from, cuts[index + 1] ?? payload.text.length))
    .filter((piece) => piece !== '')
    .map((piece) => {
      const encoded = bytes.encode(piece)
      const range = { digest: sha256Hex(encoded), start, end: start + encoded.length }
      start = range.end
      return range
    })
}

function cutPoints(root: JsonObject | undefined): number[] {
  const parts: (JsonNode | undefined)[] = [member(root, 'tools'), member(root, 'system')]
  parts.push(...items(member(root, 'messages')))
  const cuts = parts.flatMap((node) => (node === undefined ? [] : [node.start, node.end]))
  return [0, ...cuts].toSorted((a, b) => a - b)
}
