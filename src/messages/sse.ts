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
  let rest = ''
  let searched = 0
  const take = (): SseEvent[] => {
    const events: SseEvent[] = []
    let at = 0
    END.lastIndex = searched
    for (let match = END.exec(rest); match !== null; match = END.exec(rest)) {
      const raw = rest.slice(at, END.lastIndex)
      events.push({ raw, data: dataOf(raw) })
      at = END.lastIndex
    }
    rest = rest.slice(at)
    // The end of an event may be cut between two chunks.
    searched = Math.max(0, rest.length - 3)
    if (rest.length > MAX_EVENT_CHARACTERS) throw new SseError('an event is too large')
    return events
  }
  const decode = (bytes: Uint8Array | undefined): void => {
    try {
      rest += bytes === undefined ? utf8.decode() : utf8.decode(bytes, { stream: true })
    } catch {
      throw new SseError('the stream is not UTF-8')
    }
  }
  return {
    push(bytes) {
      decode(bytes)
      return take()
    },
    end() {
      decode(undefined)
      const events = take()
      if (rest.trim() !== '') throw new SseError('the stream ends inside an event')
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
