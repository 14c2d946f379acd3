import type { DatabaseSync } from 'node:sqlite'
import type { ReviewStore, StoredReview } from '../domain/index.ts'
import { validate, type Review } from '../schema/index.ts'
import { transactions } from './transaction.ts'

const PUT = `INSERT INTO reviews (id, version, owed, status, principal, connection, binds_until, due_at, under_way, created_at, review, payload)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const REPLACE = `UPDATE reviews SET version = ?, owed = max(owed, ?), status = ?, binds_until = ?, due_at = ?, under_way = ?, review = ?
  WHERE id = ? AND version = ?`
const BINDING = `SELECT review FROM reviews WHERE connection = ? AND binds_until > ? AND id IN (
    SELECT id FROM reviews INDEXED BY reviews_session WHERE principal = ? AND session = ?
    UNION SELECT id FROM reviews INDEXED BY reviews_digest WHERE principal = ? AND digest = ?
    UNION SELECT id FROM reviews INDEXED BY reviews_jobs WHERE principal = ? AND scope = 'job')
  ORDER BY created_at DESC`
const BINDING_ANY = 'SELECT review FROM reviews WHERE binds_until > ?'
const UNFINISHED = 'SELECT review, owed FROM reviews WHERE under_way > 0 OR owed > 0'
const LIST = 'SELECT review FROM reviews ORDER BY created_at DESC LIMIT ?'
const LIST_BY = 'SELECT review FROM reviews WHERE status = ? ORDER BY created_at DESC LIMIT ?'
const DUE = `SELECT review FROM reviews INDEXED BY reviews_waiting WHERE status = 'pending' AND due_at <= ?
  UNION ALL SELECT review FROM reviews INDEXED BY reviews_granted WHERE status = 'approved' AND binds_until > 0 AND binds_until <= ? LIMIT 1000`
const OWING = 'SELECT review FROM reviews WHERE owed > 0 LIMIT 1000'

const TALLY = `SELECT
  (SELECT count(*) FROM reviews WHERE status = 'pending') AS pending,
  (SELECT min(created_at) FROM reviews WHERE status = 'pending') AS oldest,
  (SELECT count(*) FROM reviews WHERE status = 'approved' AND binds_until > ?) AS grants,
  (SELECT count(*) FROM reviews WHERE under_way > 0) AS in_use`

/** Reviews in SQLite. A use of a grant must survive a power cut: these transactions wait for the disk. */
export function reviewStore(database: DatabaseSync): ReviewStore {
  const transaction = transactions(database)
  const durable = <T>(work: () => T): T => {
    database.exec('PRAGMA synchronous = FULL')
    try {
      return transaction(work)
    } finally {
      database.exec('PRAGMA synchronous = NORMAL')
    }
  }
  const put = database.prepare(PUT)
  const replace = database.prepare(REPLACE)
  const one = database.prepare('SELECT review, owed FROM reviews WHERE id = ?')
  const forget = database.prepare(
    "UPDATE reviews SET payload = x'' WHERE review ->> '$.session' = ? AND length(payload) > 0",
  )
  const payload = database.prepare('SELECT payload FROM reviews WHERE id = ?')
  const tally = database.prepare(TALLY)
  const recorded = database.prepare('UPDATE reviews SET owed = 0 WHERE id = ? AND owed <= ?')
  const [binding, bindingAny, unfinished, list, listBy, due, owing] = [
    database.prepare(BINDING),
    database.prepare(BINDING_ANY),
    database.prepare(UNFINISHED),
    database.prepare(LIST),
    database.prepare(LIST_BY),
    database.prepare(DUE),
    database.prepare(OWING),
  ]
  return {
    insert: async (review, sealed) => {
      const { id, version, status, principal, connection, createdAt } = review
      const [until, underWay] = bindingOf(review)
      const text = JSON.stringify(review)
      const who = [id, version, version, status, principal, connection] as const
      durable(() => put.run(...who, until, dueAt(review), underWay, createdAt, text, sealed))
    },
    get: async (id) => {
      const row = one.get(id)
      return row === undefined ? undefined : stored(row)
    },
    payload: async (id) => {
      const bytes = payload.get(id)?.['payload']
      return bytes instanceof Uint8Array ? bytes : undefined
    },
    forgetPayloads: async (sessions) => {
      // Freed pages are blanked as well, and the log of writes, which has older copies of pages, is emptied.
      database.exec('PRAGMA secure_delete = ON')
      try {
        for (const session of sessions) durable(() => forget.run(session))
      } finally {
        database.exec('PRAGMA secure_delete = OFF')
      }
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    replace: async (next, owed) => {
      const [until, underWay] = bindingOf(next)
      const text = JSON.stringify(next)
      const values = [
        next.version,
        owed ? next.version : 0,
        next.status,
        until,
        dueAt(next),
        underWay,
        text,
      ] as const
      return durable(() => replace.run(...values, next.id, next.version - 1).changes === 1)
    },
    recorded: async (id, version) => {
      recorded.run(id, version)
    },
    binding: async ({ principal, connection, session, reviewDigest }, now) =>
      binding
        .all(connection, now, principal, session, principal, reviewDigest, principal)
        .map(reviewOf),
    bindingAny: async (now) => bindingAny.all(now).map(reviewOf),
    list: async (status, most) =>
      (status === undefined ? list.all(most) : listBy.all(status, most)).map(reviewOf),
    tally: async (now) => {
      const row = tally.get(now)
      const oldest = row?.['oldest'] ?? null
      return {
        pending: Number(row?.['pending']),
        oldest: oldest === null ? null : Number(oldest),
        grants: Number(row?.['grants']),
        grantsInUse: Number(row?.['in_use']),
      }
    },
    due: async (now) => due.all(now, now).map(reviewOf),
    owing: async () => owing.all().map(reviewOf),
    unfinished: async () => unfinished.all().map(stored),
  }
}

/** Until when a review says something about new exchanges, and how many uses of its grant are under way. */
function bindingOf({ status, expiresAt, grant }: Review): readonly [number, number] {
  const underWay = grant?.uses.filter((use) => use.status === 'consuming').length ?? 0
  if (status === 'pending' || status === 'denied') return [expiresAt, underWay]
  return [grant?.status === 'active' ? grant.until : 0, underWay]
}

/** When time changes a pending one. */
function dueAt({ escalatesAt, expiresAt }: Review): number {
  return Math.min(escalatesAt ?? expiresAt, expiresAt)
}

type Row = Readonly<Record<string, unknown>>

function stored(row: Row): StoredReview {
  return { review: reviewOf(row), owed: Number(row['owed']) || undefined }
}

function reviewOf(row: Row): Review {
  return validate('review', JSON.parse(String(row['review'])))
}
