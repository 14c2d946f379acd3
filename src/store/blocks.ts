import type { DatabaseSync } from 'node:sqlite'
import type { BlockStore } from '../domain/index.ts'

/** Blocks of principals in SQLite. */
export function blockStore(database: DatabaseSync): BlockStore {
  const list = database.prepare('SELECT id, reason, "by", "at" FROM blocks ORDER BY "at"')
  const put = database.prepare(
    'INSERT OR REPLACE INTO blocks (id, reason, "by", "at") VALUES (?, ?, ?, ?)',
  )
  const remove = database.prepare('DELETE FROM blocks WHERE id = ?')
  return {
    list: async () =>
      list.all().map(({ id, reason, by, at }) => {
        return { id: String(id), reason: String(reason), by: String(by), at: Number(at) }
      }),
    put: async ({ id, reason, by, at }) => {
      put.run(id, reason, by, at)
    },
    remove: async (id) => {
      remove.run(id)
    },
  }
}
