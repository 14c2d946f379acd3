import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { FrameRow, RecordingIndex, SessionFilter, SessionRow } from '../domain/index.ts'
import { openDerived } from './derived-file.ts'
import { transactions } from './transaction.ts'

/** The index in a file. */
export interface RecordingIndexTable extends RecordingIndex {
  close(): void
}

const ADD_FRAME = `INSERT OR IGNORE INTO frames
  (slot, n, segment, "offset", length, at, exchange, direction, thread, "from", leaf, piece, info)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const ADD_SESSION = `INSERT OR IGNORE INTO sessions
  (slot, session, principal, on_behalf_of, connection, first_at, last_at, exchanges, threads, bytes)
  VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)`
const COUNT_SESSION = `UPDATE sessions SET last_at = max(last_at, ?), exchanges = exchanges + ?,
  threads = max(threads, ?), bytes = bytes + ? WHERE slot = ?`
const SESSIONS = `SELECT * FROM sessions
  WHERE (:session IS NULL OR session = :session) AND (:principal IS NULL OR principal = :principal)
    AND (:connection IS NULL OR connection = :connection)
    AND (:from IS NULL OR last_at >= :from) AND (:to IS NULL OR first_at < :to)
  ORDER BY last_at DESC, slot DESC LIMIT :most OFFSET :skip`

const TABLES = `
  CREATE TABLE sessions (
    slot INTEGER PRIMARY KEY, session TEXT NOT NULL, principal TEXT NOT NULL, on_behalf_of TEXT, connection TEXT NOT NULL,
    first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, exchanges INTEGER NOT NULL, threads INTEGER NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_label ON sessions (session);
  CREATE INDEX sessions_last ON sessions (last_at);
  CREATE TABLE frames (
    slot INTEGER NOT NULL, n INTEGER NOT NULL, segment INTEGER NOT NULL, "offset" INTEGER NOT NULL,
    length INTEGER NOT NULL, at INTEGER NOT NULL, exchange TEXT NOT NULL, direction TEXT NOT NULL,
    thread INTEGER NOT NULL, "from" INTEGER, leaf INTEGER NOT NULL, piece INTEGER NOT NULL, info TEXT NOT NULL,
    PRIMARY KEY (slot, n)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE segments (
    segment INTEGER NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (segment, slot)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE threads (
    slot INTEGER NOT NULL, thread INTEGER NOT NULL, begins TEXT NOT NULL, first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (slot, thread)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE masks (
    slot INTEGER NOT NULL, mask TEXT NOT NULL, type TEXT NOT NULL, recognizer TEXT NOT NULL,
    PRIMARY KEY (slot, mask, recognizer)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE mark (
    id INTEGER PRIMARY KEY CHECK (id = 1), segment INTEGER NOT NULL, "offset" INTEGER NOT NULL
  ) STRICT;
  INSERT INTO mark VALUES (1, 0, 0)`

/** Those with rows of sessions. */
const OF_SESSIONS = ['frames', 'sessions', 'segments', 'masks', 'threads']

/**
 * Opens the index of the recordings in a file of its own: another thread that writes elsewhere makes nobody wait for it,
 * or read its pages again. No text of a payload is in it, and no key. One that cannot be read is begun anew, and
 * the store of recordings reads its files again.
 */
export function openRecordingIndex(file: string): RecordingIndexTable {
  return indexIn(openDerived(file, { tables: TABLES, format: 1, synchronous: 'NORMAL' }))
}

function indexIn(database: DatabaseSync): RecordingIndexTable {
  const transaction = transactions(database)
  const addFrame = database.prepare(ADD_FRAME)
  const addSession = database.prepare(ADD_SESSION)
  const countSession = database.prepare(COUNT_SESSION)
  const addSegment = database.prepare('INSERT OR IGNORE INTO segments VALUES (?, ?)')
  const addMark = database.prepare('INSERT OR IGNORE INTO masks VALUES (?, ?, ?, ?)')
  const addThread = database.prepare('INSERT OR IGNORE INTO threads VALUES (?, ?, ?, ?, ?)')
  const setThread = database.prepare(
    'UPDATE threads SET last = max(last, ?) WHERE slot = ? AND thread = ?',
  )
  const threadBeginning = database.prepare(
    'SELECT * FROM threads WHERE slot = ? AND begins = ? ORDER BY thread LIMIT 1',
  )
  const threadNumbered = database.prepare('SELECT * FROM threads WHERE slot = ? AND thread = ?')
  const countThreads = database.prepare('SELECT count(*) AS count FROM threads WHERE slot = ?')
  const answerTo = database.prepare(
    `SELECT * FROM frames WHERE slot = ? AND n > ? AND n <= ? AND exchange = ?
       AND direction = 'answer' LIMIT 1`,
  )
  const lastFrames = database.prepare('SELECT * FROM frames WHERE slot = ? ORDER BY n DESC LIMIT ?')
  const marks = database.prepare(
    'SELECT mask, type, recognizer FROM masks WHERE slot = ? ORDER BY 1, 3',
  )
  const getMark = database.prepare('SELECT segment, "offset" FROM mark')
  const setMark = database.prepare('UPDATE mark SET segment = ?, "offset" = ?')
  const slotOf = database.prepare('SELECT max(slot) AS slot FROM sessions WHERE session = ?')
  const frames = database.prepare(
    'SELECT * FROM frames WHERE slot = ? AND n BETWEEN ? AND ? ORDER BY n',
  )
  const sessions = database.prepare(SESSIONS)
  const segments = database.prepare('SELECT DISTINCT segment FROM segments ORDER BY 1')
  const mark = (): { segment: number; offset: number } => {
    const row = getMark.get()
    return { segment: Number(row?.['segment']), offset: Number(row?.['offset']) }
  }
  const add = (row: FrameRow): boolean => {
    const { slot, n, segment, offset, length, at, exchange, direction, thread } = row
    const place = [segment, offset, length, at, exchange, direction, thread, row.from] as const
    const { changes } = addFrame.run(slot, n, ...place, row.leaf, row.piece, row.info)
    if (changes === 0) return false
    if (row.begins !== undefined) addThread.run(slot, thread, row.begins, n, n)
    else if (direction === 'request') setThread.run(n, slot, thread)
    for (const masked of row.marks ?? []) addMark.run(slot, ...masked)
    return true
  }
  /** What the frames of one session add up to. */
  const count = (slot: number, rows: readonly FrameRow[]): void => {
    const last = Math.max(...rows.map(({ at }) => at))
    const asked = rows.filter(({ direction }) => direction === 'request').length
    const threads = Math.max(...rows.map(({ thread }) => thread)) + 1
    const bytes = rows.reduce((sum, { length }) => sum + length, 0)
    countSession.run(last, asked, threads, bytes, slot)
    for (const segment of new Set(rows.map((row) => row.segment))) addSegment.run(segment, slot)
  }

  return {
    mark: async () => mark(),
    add: async ({ rows, sessions: named, from, to }) => {
      transaction(() => {
        const { segment, offset } = mark()
        if (segment !== from.segment || offset !== from.offset) {
          throw new Error('the index has another mark')
        }
        const first = new Map(rows.toReversed().map((row) => [row.slot, row]))
        for (const [slot, session] of named) {
          const row = first.get(slot)
          const { principal, onBehalfOf, connection } = whoseIs(row)
          addSession.run(
            slot,
            session,
            principal,
            onBehalfOf,
            connection,
            row?.at ?? 0,
            row?.at ?? 0,
          )
        }
        const added = Map.groupBy(rows.filter(add), ({ slot }) => slot)
        for (const [slot, own] of added) count(slot, own)
        setMark.run(to.segment, to.offset)
      })
    },
    slotOf: async (session) => {
      const slot = slotOf.get(session)?.['slot']
      return slot === null || slot === undefined ? undefined : Number(slot)
    },
    frames: async (slot, from = 0, to = Number.MAX_SAFE_INTEGER) =>
      frames.all(slot, from, to).map(toFrame),
    lastFrames: async (slot, most) => lastFrames.all(slot, most).map(toFrame).toReversed(),
    thread: async (slot, by) => {
      const row = (typeof by === 'string' ? threadBeginning : threadNumbered).get(slot, by)
      if (row === undefined) return undefined
      const [thread, first, last] = ['thread', 'first', 'last'].map((name) => Number(row[name]))
      return { thread: thread ?? 0, first: first ?? 0, last: last ?? 0 }
    },
    answerTo: async (slot, exchange, request, within) => {
      const row = answerTo.get(slot, request, request + within, exchange)
      return row === undefined ? undefined : toFrame(row)
    },
    threads: async (slot) => Number(countThreads.get(slot)?.['count']),
    marks: async (slot) =>
      marks
        .all(slot)
        .map(
          (row) => [String(row['mask']), String(row['type']), String(row['recognizer'])] as const,
        ),
    sessions: async (filter) => sessions.all(parametersOf(filter)).map(toSession),
    forget: async (slots) => {
      transaction(() => {
        for (const table of OF_SESSIONS) {
          const remove = database.prepare(`DELETE FROM ${table} WHERE slot = ?`)
          for (const slot of slots) remove.run(slot)
        }
      })
    },
    segments: async () => segments.all().map((row) => Number(row['segment'])),
    clear: async () => {
      transaction(() => {
        for (const table of OF_SESSIONS) database.exec(`DELETE FROM ${table}`)
        setMark.run(0, 0)
      })
    },
    close() {
      if (database.isOpen) database.close()
    },
  }
}

/** The first frame of a session says whose it is. */
function whoseIs(
  row: FrameRow | undefined,
): Pick<SessionRow, 'principal' | 'onBehalfOf' | 'connection'> {
  if (row?.n !== 0 || row.about === undefined) {
    return { principal: '', onBehalfOf: null, connection: '' }
  }
  return JSON.parse(row.about) as SessionRow
}

type Row = Readonly<Record<string, SQLOutputValue>>

function parametersOf(filter: SessionFilter): Record<string, string | number | null> {
  const { session = null, principal = null, connection = null, from = null, to = null } = filter
  return {
    session,
    principal,
    connection,
    from,
    to,
    most: filter.most ?? -1,
    skip: filter.skip ?? 0,
  }
}

function toFrame(row: Row): FrameRow {
  const number = (name: string): number => Number(row[name])
  return {
    slot: number('slot'),
    n: number('n'),
    segment: number('segment'),
    offset: number('offset'),
    length: number('length'),
    at: number('at'),
    exchange: String(row['exchange']),
    direction: row['direction'] === 'answer' ? 'answer' : 'request',
    thread: number('thread'),
    from: row['from'] === null ? null : number('from'),
    leaf: number('leaf'),
    piece: number('piece'),
    info: String(row['info']),
  }
}

function toSession(row: Row): SessionRow {
  const behalf = row['on_behalf_of']
  return {
    slot: Number(row['slot']),
    session: String(row['session']),
    principal: String(row['principal']),
    onBehalfOf: typeof behalf === 'string' ? behalf : null,
    connection: String(row['connection']),
    firstAt: Number(row['first_at']),
    lastAt: Number(row['last_at']),
    exchanges: Number(row['exchanges']),
    threads: Number(row['threads']),
    bytes: Number(row['bytes']),
  }
}
