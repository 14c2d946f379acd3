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

/** Longer ones are read like any event: a pattern keeps a way back for each character, and runs out of memory for it. */
const LONGEST_QUICK = 16 * 1024
const QUICK =
  /^\{"type":"content_block_delta","index":(\d{1,9}),"delta":\{"type":"(text_delta","text|input_json_delta","partial_json|thinking_delta","thinking)":("(?:[^"\\]|\\.)*")\}\}$/

/** A delta as the API writes it, of a piece of text and nothing beside it; undefined where the event has to be read. */
export function quickDelta({
  raw,
  data,
}: SseEvent): { readonly index: number; readonly type: string; readonly text: string } | undefined {
  const match = data.length > LONGEST_QUICK ? null : QUICK.exec(data)
  if (match === null || raw !== formatEvent('content_block_delta', data)) return undefined
  const [, index, names = '', literal = ''] = match
  const type = names.slice(0, names.indexOf('"'))
  return { index: Number(index), type, text: JSON.parse(literal) as string }
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
