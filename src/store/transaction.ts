import type { DatabaseSync } from 'node:sqlite'

/** Runs work in one write transaction, which is taken at its beginning: nobody writes between its reads and writes. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // Some errors (a full disk) have rolled back already, and a second ROLLBACK would hide the cause.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
