import { renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Head } from './chain.ts'
import { openDurableFile, syncDirectory, type DurableFile, type FileIo } from '../durable/index.ts'
import { CURRENT, segmentName } from './segments.ts'

export interface SegmentOptions {
  readonly directory: string
  /** The first record of the file under way, or the one that it will begin with. */
  readonly first: number
  /** The last record that is on disk. */
  readonly head: () => Head
  /** Whether a file of so many bytes is to be closed before the next write. */
  readonly isFull: (bytes: number) => boolean
  /** Called before a file is closed. When it rejects, the file goes on. */
  readonly seal: (head: Head) => Promise<void>
  /** Told of a new file. */
  readonly opened: () => void
  readonly io?: FileIo
}

/**
 * A log in several files. The one under way is always called the same; when it is full it gets the name of its first
 * and last record, and the next write begins a new one. Between the two steps there is no file under way, which is what
 * a start after a crash may find.
 */
export async function openSegmentedFile(options: SegmentOptions): Promise<DurableFile> {
  const path = join(options.directory, CURRENT)
  return new SegmentedFile(options, await openDurableFile(path, options.io))
}

/** After a file could not be closed, so many bytes more are written to it before that is tried again. */
const TRY_AGAIN_BYTES = 1 << 20

class SegmentedFile implements DurableFile {
  readonly #options: SegmentOptions
  /** Undefined after a file was closed and none could be opened. */
  #file: DurableFile | undefined
  #first: number
  #notBefore = 0

  constructor(options: SegmentOptions, file: DurableFile) {
    this.#options = options
    this.#file = file
    this.#first = options.first
  }

  length(): number {
    return this.#file?.length() ?? 0
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#closeIfFull()
    const file = await this.#current()
    await file.write(bytes)
  }

  async probe(): Promise<void> {
    const file = await this.#current()
    await file.probe()
  }

  close(): void {
    this.#file?.close()
  }

  async #current(): Promise<DurableFile> {
    if (this.#file !== undefined) return this.#file
    const { directory, io, opened } = this.#options
    const file = await openDurableFile(join(directory, CURRENT), io)
    this.#file = file
    opened()
    return file
  }

  /** A file that cannot be closed is no reason to refuse a record. */
  async #closeIfFull(): Promise<void> {
    const { directory, head, isFull, seal } = this.#options
    const bytes = this.length()
    const last = head()
    if (this.#file === undefined || last.seq < this.#first || bytes < this.#notBefore) return
    if (!isFull(bytes)) return
    this.#notBefore = bytes + TRY_AGAIN_BYTES
    try {
      // Finds out whether the file at the path is ours still.
      await this.#file.probe()
      await seal(last)
      renameSync(join(directory, CURRENT), join(directory, segmentName(this.#first, last.seq)))
    } catch {
      return
    }
    this.#file.close()
    this.#file = undefined
    this.#first = last.seq + 1
    this.#notBefore = 0
    await syncDirectory(directory)
  }
}
