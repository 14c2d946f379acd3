import type { DatabaseSync } from 'node:sqlite'
import type { DayCount, DayCounters } from '../domain/index.ts'
import { transactions } from './transaction.ts'

const TOKENS = 'SELECT principal, connection, tokens FROM day_tokens WHERE day = ?'
const PATIENTS = 'SELECT principal, connection, patient FROM day_patients WHERE day = ?'
const ADD_TOKENS = `INSERT INTO day_tokens (day, principal, connection, tokens) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET tokens = tokens + excluded.tokens`
const ADD_PATIENT =
  'INSERT OR IGNORE INTO day_patients (day, principal, connection, patient) VALUES (?, ?, ?, ?)'

/** Counts of days in SQLite. */
export function dayCounters(database: DatabaseSync): DayCounters {
  const transaction = transactions(database)
  const tokensOf = database.prepare(TOKENS)
  const patientsOf = database.prepare(PATIENTS)
  const addTokens = database.prepare(ADD_TOKENS)
  const addPatient = database.prepare(ADD_PATIENT)
  const forget = ['day_tokens', 'day_patients'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE day < ?`),
  )
  return {
    load: async (day) => [
      ...tokensOf.all(day).map((row) => countOf(row, Number(row['tokens']), [])),
      ...patientsOf.all(day).map((row) => countOf(row, 0, [String(row['patient'])])),
    ],
    add: async (day, counts) => {
      transaction(() => {
        for (const { principal, connection, tokens, patients } of counts) {
          addTokens.run(day, principal, connection, tokens)
          for (const patient of patients) addPatient.run(day, principal, connection, patient)
        }
      })
    },
    forgetBefore: async (day) => {
      for (const statement of forget) statement.run(day)
    },
  }
}

function countOf(
  row: Readonly<Record<string, unknown>>,
  tokens: number,
  patients: readonly string[],
): DayCount {
  const { principal, connection } = row
  return { principal: String(principal), connection: String(connection), tokens, patients }
}
