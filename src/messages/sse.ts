/** One server-sent event as it came: `raw` holds its lines and the blank line that ends it. */
export interface SseEvent {
  readonly raw: string
  /** The joined `data:` lines. */
  readonly data: string
}

/** What is left of a stream when it ends inside an event, or is not UTF-8. */
export class SseError extends Error {
  constructor(problem: string) {
    super(problem)
    this.name = 'SseError'
  }
}

const END = /\r\n\r\n|\n\n|\r\r/g
/** An event larger than this is not one of the Messages API. */
const MAX_EVENT_CHARACTERS = 34 * 1024 * 1024

/**
 * Cuts a byte stream into events, whatever the network's chunks are (WHATWG HTML, 9.2.5).
 * `push` and `end` throw SseError on bytes that are not UTF-8 and on a stream that stops inside an event.
 */
export function sseSplitter(): { push(bytes: Uint8Array): SseEvent[]; end(): SseEvent[] } {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  // An event that takes many chunks: joined once, when its end has come.
  let waiting: string[] = []
  let length = 0
  let last = ''
  const take = (text: string): SseEvent[] => {
    // The end of an event may be cut between two chunks.
    const overlap = last + text
    waiting.push(text)
    length += text.length
    last = overlap.slice(-3)
    if (length > MAX_EVENT_CHARACTERS) throw new SseError('an event is too large')
    END.lastIndex = 0
    return END.test(overlap) ? cut(waiting.join('')) : []
  }
  const cut = (text: string): SseEvent[] => {
    const events: SseEvent[] = []
    let at = 0
    END.lastIndex = 0
    for (let match = END.exec(text); match !== null; match = END.exec(text)) {
      const raw = text.slice(at, END.lastIndex)
      events.push({ raw, data: dataOf(raw) })
      at = END.lastIndex
    }
    waiting = [text.slice(at)]
    length = text.length - at
    last = text.slice(Math.max(at, text.length - 3))
    return events
  }
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      return bytes === undefined ? utf8.decode() : utf8.decode(bytes, { stream: true })
    } catch {
      throw new SseError('the stream is not UTF-8')
    }
  }
  return {
    push: (bytes) => take(decode(bytes)),
    end() {
      const events = take(decode(undefined))
      if (waiting.join('').trim() !== '') throw new SseError('the stream ends inside an event')
      return events
    },
  }
}

function dataOf(raw: string): string {
  const lines: string[] = []
  for (const line of raw.split(/\r\n|\n|\r/)) {
    if (line.startsWith('data:')) lines.push(line.slice(line.startsWith('data: ') ? 6 : 5))
  }
  return lines.join('\n')
}

/** Writes an event in the framing of the Messages API. */
export function formatEvent(name: string, data: string): string {
  return `event: ${name}\ndata: ${data}\n\n`
}
