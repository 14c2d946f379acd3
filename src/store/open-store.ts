import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type {
  BlockStore,
  DayCounters,
  DeliveryStore,
  ForgettingMaskMemory,
  ReviewStore,
} from '../domain/index.ts'
import { blockStore } from './blocks.ts'
import { dayCounters } from './day-counters.ts'
import { deliveryStore } from './deliveries.ts'
import { maskMemory } from './mask-memory.ts'
import { migrate } from './migrations.ts'
import { reviewStore } from './reviews.ts'

/** What phigate keeps in tables, and nowhere else. Each thread opens its own. */
export interface Store {
  readonly maskMemory: ForgettingMaskMemory
  readonly dayCounters: DayCounters
  readonly blocks: BlockStore
  readonly reviews: ReviewStore
  readonly deliveries: DeliveryStore
  close(): void
}

const BUSY_MS = 5_000

/**
 * Opens the store in a file, which several threads may do at the same time, and migrates it.
 * @throws Error when the file was written by a later version, or is held by another writer for 5 s
 */
export function openStore(file: string): Store {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // SQLite gives its -wal and -shm files the mode of the database.
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file, { timeout: BUSY_MS })
  try {
    useWriteAheadLog(database)
    database.exec('PRAGMA synchronous = NORMAL')
    migrate(database)
  } catch (error) {
    database.close()
    throw error
  }
  const close = (): void => {
    if (database.isOpen) database.close()
  }
  return {
    maskMemory: maskMemory(database, close),
    dayCounters: dayCounters(database),
    blocks: blockStore(database),
    reviews: reviewStore(database),
    deliveries: deliveryStore(database),
    close,
  }
}

/** SQLite does not wait for others when it changes the journal of a new file, whatever its timeout. */
function useWriteAheadLog(database: DatabaseSync): void {
  const pause = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; ; waited += 10) {
    try {
      const row = database.prepare('PRAGMA journal_mode = WAL').get()
      if (row?.['journal_mode'] === 'wal') return
      throw new Error('the store cannot be used by several threads on this file system')
    } catch (error) {
      if (!isBusy(error) || waited >= BUSY_MS) throw error
    }
    Atomics.wait(pause, 0, 0, 10)
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === 5
}
