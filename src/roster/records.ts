/** A line of CSV, a line of NDJSON, or an entry of a bundle. */
export interface RawRecord {
  /** From 1, in the order of the file; a line of CSV is the line on which the record begins. */
  readonly number: number
  readonly bytes: Buffer
  /** Longer than a record may be: its bytes are not kept. */
  readonly tooLong: boolean
}

const LONGEST = 4 * 1024 * 1024
const [QUOTE, COMMA_BACKSLASH, LINE, RETURN] = [0x22, 0x5c, 0x0a, 0x0d]
const OPENING: ReadonlySet<number> = new Set([0x7b, 0x5b])
const CLOSING: ReadonlySet<number> = new Set([0x7d, 0x5d])

type Chunks = AsyncIterable<Buffer>

/**
 * The records of CSV: lines, but for line breaks inside quotes (RFC 4180). Memory holds one record.
 * Bytes are enough to tell: the ones that matter are never part of a longer UTF-8 character.
 */
export function csvRecords(chunks: Chunks): AsyncGenerator<RawRecord> {
  return lines(chunks, true)
}

/** The lines of NDJSON. */
export function ndjsonRecords(chunks: Chunks): AsyncGenerator<RawRecord> {
  return lines(chunks, false)
}

async function* lines(chunks: Chunks, quotes: boolean): AsyncGenerator<RawRecord> {
  const held = new Held()
  let quoted = false
  let line = 1
  let number = 1
  for await (const chunk of chunks) {
    let from = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]
      if (byte === QUOTE) quoted = quotes && !quoted
      if (byte !== LINE) continue
      line += 1
      if (quoted) continue
      held.add(chunk.subarray(from, at))
      from = at + 1
      yield held.take(number)
      number = line
    }
    held.add(chunk.subarray(from))
  }
  if (held.length > 0) yield held.take(number)
}

/**
 * The objects that stand in an array at the top of a JSON document, or in an array that a member of the top object is:
 * the entries of a FHIR bundle. Memory holds one of them.
 */
export async function* bundleRecords(chunks: Chunks): AsyncGenerator<RawRecord> {
  const held = new Held()
  const open: number[] = []
  let inString = false
  let escaped = false
  let entry = 0
  let number = 1
  for await (const chunk of chunks) {
    let from = entry === 0 ? chunk.length : 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (inString) {
        if (escaped) escaped = false
        else if (byte === COMMA_BACKSLASH) escaped = true
        else if (byte === QUOTE) inString = false
      } else if (byte === QUOTE) {
        inString = true
      } else if (OPENING.has(byte)) {
        open.push(byte)
        const isEntry = entry === 0 && byte === 0x7b && (at0(open) || at1(open))
        if (isEntry) {
          entry = open.length
          from = at
        }
      } else if (CLOSING.has(byte)) {
        const closes = open.length === entry
        open.pop()
        if (!closes || entry === 0) continue
        held.add(chunk.subarray(from, at + 1))
        yield held.take(number)
        number += 1
        entry = 0
        from = chunk.length
      }
    }
    if (entry > 0) held.add(chunk.subarray(from))
  }
  if (held.length > 0) yield held.take(number)
}

/** [ { */
function at0(open: readonly number[]): boolean {
  return open.length === 2 && open[0] === 0x5b
}

/** { "entry": [ { */
function at1(open: readonly number[]): boolean {
  return open.length === 3 && open[0] === 0x7b && open[1] === 0x5b
}

/** Bytes of the record that is being read. */
class Held {
  #pieces: Buffer[] = []
  length = 0

  add(piece: Buffer): void {
    this.length += piece.length
    if (this.length <= LONGEST) this.#pieces.push(piece)
    else this.#pieces = []
  }

  take(number: number): RawRecord {
    const tooLong = this.length > LONGEST
    const bytes = Buffer.concat(this.#pieces)
    const end = bytes.at(-1) === RETURN ? -1 : bytes.length
    this.#pieces = []
    this.length = 0
    return { number, bytes: bytes.subarray(0, end), tooLong }
  }
}
