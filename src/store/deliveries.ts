import type { DatabaseSync } from 'node:sqlite'
import type { Delivery, DeliveryStore } from '../domain/index.ts'
import { transactions } from './transaction.ts'

const ADD = `INSERT OR IGNORE INTO deliveries (id, endpoint, body, state, attempts, due_at, created_at)
  VALUES (?, ?, ?, 'waiting', 0, ?, ?)`
const FORGET = "DELETE FROM deliveries WHERE state = 'delivered' AND created_at < ?"
const KEEP_ONLY = `UPDATE deliveries SET state = 'failed', problem = 'not in the configuration'
  WHERE state = 'waiting' AND endpoint NOT IN (SELECT value FROM json_each(?))`
const DUE = `SELECT * FROM deliveries WHERE state = 'waiting' AND endpoint = ? AND due_at <= ?
  ORDER BY due_at LIMIT ?`
const UNDELIVERED =
  "SELECT * FROM deliveries WHERE state <> 'delivered' ORDER BY created_at DESC LIMIT 1000"
const AGAIN = `UPDATE deliveries SET state = 'waiting', attempts = 0, due_at = ?
  WHERE state = 'failed' AND endpoint IN (SELECT value FROM json_each(?)) AND id = coalesce(?, id)`
const SET = `UPDATE deliveries SET state = ?, attempts = attempts + 1, due_at = ?, problem = ?
  WHERE id = ? AND endpoint = ?`

/** Longer than anything that could be told again: what was delivered is kept, so that it is not sent twice. */
const KEPT_MS = 30 * 86_400_000

/** The queue of webhooks in SQLite. */
export function deliveryStore(database: DatabaseSync): DeliveryStore {
  const transaction = transactions(database)
  const [add, forget] = [database.prepare(ADD), database.prepare(FORGET)]
  const [due, undelivered] = [database.prepare(DUE), database.prepare(UNDELIVERED)]
  const [set, keepOnly] = [database.prepare(SET), database.prepare(KEEP_ONLY)]
  const again = database.prepare(AGAIN)
  const to =
    (state: string) =>
    ({ id, endpoint }: Delivery, dueAt: number, problem: string | null): void => {
      set.run(state, dueAt, problem, id, endpoint)
    }
  return {
    add: async (deliveries) => {
      if (deliveries.length === 0) return
      transaction(() => {
        for (const { id, endpoint, body, at } of deliveries) {
          add.run(id, endpoint, body, at, at)
          forget.run(at - KEPT_MS)
        }
      })
    },
    keepOnly: async (endpoints) => {
      keepOnly.run(JSON.stringify(endpoints))
    },
    due: async (endpoint, now, most) => due.all(endpoint, now, most).map(deliveryOf),
    delivered: async (delivery) => to('delivered')(delivery, 0, null),
    later: async (delivery, dueAt, problem) => to('waiting')(delivery, dueAt, problem),
    failed: async (delivery, problem) => to('failed')(delivery, 0, problem),
    again: async (endpoints, now, id) =>
      Number(again.run(now, JSON.stringify(endpoints), id ?? null).changes),
    undelivered: async () => undelivered.all().map(deliveryOf),
  }
}

function deliveryOf(row: Readonly<Record<string, unknown>>): Delivery {
  return {
    id: String(row['id']),
    endpoint: String(row['endpoint']),
    body: String(row['body']),
    state: row['state'] === 'failed' ? 'failed' : 'waiting',
    attempts: Number(row['attempts']),
    dueAt: Number(row['due_at']),
    createdAt: Number(row['created_at']),
    problem: typeof row['problem'] === 'string' ? row['problem'] : null,
  }
}
