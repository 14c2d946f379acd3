/** The answers of a Claude upstream as tests need them: a message cut into deltas of any length, and put together again. */

export type Json = { readonly [key: string]: unknown }

export interface SseEvent {
  readonly event: string
  readonly data: Json
}

/** A message of the upstream with these content blocks. */
export function messageWith(content: readonly Json[], more: Json = {}): Json {
  const uses = content.at(-1)?.['type'] === 'tool_use'
  return {
    id: 'msg_01Abcdefghijklmnopqrstuv',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5-5',
    content,
    stop_reason: uses ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 12, output_tokens: 34 },
    ...more,
  }
}

/** The events that stream a message, with deltas of at most `piece` characters. */
export function* messageEvents(message: Json, piece = 8): Generator<string> {
  const content = message['content'] as readonly Json[]
  const { stop_reason, stop_sequence, usage } = message
  yield eventText({
    type: 'message_start',
    message: { ...message, content: [], stop_reason: null },
  })
  for (const [index, block] of content.entries()) {
    const { start, deltas } = streamed(block, piece)
    yield eventText({ type: 'content_block_start', index, content_block: start })
    for (const delta of deltas) yield eventText({ type: 'content_block_delta', index, delta })
    yield eventText({ type: 'content_block_stop', index })
  }
  yield eventText({ type: 'message_delta', delta: { stop_reason, stop_sequence }, usage })
  yield eventText({ type: 'message_stop' })
}

export function eventText(data: Json): string {
  return `event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`
}

function streamed(block: Json, piece: number): { start: Json; deltas: Json[] } {
  const { type, text, thinking, signature, input, citations } = block
  if (type === 'text') {
    const cited = Array.isArray(citations) ? (citations as Json[]) : []
    const deltas = pieces(String(text), piece).map((part) => ({ type: 'text_delta', text: part }))
    const start = { ...block, text: '', ...(cited.length === 0 ? {} : { citations: [] }) }
    return {
      start,
      deltas: [...deltas, ...cited.map((c) => ({ type: 'citations_delta', citation: c }))],
    }
  }
  if (type === 'thinking') {
    const thoughts = pieces(String(thinking), piece)
    const deltas = thoughts.map((part): Json => ({ type: 'thinking_delta', thinking: part }))
    deltas.push({ type: 'signature_delta', signature })
    return { start: { ...block, thinking: '', signature: '' }, deltas }
  }
  if (input === undefined) return { start: block, deltas: [] }
  const fragments = pieces(JSON.stringify(input), piece)
  return {
    start: { ...block, input: {} },
    deltas: fragments.map((part) => ({ type: 'input_json_delta', partial_json: part })),
  }
}

/** Cut between code points: half a surrogate pair does not survive UTF-8. */
function pieces(text: string, length: number): string[] {
  const points = Array.from(text)
  const count = Math.ceil(points.length / length)
  return Array.from({ length: count }, (_, at) =>
    points.slice(at * length, (at + 1) * length).join(''),
  )
}

export function readEvents(text: string): SseEvent[] {
  return text
    .split('\n\n')
    .filter((part) => part.includes('data: '))
    .map((part) => {
      const lines = part.split('\n')
      const field = (name: string): string =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
      return { event: field('event'), data: JSON.parse(field('data')) as Json }
    })
}

interface Building {
  [key: string]: unknown
  json?: string
}

/** The message as a client puts it together; the `error` event, if there is one, under `error`. */
export function assemble(events: readonly SseEvent[]): Json {
  const blocks: Building[] = []
  let message: Json = {}
  for (const { data } of events) {
    const block = blocks[Number(data['index'])]
    if (data['type'] === 'message_start') message = data['message'] as Json
    if (data['type'] === 'message_delta') {
      message = { ...message, ...(data['delta'] as Json), usage: data['usage'] }
    }
    if (data['type'] === 'error') message = { ...message, error: data }
    if (data['type'] === 'content_block_start') {
      blocks[Number(data['index'])] = { ...(data['content_block'] as Json) }
    }
    if (data['type'] === 'content_block_delta' && block !== undefined)
      extend(block, data['delta'] as Json)
    if (data['type'] === 'content_block_stop' && block?.json !== undefined) {
      block['input'] = JSON.parse(block.json)
      delete block.json
    }
  }
  return { ...message, content: blocks }
}

function extend(block: Building, delta: Json): void {
  const { type, text, thinking, signature, partial_json, citation } = delta
  if (type === 'text_delta') block['text'] = String(block['text']) + String(text)
  if (type === 'thinking_delta') block['thinking'] = String(block['thinking']) + String(thinking)
  if (type === 'signature_delta') block['signature'] = signature
  if (type === 'input_json_delta') block.json = (block.json ?? '') + String(partial_json)
  if (type === 'citations_delta') {
    block['citations'] = [...((block['citations'] as unknown[] | undefined) ?? []), citation]
  }
}
