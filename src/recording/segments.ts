import { closeSync, openSync, read, readdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Mark } from '../domain/index.ts'
import {
  makePrivateDirectory,
  openDurableFile,
  syncDirectory,
  type DurableFile,
  type FileIo,
} from '../durable/index.ts'
import { HEADER_BYTES, readHeader, type SealedFrame } from './frame.ts'

/** A frame and where it stands. */
export interface PlacedFrame extends SealedFrame, Mark {
  readonly bytes: Buffer
}

/** The files of frames: only the last one is appended to. */
export interface Segments {
  /** The last one. */
  readonly file: DurableFile
  /** Where the next frame will stand. */
  end(): Mark
  /** Begins a new segment when the last one is full. Rejects never: then the last one goes on. */
  rotate(): Promise<void>
  read(place: Mark, length: number): Promise<Buffer>
  /** The frames from a mark up to the end. @throws Error naming the place, when something else stands there */
  from(mark: Mark): AsyncGenerator<readonly PlacedFrame[]>
  numbers(): readonly number[]
  /** Removes segments for good; never the last one. */
  remove(numbers: readonly number[]): Promise<void>
  /** Closes what was opened for reading; the last segment is closed by whoever appends to it. */
  close(): void
}

const readAt = promisify(read)
const CHUNK = 1 << 20
const NAME = /^recordings-(\d{6,})\.bin$/

/**
 * Opens the segments of a folder. A frame that a crash cut short is cut off: it was never acknowledged.
 * @param fullBytes size from which on a segment takes no more
 */
export async function openSegments(
  directory: string,
  fullBytes: number,
  io?: FileIo,
): Promise<Segments> {
  await makePrivateDirectory(directory)
  const numbers = numbersIn(directory)
  const first = numbers.at(-1) ?? 1
  if (numbers.length === 0) numbers.push(first)
  await cutTornEnd(pathOf(directory, first))
  let last = first
  let file = await openDurableFile(pathOf(directory, last), io)
  const readers = new Map<number, number>()
  const readerOf = (segment: number): number => {
    const known = readers.get(segment)
    if (known !== undefined) return known
    const fd = openSync(pathOf(directory, segment), 'r')
    readers.set(segment, fd)
    return fd
  }
  const readRange = (place: Mark, length: number): Promise<Buffer> =>
    readWhole(readerOf(place.segment), place, length)
  const current: DurableFile = {
    length: () => file.length(),
    write: (bytes, beside) => file.write(bytes, beside),
    probe: () => file.probe(),
    close: () => file.close(),
  }
  return {
    file: current,
    end: () => ({ segment: last, offset: file.length() }),
    numbers: () => [...numbers],
    read: readRange,
    async rotate() {
      if (file.length() < fullBytes) return
      try {
        const next = await openDurableFile(pathOf(directory, last + 1), io)
        file.close()
        file = next
        last += 1
        numbers.push(last)
      } catch {
        // The last segment grows on; tried again with the next write.
      }
    },
    async *from(mark) {
      for (const segment of numbers.filter((number) => number >= mark.segment)) {
        const start = segment === mark.segment ? mark.offset : 0
        const handle = await open(pathOf(directory, segment), 'r')
        const { size } = await handle.stat().finally(() => handle.close())
        yield* framesOf(segment, start, segment === last ? file.length() : size, readRange)
      }
    },
    async remove(removed) {
      for (const segment of removed) {
        if (segment === last || !numbers.includes(segment)) continue
        const reader = readers.get(segment)
        if (reader !== undefined) closeSync(reader)
        readers.delete(segment)
        rmSync(pathOf(directory, segment), { force: true })
        numbers.splice(numbers.indexOf(segment), 1)
      }
      await syncDirectory(directory)
    },
    close() {
      for (const fd of readers.values()) closeSync(fd)
      readers.clear()
    },
  }
}

function pathOf(directory: string, segment: number): string {
  return join(directory, `recordings-${String(segment).padStart(6, '0')}.bin`)
}

function numbersIn(directory: string): number[] {
  return readdirSync(directory)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b)
}

async function* framesOf(
  segment: number,
  start: number,
  end: number,
  readRange: Segments['read'],
): AsyncGenerator<readonly PlacedFrame[]> {
  let offset = start
  let want = CHUNK
  while (offset < end) {
    const chunk = await readRange({ segment, offset }, Math.min(want, end - offset))
    const frames: PlacedFrame[] = []
    let at = 0
    for (;;) {
      if (at === chunk.length) break
      const header = readHeader(chunk, at)
      const isCut = chunk.length < end - offset
      if (header === undefined && !(isCut && chunk.length - at < HEADER_BYTES)) {
        throw strange(segment, offset + at)
      }
      if (header === undefined || at + header.length > chunk.length) {
        if (!isCut) throw strange(segment, offset + at)
        break
      }
      const bytes = chunk.subarray(at, at + header.length)
      frames.push({ ...header, segment, offset: offset + at, bytes })
      at += header.length
    }
    want = at === 0 ? want * 4 : CHUNK
    offset += at
    if (frames.length > 0) yield frames
  }
}

function strange(segment: number, offset: number): Error {
  return new Error(`recordings segment ${segment} at byte ${offset}: no frame stands there`)
}

async function readWhole(fd: number, { offset, segment }: Mark, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await readAt(fd, bytes, done, length - done, offset + done)
    if (bytesRead === 0) throw new Error(`recordings segment ${segment} is shorter than its index`)
    done += bytesRead
  }
  return bytes
}

/** Goes from header to header; what is no whole frame at the end is cut off. */
async function cutTornEnd(path: string): Promise<void> {
  const handle = await open(path, 'r+').catch(() => undefined)
  if (handle === undefined) return
  try {
    const { size } = await handle.stat()
    const chunk = Buffer.alloc(Math.min(size, CHUNK))
    let end = 0
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, end)
      const passed = wholeFrames(chunk.subarray(0, bytesRead), size - end)
      if (passed === 0) break
      end += passed
    }
    if (end === size || !(await isTorn(handle, end, size))) return
    await handle.truncate(end)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Length of the frames whose headers stand in a chunk and that end before the end of the file. */
function wholeFrames(chunk: Buffer, left: number): number {
  let at = 0
  for (;;) {
    const frame = readHeader(chunk, at)
    if (frame === undefined || at + frame.length > left) return at
    at += frame.length
  }
}

/**
 * A write that was cut short leaves the beginning of a frame, or blanks of a probe. Anything else is damage, which is
 * left there and refused when it is read.
 */
async function isTorn(
  handle: Awaited<ReturnType<typeof open>>,
  from: number,
  size: number,
): Promise<boolean> {
  const bytes = Buffer.alloc(Math.min(size - from, CHUNK))
  await handle.read(bytes, 0, bytes.length, from)
  const isBlank = bytes.every((byte) => byte === 0 || byte === 0x20)
  return isBlank || bytes.length < HEADER_BYTES || readHeader(bytes) !== undefined
}
