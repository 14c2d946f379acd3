import type { AnswerBlock, Message } from './wire.ts'

const TEXT_PIECE = 8
const JSON_PIECE = 9

/** The server-sent events of a message, in the API's order. */
export function* eventsOf(message: Message): Generator<string> {
  const { content, stop_reason, stop_sequence, usage } = message
  const start = {
    ...message,
    content: [],
    stop_reason: null,
    usage: { ...usage, output_tokens: 1 },
  }
  yield event({ type: 'message_start', message: start })
  for (const [index, block] of content.entries()) {
    const { start: content_block, deltas } = streamed(block)
    yield event({ type: 'content_block_start', index, content_block })
    if (index === 0) yield event({ type: 'ping' })
    for (const delta of deltas) yield event({ type: 'content_block_delta', index, delta })
    yield event({ type: 'content_block_stop', index })
  }
  yield event({
    type: 'message_delta',
    delta: { stop_reason, stop_sequence },
    usage: { output_tokens: usage.output_tokens },
  })
  yield event({ type: 'message_stop' })
}

function event(data: { readonly type: string; readonly [key: string]: unknown }): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`
}

interface Streamed {
  /** The block as it starts, without its content. */
  readonly start: AnswerBlock
  readonly deltas: readonly { readonly type: string; readonly [key: string]: string }[]
}

function streamed(block: AnswerBlock): Streamed {
  if (block.type === 'text') {
    const deltas = pieces(block.text, TEXT_PIECE).map((text) => ({ type: 'text_delta', text }))
    return { start: { ...block, text: '' }, deltas }
  }
  if (block.type === 'thinking') {
    const thoughts = pieces(block.thinking, TEXT_PIECE)
    const deltas = [
      ...thoughts.map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature: block.signature },
    ]
    return { start: { ...block, thinking: '', signature: '' }, deltas }
  }
  const fragments = ['', ...pieces(JSON.stringify(block.input), JSON_PIECE)]
  const deltas = fragments.map((partial_json) => ({ type: 'input_json_delta', partial_json }))
  return { start: { ...block, input: {} }, deltas }
}

/** Cut between code points: a half of a surrogate pair does not survive UTF-8. */
function pieces(text: string, length: number): readonly string[] {
  const points = Array.from(text)
  return Array.from({ length: Math.ceil(points.length / length) }, (_, index) =>
    points.slice(index * length, (index + 1) * length).join(''),
  )
}
