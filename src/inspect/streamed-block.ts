import {
  addText,
  applyEdits,
  blockEvents,
  extendBlock,
  formatEvent,
  member,
  openBlock,
  stringMember,
  wholeBlock,
  withoutInput,
  type JsonNode,
  type OpenBlock,
} from '../messages/index.ts'
import type { Answer } from './answer.ts'
import { citation, putTogether, shellOf, takeApart, type TextBlock } from './text-block.ts'
import { TextStream } from './text-stream.ts'

/** An event of a block, and the same without anything but its type and its data. */
export interface BlockEvent {
  readonly data: string
  readonly raw: string
  readonly root: JsonNode
}

/** A content block that is being streamed; each step gives what the client gets now. */
export interface StreamedBlock {
  /** Whether the client has its beginning while the rest is held. */
  readonly isBegun?: boolean
  start(event: BlockEvent): string
  /** @returns undefined for a delta that does not belong to the block */
  delta(event: BlockEvent): string | undefined
  /** In what its pieces of text come. */
  readonly pieces: { readonly type: string; readonly key: string }
  /** The same for a delta that is known to hold nothing but such a piece. What it gives may wait for those that came with it. */
  piece(text: string, raw: string): string
  /** What goes out with the pieces so far. */
  flush(): string
  /** A delta of another kind, which was inspected for itself. */
  pass(event: BlockEvent): string
  /** The same, and what can go out although more of its delta is held: nothing more comes for now. */
  settle(): string
  /** @returns what goes out, and the block as the client has it */
  stop(event: BlockEvent): { readonly out: string; readonly block: string }
  /** The stream ends inside the block: what is out of it is counted and recorded. */
  breakOff(): void
}

/**
 * @param number how many blocks came before: its place in the answer
 * @param tools names of the request's tools
 */
export function streamedBlock(
  data: string,
  number: number,
  answer: Answer,
  tools: readonly string[],
): StreamedBlock {
  const block = openBlock(data)
  const place = `/content/${number}`
  const parts = takeApart(block.start)
  if (parts !== undefined) return textBlock(block.index, parts, place, answer)
  const isThinking = /"type"\s*:\s*"thinking"/.test(block.start)
  return isThinking ? thinkingBlock(block, place, answer) : heldBlock(block, place, answer, tools)
}

/** Text goes out as soon as it is decided; citations go behind the text that they came behind. */
function textBlock(index: number, parts: TextBlock, place: string, answer: Answer): StreamedBlock {
  const text = `${place}/text`
  const decoder = answer.text({ path: text, local: text })
  const stream = new TextStream(index, decoder)
  const shell = answer.part(shellOf(parts, place))
  const citations: ReturnType<Answer['part']>[] = []
  const cite = (quote: string): string => {
    const inspected = answer.part(citation(quote, place, citations.length))
    citations.push(inspected)
    return inspected.text
  }
  for (const quote of parts.citations) cite(quote)
  const record = (): void => {
    const masked = citations.map((one) => one.masked)
    answer.record(putTogether({ shell: shell.masked, text: decoder.masked, citations: masked }))
  }
  const told = (): string[] => citations.map((one) => one.text)
  return {
    start({ raw }) {
      const asItCame =
        shell.text === parts.shell && parts.text === '' && parts.citations.length === 0
      const block = putTogether({ shell: shell.text, text: '', citations: told() })
      const data = `{"type":"content_block_start","index":${index},"content_block":${block}}`
      const out = asItCame ? raw : formatEvent('content_block_start', data)
      stream.add(parts.text, undefined)
      return out + stream.flush()
    },
    delta({ data, raw, root }) {
      const delta = member(root, 'delta')
      const type = stringMember(delta, 'type')
      const more = type === 'text_delta' ? stringMember(delta, 'text') : undefined
      if (more !== undefined) {
        stream.add(more, raw)
        return stream.flush()
      }
      const quote = type === 'citations_delta' ? member(delta, 'citation') : undefined
      if (quote === undefined) return undefined
      const { start, end } = quote
      const changed = cite(data.slice(start, end))
      if (changed === data.slice(start, end)) return stream.follow(raw)
      const edited = applyEdits(data, [{ start, end, text: changed }])
      return stream.follow(formatEvent('content_block_delta', edited))
    },
    pieces: { type: 'text_delta', key: 'text' },
    piece(more, raw) {
      stream.add(more, raw)
      return ''
    },
    flush: () => stream.flush(),
    pass: ({ raw }) => stream.follow(raw),
    settle: () => stream.settle(),
    breakOff() {
      decoder.breakOff()
      record()
    },
    stop({ raw }) {
      const out = stream.end() + raw
      record()
      const block = { shell: shell.text, text: decoder.told, citations: told() }
      return { out, block: putTogether(block) }
    },
  }
}

/** Thinking is never changed, so nothing waits: what is in it is counted at its end. */
function thinkingBlock(block: OpenBlock, place: string, answer: Answer): StreamedBlock {
  const told = (): string => {
    const whole = wholeBlock(block)
    if (answer.part({ text: whole, path: place, local: place }).text !== whole)
      throw new Error('thinking was changed')
    return whole
  }
  return {
    start: ({ raw }) => raw,
    delta({ data, raw, root }) {
      const type = stringMember(member(root, 'delta'), 'type')
      const isOwn = type === 'thinking_delta' || type === 'signature_delta'
      return isOwn && extendBlock(block, root, data) ? raw : undefined
    },
    pieces: { type: 'thinking_delta', key: 'thinking' },
    piece(more, raw) {
      addText(block, 'thinking_delta', more)
      return raw
    },
    flush: () => '',
    pass: ({ raw }) => raw,
    settle: () => '',
    breakOff: () => void told(),
    stop: ({ raw }) => ({ out: raw, block: told() }),
  }
}

/** How the API begins the use of a tool. */
const TOOL_USE =
  /^\{"type":"tool_use","id":"toolu_\w{1,64}","name":"([\w-]{1,128})","input":\{\}(?:,"caller":\{"type":"direct"\})?\}$/

/**
 * Any other block is data, which is inspected and restored as a whole: it is held until it is complete. The beginning
 * of a tool's use goes out at once where it says nothing but which of the request's tools is used: its input may take
 * minutes to come.
 */
function heldBlock(
  block: OpenBlock,
  place: string,
  answer: Answer,
  tools: readonly string[],
): StreamedBlock {
  const held: string[] = []
  const isBegun = tools.includes(TOOL_USE.exec(block.start)?.[1] ?? '')
  return {
    isBegun,
    start({ raw }) {
      if (isBegun) return raw
      held.push(raw)
      return ''
    },
    delta({ data, raw, root }) {
      if (!extendBlock(block, root, data)) return undefined
      held.push(raw)
      return ''
    },
    pieces: { type: 'input_json_delta', key: 'partial_json' },
    piece(more, raw) {
      addText(block, 'input_json_delta', more)
      held.push(raw)
      return ''
    },
    flush: () => '',
    pass({ raw }) {
      held.push(raw)
      return ''
    },
    settle: () => '',
    breakOff() {
      if (isBegun) answer.record(block.start)
    },
    stop({ raw }) {
      const whole = wholeBlock(block)
      const { text } = answer.part({ text: whole, path: place, local: place })
      if (text === whole) return { out: held.join('') + raw, block: text }
      // Nothing was found in it when it was alone.
      if (isBegun && withoutInput(text) !== withoutInput(whole))
        throw new Error('the beginning of a block needs a mask')
      return { out: blockEvents(block.index, text, isBegun), block: text }
    },
  }
}
