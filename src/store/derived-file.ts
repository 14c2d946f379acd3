import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Tables that say nothing but what other files say, too. */
export interface Derived {
  readonly tables: string
  /** Another number makes the tables anew. */
  readonly format: number
  /** OFF where nothing is believed that a crash may have left; NORMAL where a row that is lost would be missed. */
  readonly synchronous: 'OFF' | 'NORMAL'
}

/**
 * Opens a database of derived tables; one that cannot be read is begun anew, empty.
 * @param file `:memory:` for one that is not kept
 */
export function openDerived(file: string, derived: Derived): DatabaseSync {
  if (file === ':memory:') return opened(file, derived)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    return opened(file, derived)
  } catch {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
    return opened(file, derived)
  }
}

function opened(file: string, { tables, format, synchronous }: Derived): DatabaseSync {
  // SQLite gives its -wal and -shm files the mode of the database.
  if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file, { timeout: 5_000 })
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}`)
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
    if (version !== format && version !== 0) throw new Error('an index of another format')
    if (version === 0) database.exec(`${tables}; PRAGMA user_version = ${format}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
