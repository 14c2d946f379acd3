import { applyEdits, formatEvent, member, type JsonNode, type SseEvent } from '../messages/index.ts'

/** The event as it came if it holds nothing but its type and its data: comments and ids are not inspected. */
export function plainRaw({ raw, data }: SseEvent, type: string): string {
  const lines = raw.split(/\r\n|\n|\r/)
  const isPlain = lines.every(
    (line) => line === '' || line.startsWith('data:') || line === `event: ${type}`,
  )
  // A type that would break the framing is no type of the API.
  return isPlain ? raw : formatEvent(/^\w+$/.test(type) ? type : 'message', data)
}

/** A delta as the API writes it, of a piece of text and nothing beside it. */
export interface Piece {
  readonly text: string
  readonly raw: string
  /** Where the event ends. */
  readonly end: number
}

/** How the deltas of a block begin that bring a piece of text. */
export function pieceStart(index: number, type: string, key: string): string {
  const data = `{"type":"content_block_delta","index":${index},"delta":{"type":"${type}","${key}":`
  return `event: content_block_delta\ndata: ${data}`
}

const QUOTE = 0x22
const SPACE = 0x20
const CLOSING = 0x7d

/**
 * Reads such a delta without reading its event.
 * @param text whole events
 * @param start as all of the block begin
 * @returns undefined where something else stands, which has to be read as an event
 */
export function pieceAt(text: string, at: number, start: string): Piece | undefined {
  if (!text.startsWith(start, at)) return undefined
  const from = at + start.length
  const end = text.indexOf('\n\n', from)
  // The API pads some with spaces.
  let last = end - 1
  if (text.charCodeAt(last) !== CLOSING) return undefined
  do last -= 1
  while (text.charCodeAt(last) === SPACE)
  const isPiece =
    text.charCodeAt(last) === CLOSING &&
    text.charCodeAt(last - 1) === QUOTE &&
    text.charCodeAt(from) === QUOTE
  if (!isPiece) return undefined
  const piece = stringIn(text.slice(from, last))
  return piece === undefined
    ? undefined
    : { text: piece, raw: text.slice(at, end + 2), end: end + 2 }
}

/** The value of a JSON string; undefined where more stands than one, a line's end for example. */
function stringIn(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string
  } catch {
    return undefined
  }
}

const OWN = new Set(['type', 'index', 'delta', 'content_block'])
const DELTA = new Map([
  ['text_delta', 'text'],
  ['thinking_delta', 'thinking'],
  ['signature_delta', 'signature'],
  ['input_json_delta', 'partial_json'],
  ['citations_delta', 'citation'],
])

/**
 * What an event of a content block says beside the block itself, as JSON text: the event without the text that becomes
 * part of the block. Undefined where there is nothing else.
 */
export function besideBlock(root: JsonNode, data: string): string | undefined {
  const delta = member(root, 'delta')
  const kind = member(delta, 'type')
  const key = kind?.kind === 'string' ? DELTA.get(kind.value) : undefined
  const known = new Set(['type', ...(key === undefined ? [] : [key])])
  const hasMore =
    membersOf(root).some((name) => !OWN.has(name)) ||
    (key !== undefined && membersOf(delta).some((name) => !known.has(name)))
  if (!hasMore) return undefined
  const inBlock = [
    member(root, 'content_block'),
    key === undefined ? undefined : member(delta, key),
  ]
  const edits = inBlock.flatMap((node) =>
    node === undefined ? [] : [{ start: node.start, end: node.end, text: 'null' }],
  )
  return applyEdits(data, edits)
}

function membersOf(node: JsonNode | undefined): readonly string[] {
  return node?.kind === 'object' ? node.members.map((entry) => entry.key.value) : []
}
