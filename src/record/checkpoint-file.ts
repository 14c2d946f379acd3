import { existsSync } from 'node:fs'
import { open, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../domain/index.ts'
import { openDurableFile, readFileEnd, syncDirectory, type FileIo } from '../durable/index.ts'
import type { Checkpoint } from '../schema/index.ts'
import type { Head } from './chain.ts'
import { parseCheckpoint, type CheckpointSigner } from './checkpoint.ts'

/** Beside the log. Not `.ndjson`, which the log's own files are called. */
const CHECKPOINTS = 'audit.checkpoints'

export function checkpointsIn(directory: string): string {
  return join(directory, CHECKPOINTS)
}

/** The checkpoints of a log that is being written. */
export interface Checkpoints {
  /** The last one that is on disk. */
  last(): Checkpoint | undefined
  /** Signs a head that is on disk; resolves when the checkpoint is, too. A head that has one gets no second. */
  add(head: Head): Promise<void>
  close(): Promise<void>
}

/** @throws Error when the file cannot be opened, or its last line is no checkpoint */
export async function openCheckpoints(
  directory: string,
  sign: CheckpointSigner,
  clock: Clock,
  io?: FileIo,
): Promise<Checkpoints> {
  const path = checkpointsIn(directory)
  let last = await lastCheckpoint(path)
  const file = await openDurableFile(path, io)
  let working: Promise<void> = Promise.resolve()
  const write = async (head: Head): Promise<void> => {
    if (last !== undefined && head.seq <= last.seq) return
    const checkpoint = sign(head, new Date(clock.now()).toISOString())
    await file.write(Buffer.from(`${JSON.stringify(checkpoint)}\n`))
    last = checkpoint
  }
  return {
    last: () => last,
    add(head) {
      const added = working.then(() => write(head))
      working = added.catch(() => undefined)
      return added
    },
    async close() {
      await working
      file.close()
    },
  }
}

/** What a crash left of a line is cut off: it was never told to anybody. */
async function lastCheckpoint(path: string): Promise<Checkpoint | undefined> {
  if (!existsSync(path)) return undefined
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const { lines, tail } = await readFileEnd(handle, size, 1)
    const [line] = lines
    const checkpoint = line === undefined ? undefined : parseCheckpoint(line)
    if (line !== undefined && checkpoint === undefined) {
      throw new Error(`${path}: the last line is no checkpoint; see \`audit verify\``)
    }
    if (tail.length > 0) {
      await truncate(path, size - tail.length)
      await syncDirectory(join(path, '..'))
    }
    return checkpoint
  } finally {
    await handle.close()
  }
}
