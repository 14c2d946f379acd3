import { open } from 'node:fs/promises'

/** One line of a file. */
export interface Line {
  /** Without the newline. */
  readonly bytes: Buffer
  /** Where the line begins in the file. */
  readonly offset: number
  /** False only for a last line that has no newline. */
  readonly terminated: boolean
}

const CHUNK = 1 << 20
const NEWLINE = 0x0a

/**
 * Reads the lines of a file from an offset on, in groups as they come off the disk. Memory holds one chunk and the
 * line under way, whatever the size of the file.
 */
export async function* readLines(path: string, from = 0): AsyncGenerator<readonly Line[]> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const chunk = Math.min(CHUNK, Math.max(1 << 12, size - from))
    let position = from
    let rest: Buffer[] = []
    let start = from
    for (;;) {
      const buffer = Buffer.allocUnsafeSlow(chunk)
      const { bytesRead } = await handle.read(buffer, 0, chunk, position)
      if (bytesRead === 0) break
      position += bytesRead
      const split = splitChunk(buffer.subarray(0, bytesRead), rest, start)
      rest = split.rest
      start = split.start
      if (split.lines.length > 0) yield split.lines
    }
    if (rest.length > 0) {
      yield [{ bytes: Buffer.concat(rest), offset: start, terminated: false }]
    }
  } finally {
    await handle.close()
  }
}

/** Cuts a chunk into lines; `rest` is the beginning of the first of them, which starts at `start`. */
function splitChunk(
  chunk: Buffer,
  rest: readonly Buffer[],
  start: number,
): { lines: Line[]; rest: Buffer[]; start: number } {
  const lines: Line[] = []
  let begun = [...rest]
  let offset = start
  let from = 0
  for (;;) {
    const newline = chunk.indexOf(NEWLINE, from)
    if (newline === -1) break
    const piece = chunk.subarray(from, newline)
    const bytes = begun.length === 0 ? piece : Buffer.concat([...begun, piece])
    lines.push({ bytes, offset, terminated: true })
    offset += bytes.length + 1
    begun = []
    from = newline + 1
  }
  if (from < chunk.length) begun.push(chunk.subarray(from))
  return { lines, rest: begun, start: offset }
}
