import type { DatabaseSync } from 'node:sqlite'

/** Runs work in one write transaction. */
export type Transaction = <T>(work: () => T) => T

/**
 * Write transactions of a database. Each is taken at its beginning: nobody writes between its reads and its writes.
 */
export function transactions(database: DatabaseSync): Transaction {
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  return (work) => {
    begin.run()
    try {
      const result = work()
      commit.run()
      return result
    } catch (error) {
      // Some errors (a full disk) have rolled back already, and a second ROLLBACK would hide the cause.
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
}
