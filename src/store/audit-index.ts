import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { RecordPlace, SearchIndex } from '../domain/index.ts'
import { openDerived } from './derived-file.ts'
import { transactions } from './transaction.ts'

/** The index in a file. */
export interface AuditIndexTable extends SearchIndex {
  close(): void
}

const TABLES = `
  CREATE TABLE terms (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, records INTEGER NOT NULL, UNIQUE (kind, value)
  ) STRICT;
  CREATE TABLE postings (term INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (term, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE records (
    seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, "offset" INTEGER NOT NULL, length INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX records_time ON records (time);
  CREATE TABLE position (
    id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, "offset" INTEGER NOT NULL, length INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;`

/**
 * Opens the index of the audit log in a file of its own; one that cannot be read is begun anew. What a crash takes from it
 * is read from the log again.
 * @param file `:memory:` for one that is not kept
 */
export function openAuditIndex(file: string): AuditIndexTable {
  return tableOf(openDerived(file, { tables: TABLES, format: 1, synchronous: 'OFF' }))
}

const FIND_TERM = 'SELECT id, records FROM terms WHERE kind = ? AND value = ?'

function tableOf(database: DatabaseSync): AuditIndexTable {
  const transaction = transactions(database)
  const statements = new Map<string, StatementSync>()
  const run = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, known)
    return known
  }
  const addTerm = (seq: number, kind: string, value: string): void => {
    const found = run(
      `INSERT INTO terms (kind, value, records) VALUES (?, ?, 1)
       ON CONFLICT (kind, value) DO UPDATE SET records = records + 1 RETURNING id`,
    ).get(kind, value)
    run('INSERT OR IGNORE INTO postings (term, seq) VALUES (?, ?)').run(Number(found?.['id']), seq)
  }
  return {
    position() {
      const row = run('SELECT seq, "offset" AS "offset", length, hash FROM position').get()
      return row === undefined ? undefined : { ...placeOf(row), hash: String(row['hash']) }
    },
    add(records, { seq, offset, length, hash }) {
      transaction(() => {
        for (const record of records) {
          run('INSERT INTO records (seq, time, "offset", length) VALUES (?, ?, ?, ?)').run(
            record.seq,
            record.time,
            record.offset,
            record.length,
          )
          for (const [kind, value] of record.terms) addTerm(record.seq, kind, value)
        }
        run('INSERT OR REPLACE INTO position VALUES (1, ?, ?, ?, ?)').run(seq, offset, length, hash)
      })
    },
    removeBefore(seq) {
      transaction(() => {
        if (run('DELETE FROM records WHERE seq < ?').run(seq).changes === 0) return
        run('DELETE FROM postings WHERE seq < ?').run(seq)
      })
    },
    clear() {
      transaction(() => {
        for (const table of ['terms', 'postings', 'records', 'position']) {
          database.exec(`DELETE FROM ${table}`)
        }
      })
    },
    find({ terms, from, to, before, most }) {
      const known = terms.map(([kind, value]) => run(FIND_TERM).get(kind, value))
      if (known.includes(undefined)) return []
      // The rarest term leads, so that a common one is only asked about records that are left.
      const ids = known
        .toSorted((a, b) => Number(a?.['records']) - Number(b?.['records']))
        .map((row) => Number(row?.['id']))
      const bounds = [before ?? Number.MAX_SAFE_INTEGER, from ?? 0, to ?? Number.MAX_SAFE_INTEGER]
      return run(queryFor(ids.length))
        .all(...ids, ...bounds, most)
        .map(placeOf)
    },
    close() {
      if (database.isOpen) database.close()
    },
  }
}

function queryFor(terms: number): string {
  const joins = Array.from({ length: terms }, (_, index) => `p${index}`)
  const from = [...joins.map((name) => `postings ${name}`), 'records r'].join(' CROSS JOIN ')
  const where = joins.map((name, index) => {
    const same = index === 0 ? '' : ` AND ${name}.seq = p0.seq`
    return `${name}.term = ?${same} AND `
  })
  const [key, joined] = terms === 0 ? ['r.seq', ''] : ['p0.seq', 'r.seq = p0.seq AND ']
  return `SELECT r.seq AS seq, r."offset" AS "offset", r.length AS length FROM ${from}
    WHERE ${where.join('')}${joined}${key} < ? AND r.time >= ? AND r.time < ? ORDER BY ${key} DESC LIMIT ?`
}

function placeOf(row: Readonly<Record<string, unknown>>): RecordPlace {
  const { seq, offset, length } = row
  return { seq: Number(seq), offset: Number(offset), length: Number(length) }
}
