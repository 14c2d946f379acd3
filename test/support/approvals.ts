import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApprovals, type Approvals, type Asked } from '../../src/approve/index.ts'
import type { ReviewStore, UnchainedRecord } from '../../src/domain/index.ts'
import type { Review } from '../../src/schema/index.ts'
import { openStore, type Store } from '../../src/store/index.ts'

export const HOUR = 3_600_000
export const OFFICER = { id: 'iss|officer', groups: ['privacy-officers'] }
export const OTHER_OFFICER = { id: 'iss|other', groups: ['privacy-officers'] }

/** Approvals over a real store, with a clock that a test sets. */
export interface TestApprovals {
  approvals: Approvals
  readonly store: Store
  readonly records: UnchainedRecord[]
  now: number
  /** The audit log refuses until it is set back. */
  logFails: boolean
  /** The id of the one key that payloads are sealed with. */
  key: string
  /** Who is locked out. */
  readonly blocked: Set<string>
  /** What the desk said of itself. */
  readonly said: string[]
  /** What listens to changes; nobody at first. */
  onChange: (review: Review) => Promise<void>
  /** As after a kill: opened again over what the store holds. */
  restart(): Promise<void>
  close(): void
}

/**
 * @param sweepMs how often it looks for what is due or owed
 * @param between comes before everything that is stored or recorded, and may hold it up, or for ever
 */
export async function testApprovals(
  owners: readonly string[] = [],
  sweepMs = 1000,
  between: (what: string) => Promise<void> = async () => {},
): Promise<TestApprovals> {
  const file = join(mkdtempSync(join(tmpdir(), 'phigate-approvals-')), 'store.db')
  const store = openStore(file)
  const records: UnchainedRecord[] = []
  const open = (): Promise<Approvals> =>
    openApprovals({
      store: slow(store.reviews, between),
      record: async (record) => {
        await between('record')
        if (test.logFails) throw new Error('disk full')
        records.push(record)
      },
      clock: { now: () => test.now },
      labels: {},
      keys: () => [{ id: test.key, secret: new Uint8Array(32).fill(3) }],
      newId: () => `rev_${randomBytes(13).toString('hex').toUpperCase()}`,
      randomBytes,
      lifeMs: () => HOUR,
      ownersOf: () => owners,
      isBlocked: (principal) => test.blocked.has(principal),
      onChange: (review) => test.onChange(review),
      log: (event) => test.said.push(event),
      sweepMs,
    })
  const test: TestApprovals = {
    // Replaced below: what opens it needs the object.
    approvals: undefined as unknown as Approvals,
    store,
    records,
    now: Date.parse('2026-11-22T12:00:00Z'),
    logFails: false,
    blocked: new Set(),
    key: 'recording-1',
    said: [],
    onChange: async () => {},
    async restart() {
      test.approvals.close()
      test.approvals = await open()
    },
    close() {
      test.approvals.close()
      store.close()
    },
  }
  test.approvals = await open()
  return test
}

/** The store, with something before and after each of its calls. */
function slow(reviews: ReviewStore, between: (what: string) => Promise<void>): ReviewStore {
  return new Proxy(reviews, {
    get: (target, name: keyof ReviewStore) => {
      const call = target[name] as (...args: readonly unknown[]) => Promise<unknown>
      return async (...args: readonly unknown[]): Promise<unknown> => {
        await between(`${name}, before`)
        const done = await call(...args)
        await between(`${name}, after`)
        return done
      }
    },
  })
}

export const PAYLOAD = Buffer.from('{"messages":[{"role":"user","content":"[PERSON_1]"}]}')

let exchanges = 0

/** What an exchange asks; every call is a new exchange. */
export function asked(changes: Partial<Asked> = {}): Asked {
  exchanges += 1
  return {
    principal: 'iss|svc',
    onBehalfOf: null,
    purpose: null,
    connection: 'claude',
    session: 'ses_1',
    operation: 'messages.create',
    model: 'claude-test',
    reviewDigest: `sha256:${'a'.repeat(64)}`,
    anchor: 'b'.repeat(64),
    frame: 'c'.repeat(64),
    reasons: [{ code: 'full-chart-summary', message: 'A full chart summary.', rule: 'privacy' }],
    signals: [{ name: 'full-chart-summary', message: 'hmac:1' }],
    totals: { PERSON: 1 },
    patients: ['1'.repeat(32)],
    policyRevision: 'abc',
    decisionId: `dec_${exchanges}`,
    requestReason: null,
    needs: [need()],
    ...changes,
  }
}

export function need(changes: Partial<Asked['needs'][number]> = {}): Asked['needs'][number] {
  return { groups: ['privacy-officers'], min: 1, scope: 'exchange', ttlSeconds: 3600, ...changes }
}
