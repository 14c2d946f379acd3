import type { DatabaseSync } from 'node:sqlite'
import { GatewayError, type ForgettingMaskMemory } from '../domain/index.ts'
import { transactions } from './transaction.ts'

const FIND = `SELECT memory.entry AS entry FROM json_each(?) AS asked
  LEFT JOIN mask_memory AS memory ON memory.scope = ? AND memory.prefix = asked.value ORDER BY asked.key`
const FIND_ONE = 'SELECT entry FROM mask_memory WHERE scope = ? AND prefix = ?'
const KEEP = 'INSERT OR IGNORE INTO mask_memory (scope, prefix, entry) VALUES (?, ?, ?)'
const KNOWS = `SELECT 1 FROM mask_memory WHERE scope = ?1
  UNION ALL SELECT 1 FROM issued WHERE scope = ?1 LIMIT 1`
const FORGET = 'DELETE FROM mask_memory WHERE scope = ?'
const ADD_ISSUED =
  'INSERT OR IGNORE INTO issued (scope, digest) SELECT ?, value FROM json_each(?) WHERE true'
const FIND_ISSUED =
  'SELECT digest FROM issued WHERE scope = ? AND digest IN (SELECT value FROM json_each(?))'

/** So many messages are asked for one by one. */
const FEW = 4

/**
 * Mask memory in SQLite: the first entry that any connection stored is the one that all of them get. Where the database
 * fails (a full disk), its calls reject with `store-unavailable`: that is no fault of the request.
 */
export function maskMemory(database: DatabaseSync, close: () => void): ForgettingMaskMemory {
  const transaction = transactions(database)
  const find = database.prepare(FIND)
  const findOne = database.prepare(FIND_ONE)
  const keep = database.prepare(KEEP)
  const knows = database.prepare(KNOWS)
  const forget = database.prepare(FORGET)
  const addIssued = database.prepare(ADD_ISSUED)
  const findIssued = database.prepare(FIND_ISSUED)

  const one = (scope: string, prefix: string): string | undefined => {
    const entry = findOne.get(scope, prefix)?.['entry']
    return typeof entry === 'string' ? entry : undefined
  }
  const entries = (scope: string, prefixes: readonly string[]): (string | undefined)[] => {
    // A list is put together by the database; for a short message that takes longer than asking.
    if (prefixes.length <= FEW) return prefixes.map((prefix) => one(scope, prefix))
    return find.all(JSON.stringify(prefixes), scope).map(({ entry }) => {
      return typeof entry === 'string' ? entry : undefined
    })
  }
  const keptBefore = (entry: string | undefined): string => {
    if (entry === undefined) throw new Error('an entry of the mask memory was not kept')
    return entry
  }

  return {
    lookup: async (scope, prefixes) => told(() => entries(scope, prefixes)),
    remember: async (scope, given) =>
      told(() => {
        const [first] = given
        if (first !== undefined && given.length === 1) {
          // One statement is a transaction of its own, and what was kept is never changed.
          const { prefix, entry } = first
          const isNew = keep.run(scope, prefix, entry).changes === 1
          return [isNew ? entry : keptBefore(one(scope, prefix))]
        }
        return transaction(() => {
          const kept = given.map(
            ({ prefix, entry }) => keep.run(scope, prefix, entry).changes === 1,
          )
          if (!kept.includes(false)) return given.map(({ entry }) => entry)
          const prefixes = given.map(({ prefix }) => prefix)
          return entries(scope, prefixes).map(keptBefore)
        })
      }),
    knows: async (scope) => told(() => knows.get(scope) !== undefined),
    forget: async (scope) => told(() => forget.run(scope).changes > 0),
    addIssued: async (scope, digests) => {
      told(() => transaction(() => addIssued.run(scope, JSON.stringify(digests))))
    },
    issued: async (scope, digests) => {
      if (digests.length === 0) return new Set()
      const rows = told(() => findIssued.all(scope, JSON.stringify(digests)))
      return new Set(rows.map(({ digest }) => String(digest)))
    },
    close,
  }
}

/** Tells errors of the database from those of the stage that asked. */
function told<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const isDatabase =
      error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
    if (!isDatabase) throw error
    throw new GatewayError('store-unavailable', 'the mask memory cannot be read or written', {
      cause: error,
    })
  }
}
