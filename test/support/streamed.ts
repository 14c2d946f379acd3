type Block = Readonly<Record<string, unknown>>

/** The events of an answer as the Messages API streams it; `cut` gives the length of the next delta. */
export function streamed(blocks: readonly Block[], cut: () => number): string {
  const usage = { input_tokens: 7, output_tokens: 1 }
  const head = { id: 'msg_01ABCDEFGHIJKLMNOPQRSTUV', type: 'message', role: 'assistant' }
  const message = { ...head, model: 'claude-sonnet-5-5', content: [], stop_reason: null, usage }
  const events: Block[] = [
    { type: 'message_start', message },
    ...blocks.flatMap((block, index) => blockStream(block, index, cut)),
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ]
  return events.map((e) => `event: ${String(e['type'])}\ndata: ${JSON.stringify(e)}\n\n`).join('')
}

function blockStream(block: Block, index: number, cut: () => number): Block[] {
  const start = { ...block }
  const deltas: Block[] = []
  const take = (key: string, type: string, member: string, text: string, empty: unknown): void => {
    start[key] = empty
    for (const piece of pieces(text, cut)) deltas.push({ type, [member]: piece })
  }
  const { type: kind, text, thinking, signature, citations, input } = block
  if (kind === 'text' && typeof text === 'string') take('text', 'text_delta', 'text', text, '')
  if (typeof thinking === 'string') take('thinking', 'thinking_delta', 'thinking', thinking, '')
  if (typeof signature === 'string') {
    start['signature'] = ''
    deltas.push({ type: 'signature_delta', signature })
  }
  if (kind === 'text' && Array.isArray(citations)) {
    start['citations'] = []
    for (const citation of citations) deltas.push({ type: 'citations_delta', citation })
  }
  if (String(kind).endsWith('tool_use')) {
    take('input', 'input_json_delta', 'partial_json', JSON.stringify(input), {})
  }
  return [
    { type: 'content_block_start', index, content_block: start },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ]
}

/** Cut between code points: half a surrogate pair does not survive UTF-8. */
function pieces(text: string, cut: () => number): string[] {
  const points = Array.from(text)
  const all: string[] = []
  while (points.length > 0) all.push(points.splice(0, Math.max(1, cut())).join(''))
  return all
}
