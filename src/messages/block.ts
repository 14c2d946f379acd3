import { formatEvent } from './sse.ts'
import { member, parseJson, stringMember, type JsonNode, type JsonObject } from './json.ts'

const ANY = { maxDepth: Infinity, unambiguous: false }

/** A content block that is being streamed: its start, and what the deltas brought so far. */
export interface OpenBlock {
  readonly index: number
  readonly start: string
  readonly texts: Map<string, string>
  readonly citations: string[]
}

/** Deltas that extend one string member of the block, by type. */
const EXTENDS = new Map([
  ['text_delta', 'text'],
  ['thinking_delta', 'thinking'],
  ['signature_delta', 'signature'],
  ['input_json_delta', 'partial_json'],
])

/** The deltas in which the text of a block comes, by type of block. */
const STREAMED = new Map([
  ['text', ['text_delta']],
  ['thinking', ['thinking_delta', 'signature_delta']],
])

/** @throws Error when the event has not the form of a `content_block_start` */
export function openBlock(data: string): OpenBlock {
  const root = parseJson(data, ANY)
  const block = member(root, 'content_block')
  if (block?.kind !== 'object') throw new Error('content_block_start without a block')
  const start = data.slice(block.start, block.end)
  return { index: indexOf(root, data), start, texts: new Map(), citations: [] }
}

export function indexOf(root: JsonNode, data: string): number {
  const index = member(root, 'index')
  if (index?.kind !== 'number') throw new Error('an event without its index')
  return Number(data.slice(index.start, index.end))
}

/** Adds a delta to its block; false when the delta is of a type that is not known. */
export function extendBlock(block: OpenBlock, root: JsonNode, data: string): boolean {
  const delta = member(root, 'delta')
  const type = stringMember(delta, 'type') ?? ''
  if (type === 'citations_delta') {
    const citation = member(delta, 'citation')
    if (citation !== undefined) block.citations.push(data.slice(citation.start, citation.end))
    return citation !== undefined
  }
  const more = stringMember(delta, EXTENDS.get(type) ?? '')
  return more !== undefined && addText(block, type, more)
}

/** Adds the text of a delta to its block; false when the delta is of a type that brings none. */
export function addText(block: OpenBlock, type: string, more: string): boolean {
  const key = EXTENDS.get(type)
  if (key === undefined) return false
  // A signature comes in one piece: clients take the last one that comes, and send that back.
  block.texts.set(key, key === 'signature' ? more : (block.texts.get(key) ?? '') + more)
  return true
}

/** The block as a client puts it together from the deltas: what it sends back on the next turn. */
export function wholeBlock(block: OpenBlock): string {
  const overrides = new Map<string, string>()
  const root = parseJson(block.start, ANY)
  for (const [key, text] of block.texts) {
    if (key === 'partial_json') overrides.set('input', inputOf(text))
    else if (key === 'signature') overrides.set(key, JSON.stringify(text))
    else overrides.set(key, JSON.stringify((stringMember(root, key) ?? '') + text))
  }
  if (block.citations.length > 0) overrides.set('citations', `[${block.citations.join(',')}]`)
  return withMembers(block.start, overrides)
}

/** An answer that ends at max_tokens may end inside a tool's input: such a piece is a text, not JSON. */
function inputOf(partial: string): string {
  if (partial === '') return '{}'
  try {
    parseJson(partial, ANY)
    return partial
  } catch {
    return JSON.stringify(partial)
  }
}

function withMembers(text: string, overrides: ReadonlyMap<string, string>): string {
  const root = parseJson(text, ANY) as JsonObject
  const left = new Map(overrides)
  const parts = root.members.map(({ key, value }) => {
    const override = left.get(key.value)
    left.delete(key.value)
    return `${JSON.stringify(key.value)}:${override ?? text.slice(value.start, value.end)}`
  })
  for (const [key, value] of left) parts.push(`${JSON.stringify(key)}:${value}`)
  return `{${parts.join(',')}}`
}

/** A block of a tool's use without what it is called with. */
export function withoutInput(text: string): string {
  return withMembers(text, new Map([['input', '{}']]))
}

/** An event that brings nothing to a tool's input: clients add it to what they have. */
export function emptyInput(index: number): string {
  const delta = '{"type":"input_json_delta","partial_json":""}'
  const data = `{"type":"content_block_delta","index":${index},"delta":${delta}}`
  return formatEvent('content_block_delta', data)
}

/**
 * The events that stream a block whose text was changed: its start, one delta a kind, its stop.
 * @param isBegun whether the start is out
 */
export function blockEvents(index: number, text: string, isBegun = false): string {
  const root = parseJson(text, ANY)
  const empty = new Map<string, string>()
  const deltas: string[] = []
  const delta = (body: string): number =>
    deltas.push(`{"type":"content_block_delta","index":${index},"delta":${body}}`)
  const kind = stringMember(root, 'type') ?? ''
  // Clients add a delta only to a block of its own type; a block of another type starts whole.
  for (const type of STREAMED.get(kind) ?? []) {
    const key = EXTENDS.get(type) ?? ''
    const value = stringMember(root, key)
    if (value === undefined) continue
    empty.set(key, '""')
    if (value !== '') delta(`{"type":"${type}","${key}":${JSON.stringify(value)}}`)
  }
  const citations = member(root, 'citations')
  if (kind === 'text' && citations?.kind === 'array' && citations.items.length > 0) {
    empty.set('citations', '[]')
    for (const c of citations.items) {
      delta(`{"type":"citations_delta","citation":${text.slice(c.start, c.end)}}`)
    }
  }
  const input = member(root, 'input')
  if (input !== undefined && kind.endsWith('tool_use')) {
    empty.set('input', '{}')
    const raw = input.kind === 'string' ? input.value : text.slice(input.start, input.end)
    delta(`{"type":"input_json_delta","partial_json":${JSON.stringify(raw)}}`)
  }
  const start = `{"type":"content_block_start","index":${index},"content_block":${withMembers(text, empty)}}`
  return [
    ...(isBegun ? [] : [formatEvent('content_block_start', start)]),
    ...deltas.map((data) => formatEvent('content_block_delta', data)),
    formatEvent('content_block_stop', `{"type":"content_block_stop","index":${index}}`),
  ].join('')
}
