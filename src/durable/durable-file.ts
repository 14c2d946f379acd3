import {
  closeSync,
  constants,
  existsSync,
  fdatasync,
  fstatSync,
  ftruncate,
  openSync,
  statSync,
  write,
  type Stats,
} from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/** The two calls that can fail when a disk is full or broken, given as an argument so that a test can fail them. */
export interface FileIo {
  /** Appends; resolves with the number of bytes that are on disk. */
  write(fd: number, bytes: Uint8Array): Promise<number>
  truncate(fd: number, length: number): Promise<void>
}

/** A file that is only ever appended to, one write at a time. */
export interface DurableFile {
  /** Bytes that were written and acknowledged. */
  length(): number
  /**
   * Appends the bytes. Resolves only when they are on disk. When it rejects, nothing of them counts: what may have
   * reached the disk is cut off before the next write, so that no torn line stays in front of it.
   * @param beside another write, without which these bytes are worth nothing: it runs at the same time. When it rejects,
   * so does this one; what it wrote where this one rejects MUST do no harm
   */
  write(bytes: Uint8Array, beside?: () => Promise<void>): Promise<void>
  /** Writes some bytes and takes them back: whether writing works, without leaving anything in the file. */
  probe(): Promise<void>
  close(): void
}

const truncateFile = promisify(ftruncate)
const syncFile = promisify(fdatasync)

/** The calls of the operating system. */
export const systemIo: FileIo = {
  write: (fd, bytes) =>
    new Promise((resolve, reject) => {
      write(fd, bytes, 0, bytes.length, null, (error, written) => {
        if (error === null) resolve(written)
        else reject(error)
      })
    }),
  // O_DSYNC covers writes alone: without the sync, a cut that a crash undoes would bring a refused record back.
  truncate: async (fd, length) => {
    await truncateFile(fd, length)
    await syncFile(fd)
  },
}

/** No newline in it: if a crash leaves it behind, the next start takes it for a torn line and cuts it off. */
const PROBE = Buffer.alloc(4096, ' ')

/** Makes a directory that only we may enter; what exists keeps its mode. */
export async function makePrivateDirectory(directory: string): Promise<void> {
  const first = await mkdir(directory, { recursive: true, mode: 0o700 })
  if (first !== undefined) await syncDirectory(dirname(first))
}

/** Makes the names in a directory survive a crash. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Opens a file for durable appending and creates it (mode 0600) where there is none. */
export async function openDurableFile(path: string, io: FileIo = systemIo): Promise<DurableFile> {
  const { O_APPEND, O_CREAT, O_DSYNC, O_WRONLY } = constants
  await makePrivateDirectory(dirname(path))
  const created = !existsSync(path)
  // A bare descriptor, not a FileHandle, which would be closed under a hanging write when it is collected.
  const fd = openSync(path, O_APPEND | O_CREAT | O_WRONLY | O_DSYNC, 0o600)
  const opened = fstatSync(fd)
  if (!opened.isFile()) {
    closeSync(fd)
    throw new Error('the path of a log is not a regular file')
  }
  if (created) await syncDirectory(dirname(path))

  return new AppendedFile(path, fd, opened, io)
}

class AppendedFile implements DurableFile {
  readonly #path: string
  readonly #fd: number
  readonly #opened: Stats
  readonly #io: FileIo
  #length: number
  /** A write of ours may have left bytes behind `#length`. */
  #dirty = false
  #writing = false

  constructor(path: string, fd: number, opened: Stats, io: FileIo) {
    this.#path = path
    this.#fd = fd
    this.#opened = opened
    this.#io = io
    this.#length = opened.size
  }

  length(): number {
    return this.#length
  }

  write(bytes: Uint8Array, beside?: () => Promise<void>): Promise<void> {
    return this.#alone(async () => {
      await both(this.#append(bytes), beside?.())
      this.#length += bytes.length
      this.#dirty = false
    })
  }

  probe(): Promise<void> {
    return this.#alone(async () => {
      await this.#append(PROBE)
      await this.#restore()
    })
  }

  close(): void {
    // A write that hangs still holds the descriptor: closing it would let another file take its number.
    if (!this.#writing) closeSync(this.#fd)
  }

  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.#writing) throw new Error('two writes at once')
    this.#writing = true
    try {
      await this.#restore()
      this.#dirty = true
      await work()
    } catch (error) {
      await this.#restore().catch(() => undefined)
      throw error
    } finally {
      this.#writing = false
    }
  }

  async #append(bytes: Uint8Array): Promise<void> {
    const written = await this.#io.write(this.#fd, bytes)
    // A regular file takes a part of a write only where the rest has no room.
    if (written !== bytes.length) {
      throw Object.assign(new Error('a write fell short'), { code: 'ENOSPC' })
    }
  }

  /** Cuts off what a failed write left. Never cuts what it does not know to be its own. */
  async #restore(): Promise<void> {
    const size = this.#currentSize()
    if (size < this.#length) throw new Error('the file lost records that were acknowledged')
    if (size > this.#length) {
      if (!this.#dirty) throw new Error('somebody else wrote to the file')
      await this.#io.truncate(this.#fd, this.#length)
      if (this.#currentSize() !== this.#length) throw new Error('the file could not be cut back')
    }
    this.#dirty = false
  }

  /** The size of our file, if it still stands at its path: a moved or replaced file would swallow records unseen. */
  #currentSize(): number {
    const now = statSync(this.#path)
    if (now.ino !== this.#opened.ino || now.dev !== this.#opened.dev) {
      throw new Error('the file was replaced')
    }
    return now.size
  }
}

/** Whichever fails, the other is waited for: what is cut off then must not still be on its way. */
async function both(one: Promise<void>, other: Promise<void> | undefined): Promise<void> {
  if (other === undefined) return one
  for (const done of await Promise.allSettled([one, other])) {
    if (done.status === 'rejected') throw done.reason
  }
}
