import type { DatabaseSync } from 'node:sqlite'
import { transactions } from './transaction.ts'

interface Location {
  readonly offset: number
  readonly length: number
}

interface IndexedPiece extends Location {
  readonly session: string
  readonly digest: string
}

/** The table behind the port `RecordingIndex` of `record/`, which has the same shape and says what it means. */
export interface RecordingIndexTable {
  find(session: string, digests: readonly string[]): Promise<readonly (Location | undefined)[]>
  add(pieces: readonly IndexedPiece[], from: number, to: number): Promise<void>
  mark(): Promise<number>
  clear(): Promise<void>
}

const FIND = `SELECT piece."offset" AS "offset", piece.length AS length FROM json_each(?) AS asked
  LEFT JOIN recordings AS piece ON piece.session = ? AND piece.digest = asked.value ORDER BY asked.key`
const ADD =
  'INSERT OR IGNORE INTO recordings (session, digest, "offset", length) VALUES (?, ?, ?, ?)'

/** The index of the recordings in SQLite. */
export function recordingIndex(database: DatabaseSync): RecordingIndexTable {
  const transaction = transactions(database)
  const find = database.prepare(FIND)
  const add = database.prepare(ADD)
  const getMark = database.prepare('SELECT mark FROM recording_mark')
  const setMark = database.prepare('UPDATE recording_mark SET mark = ?')
  const mark = (): number => Number(getMark.get()?.['mark'])

  return {
    find: async (session, digests) =>
      find.all(JSON.stringify(digests), session).map(({ offset, length }) => {
        return offset === null ? undefined : { offset: Number(offset), length: Number(length) }
      }),
    add: async (pieces, from, to) => {
      transaction(() => {
        if (mark() !== from) throw new Error('the index has another mark')
        for (const { session, digest, offset, length } of pieces) {
          add.run(session, digest, offset, length)
        }
        setMark.run(to)
      })
    },
    mark: async () => mark(),
    clear: async () => {
      transaction(() => {
        database.exec('DELETE FROM recordings')
        setMark.run(0)
      })
    },
  }
}
