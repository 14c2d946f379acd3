import type { FileHandle } from 'node:fs/promises'

/** The end of a file of lines. */
export interface FileEnd {
  /** The last complete lines in the order of the file, without their newlines. */
  readonly lines: readonly Buffer[]
  /** What stands behind the last newline. */
  readonly tail: Buffer
}

const CHUNK = 1 << 16
const NEWLINE = 0x0a

/** Reads the last `count` complete lines of a file, backwards from its end, however large it is. */
export async function readFileEnd(
  handle: FileHandle,
  size: number,
  count: number,
): Promise<FileEnd> {
  for (let want = CHUNK; ; want *= 2) {
    const length = Math.min(want, size)
    const bytes = await readRange(handle, size - length, length)
    const ends = newlinesFromEnd(bytes, count + 1)
    if (ends.length <= count && length < size) continue
    const lines = ends.slice(0, count).map((end, index) => {
      return bytes.subarray((ends[index + 1] ?? -1) + 1, end)
    })
    return { lines: lines.toReversed(), tail: bytes.subarray((ends[0] ?? -1) + 1) }
  }
}

async function readRange(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, from + done)
    if (bytesRead === 0) throw new Error('a file became shorter while it was read')
    done += bytesRead
  }
  return bytes
}

/** Positions of the last newlines, the last one first. */
function newlinesFromEnd(bytes: Buffer, count: number): number[] {
  const found: number[] = []
  let from = bytes.length
  while (found.length < count && from > 0) {
    const at = bytes.lastIndexOf(NEWLINE, from - 1)
    if (at === -1) break
    found.push(at)
    from = at
  }
  return found
}
