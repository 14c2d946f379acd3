import { randomBytes } from 'node:crypto'
import { GatewayError, type MaskMemory, type Principal } from '../domain/index.ts'
import { inspectRequest, type RequestVerdict } from '../inspect/index.ts'
import type { Policy } from '../policy/index.ts'
import { describeDecision, foundChanges, newTally, type Change } from '../policy/review/index.ts'
import type { CorpusText } from './policy-texts.ts'

/** What a corpus says about two policies. */
export interface CorpusReport {
  readonly texts: number
  /** `text PERSON user text: placeholder -> keep`, `text outcome: mask -> deny (x)`. Counts are of findings and of texts. */
  readonly changes: readonly Change[]
  /** What would be masked and what would be left, by entity type, under the old policy and the new one. */
  readonly masked: Readonly<Record<string, readonly [before: number, after: number]>>
  readonly kept: Readonly<Record<string, readonly [before: number, after: number]>>
}

const CALLER: Principal = {
  id: 'phigate|policy-diff',
  kind: 'service_account',
  scopes: ['claude:invoke'],
  groups: [],
  onBehalfOf: null,
  purpose: null,
}

/** Remembers nothing: every text is inspected anew. */
const FORGETFUL: MaskMemory = {
  lookup: (_scope, prefixes) => Promise.resolve(prefixes.map(() => undefined)),
  remember: (_scope, entries) => Promise.resolve(entries.map(({ entry }) => entry)),
  knows: () => Promise.resolve(false),
  addIssued: () => Promise.resolve(),
  issued: () => Promise.resolve(new Set()),
  close: () => {},
}

/** Inspects and masks every text under both policies, by the code that a gateway's worker runs. */
export async function inspectCorpus(
  texts: AsyncIterable<CorpusText>,
  before: Policy,
  after: Policy,
  connection: string,
): Promise<CorpusReport> {
  const key = { id: 'diff', secret: new Uint8Array(randomBytes(32)) }
  const tally = newTally()
  const sums = {
    masked: new Map<string, [number, number]>(),
    kept: new Map<string, [number, number]>(),
  }
  let count = 0
  for await (const { place, body } of texts) {
    count += 1
    const inspect = (policy: Policy) => inspectOne(policy, key, connection, body)
    const [old, now] = [await inspect(before), await inspect(after)]
    const [was, is] = [describe(old), describe(now)]
    if (was !== is) tally.add(`text outcome: ${was} -> ${is}`, place)
    if ('code' in old || 'code' in now) continue
    for (const { change, count: times } of foundChanges(old.facts, now.facts)) {
      tally.add(`text ${change}`, place, times)
    }
    sum(sums.masked, old.masked, now.masked)
    sum(sums.kept, old.kept, now.kept)
  }
  return {
    texts: count,
    changes: tally.changes(),
    masked: Object.fromEntries([...sums.masked].toSorted(byType)),
    kept: Object.fromEntries([...sums.kept].toSorted(byType)),
  }
}

function byType([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

/** A text that cannot be inspected; a gateway would refuse it. */
interface Failed {
  readonly code: string
}

async function inspectOne(
  policy: Policy,
  key: { readonly id: string; readonly secret: Uint8Array },
  connection: string,
  body: unknown,
): Promise<RequestVerdict | Failed> {
  const job = {
    operation: 'messages.create',
    body: new TextEncoder().encode(JSON.stringify(body)),
    headers: {},
    query: [],
    principal: CALLER,
    connection: { name: connection, labels: { baa: true } },
    session: undefined,
    acceptMasked: false,
    now: new Date().toISOString(),
    usage: { requestsLastMinute: 0, tokensToday: 0 },
  } as const
  try {
    return await inspectRequest(job, {
      policy,
      memory: FORGETFUL,
      maskKeys: [key],
      patientKey: key,
      nanoseconds: () => 0,
    })
  } catch (error) {
    return { code: error instanceof GatewayError ? error.code : 'inspection-failed' }
  }
}

function describe(verdict: RequestVerdict | Failed): string {
  return 'code' in verdict ? `error (${verdict.code})` : describeDecision(verdict.decision)
}

function sum(
  sums: Map<string, [number, number]>,
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): void {
  for (const type of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = sums.get(type) ?? [0, 0]
    sums.set(type, [old + (before[type] ?? 0), now + (after[type] ?? 0)])
  }
}
