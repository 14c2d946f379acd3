import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../src/domain/index.ts'
import { systemIo, type FileIo } from '../../src/durable/index.ts'

/** A folder of the test's own, gone after the test. */
export function temporaryFolders(): () => string {
  const made: string[] = []
  afterEach(() => {
    for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true })
  })
  return () => {
    const directory = mkdtempSync(join(tmpdir(), 'phigate-record-'))
    made.push(directory)
    return directory
  }
}

/** A clock that moves one second at each look. */
export function steppingClock(start = Date.UTC(2026, 10, 22)): Clock {
  let now = start
  return {
    now: () => {
      now += 1000
      return now
    },
  }
}

/** A disk whose writes and cuts can be made to fail, to fall short or to hang. */
export interface FaultyIo extends FileIo {
  /** What the next writes do, `ok` when the list is empty. */
  readonly faults: ('ok' | 'enospc' | 'short' | 'torn' | 'hang')[]
  truncateFails: boolean
  writes: number
  /** Lets the hanging writes go on. */
  release(): void
}

export function faultyIo(): FaultyIo {
  const waiting: (() => void)[] = []
  const io: FaultyIo = {
    faults: [],
    truncateFails: false,
    writes: 0,
    release: () => {
      for (const go of waiting.splice(0)) go()
    },
    write: async (fd, bytes) => {
      io.writes += 1
      const half = bytes.subarray(0, bytes.length >> 1)
      switch (io.faults.shift() ?? 'ok') {
        case 'enospc':
          throw diskFull()
        case 'short':
          return systemIo.write(fd, half)
        case 'torn':
          await systemIo.write(fd, half)
          throw diskFull()
        case 'hang':
          await new Promise<void>((resolve) => waiting.push(resolve))
          break
        case 'ok':
          break
      }
      return systemIo.write(fd, bytes)
    },
    truncate: async (fd, length) => {
      if (io.truncateFails) throw diskFull()
      await systemIo.truncate(fd, length)
    },
  }
  return io
}

function diskFull(): Error {
  return Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
}
