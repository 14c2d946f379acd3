import { ownCopy } from '../domain/index.ts'

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
 * Reads a byte stream as text, and gives it on when an event is complete, whatever the network's chunks are (WHATWG HTML,
 * 9.2.5).
 */
export interface SseReader {
  /**
   * @returns the events that are complete with these bytes, as they came; nothing else
   * @throws SseError on bytes that are not UTF-8, and on an event that is too large
   */
  push(bytes: Uint8Array): string
  /** @throws SseError where the stream stops inside an event */
  end(): void
}

export function sseReader(): SseReader {
  const utf8 = utf8Reader()
  // An event that takes many chunks: joined once, when its end has come.
  let waiting: string[] = []
  let length = 0
  let last = ''
  const take = (text: string): string => {
    // The end of an event may be cut between two chunks.
    const overlap = last + text
    waiting.push(text)
    length += text.length
    last = overlap.slice(-3)
    if (length > MAX_EVENT_CHARACTERS) throw new SseError('an event is too large')
    END.lastIndex = 0
    return END.test(overlap) ? cut(waiting.join('')) : ''
  }
  const cut = (text: string): string => {
    const end = lastEnd(text)
    waiting = end === text.length ? [] : [text.slice(end)]
    length = text.length - end
    last = text.slice(Math.max(end, text.length - 3))
    return text.slice(0, end)
  }
  return {
    push: (bytes) => take(utf8.read(bytes)),
    end() {
      utf8.end()
      if (waiting.join('').trim() !== '') throw new SseError('the stream ends inside an event')
    },
  }
}

/** Where the last of the events ends that are complete. */
function lastEnd(text: string): number {
  // As nearly all come.
  if (!text.includes('\r') && !text.includes('\n\n\n')) return text.lastIndexOf('\n\n') + 2
  let end = 0
  END.lastIndex = 0
  while (END.exec(text) !== null) end = END.lastIndex
  return end
}

const STRICT = { fatal: true, ignoreBOM: true }
const WHOLE = new TextDecoder('utf-8', STRICT)

/** Chunks mostly end with a line. One that may end inside a character takes a decoder that remembers, which is slow. */
function utf8Reader(): { read(bytes: Uint8Array): string; end(): void } {
  let remembers: InstanceType<typeof TextDecoder> | undefined
  let begun = false
  const decode = (read: () => string): string => {
    try {
      return read()
    } catch {
      throw new SseError('the stream is not UTF-8')
    }
  }
  return {
    read(bytes) {
      if ((bytes.at(-1) ?? 0) >= 0x80) remembers ??= new TextDecoder('utf-8', STRICT)
      const text = decode(() => remembers?.decode(bytes, { stream: true }) ?? WHOLE.decode(bytes))
      const isFirst = !begun && text !== ''
      begun ||= isFirst
      return isFirst && text.startsWith('\uFEFF') ? text.slice(1) : text
    },
    end: () => void decode(() => remembers?.decode() ?? ''),
  }
}

/** The event that begins at a place of a text of whole events, and where the next one begins; undefined behind the last. */
export function eventAt(
  text: string,
  at: number,
): (SseEvent & { readonly end: number }) | undefined {
  END.lastIndex = at
  if (END.exec(text) === null) return undefined
  const end = END.lastIndex
  // What is kept of an event outlives the others of its read.
  const raw = ownCopy(text.slice(at, end))
  return { raw, data: dataOf(raw), end }
}

export function sseEvents(text: string): SseEvent[] {
  const events: SseEvent[] = []
  for (let next = eventAt(text, 0); next !== undefined; next = eventAt(text, next.end)) {
    events.push({ raw: next.raw, data: next.data })
  }
  return events
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
