import type { FrameRow, Recordings, SessionRow } from '../domain/index.ts'
import type { RecordingFiles } from './recording-store.ts'
import { replayOf } from './replay.ts'
import { openReader, type SessionReader } from './session-reader.ts'

/** What is read of one session. */
export interface OpenSession {
  readonly row: SessionRow
  readonly reader: SessionReader
}

/** The recordings of a folder, to be read. */
export interface Archive extends Recordings {
  /** The latest recording under a session's label; undefined where its key is gone. */
  open(session: string): Promise<OpenSession | undefined>
}

export function openArchive({
  keeper,
  slots,
  segments,
}: Pick<RecordingFiles, 'keeper' | 'slots' | 'segments'>): Archive {
  const open = async (session: string): Promise<OpenSession | undefined> => {
    const index = await keeper.upToDate()
    // A frame that was on its way when its session was shredded may stand in the index under the key that is gone.
    const row = (await index.sessions({ session })).find(({ slot }) => slots.isLive(slot))
    const key = row === undefined ? undefined : slots.readIfKnown(row.slot)
    if (row === undefined || key === undefined) return undefined
    return { row, reader: openReader(key, await index.frames(row.slot), segments) }
  }
  return {
    open,
    async sessions(filter) {
      const rows = await (await keeper.upToDate()).sessions(filter)
      return rows.filter(({ slot }) => slots.isLive(slot))
    },
    async replay(session, from, most) {
      const found = await open(session)
      if (found === undefined) return undefined
      const { row, reader } = found
      const replay = replayOf(reader)
      const marks = await (await keeper.upToDate()).marks(row.slot)
      const exchanges = []
      const end = Math.min(replay.count, from + most)
      for (let number = from; number < end; number += 1) {
        exchanges.push(await replay.exchange(number))
      }
      return { session: row, marks, exchanges }
    },
    async bytes(session, exchange) {
      const found = await open(session)
      const at = (direction: FrameRow['direction']): FrameRow | undefined =>
        found?.reader.rows.find((row) => row.exchange === exchange && row.direction === direction)
      const request = at('request')
      if (found === undefined || request === undefined) return undefined
      const answer = at('answer')
      const said = answer === undefined ? undefined : await found.reader.bytes(answer.n)
      return {
        request: await found.reader.bytes(request.n),
        answer: said === undefined || said.length === 0 ? undefined : said,
      }
    },
  }
}
