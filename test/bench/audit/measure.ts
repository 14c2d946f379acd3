import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UnchainedRecord } from '../../../src/domain/index.ts'
import { openAuditLog, type OwnAuditLog } from '../../../src/record/adapters/winston-log.ts'
import { checkpointSigner, logSearch, parseQuery, verifyFolder } from '../../../src/record/index.ts'
import { openAuditIndex } from '../../../src/store/index.ts'
import { CHECKPOINT_KEY, PUBLIC_KEYS } from '../../support/checkpoint-key.ts'
import { notes, type Notes } from '../cells.ts'
import { factsWithFindings } from '../policy/policies.ts'

export interface AuditExtent {
  readonly rounds: number
  /** Records written at once, and one after the other, in a round. */
  readonly many: number
  readonly alone: number
}

/** How many exchanges wait for their record at the same time. */
export const IN_FLIGHT = [16, 64, 256] as const

const MOST = Math.max(...IN_FLIGHT)

/** A completion without facts, and the decision of a request with twenty findings. */
export const KINDS = ['short', 'usual'] as const

export type Kind = (typeof KINDS)[number]

/** The audit log as the gateway has it: Winston, group commit, O_DSYNC, checkpoints, files that are closed. */
export async function measureAudit(extent: AuditExtent): Promise<Notes> {
  const found = notes()
  for (const kind of KINDS) {
    // The round before the first warms up; its numbers are not kept.
    for (let round = -1; round < extent.rounds; round += 1) {
      await measureOnce(kind, extent, round < 0 ? notes() : found)
    }
  }
  return found
}

async function measureOnce(kind: Kind, extent: AuditExtent, to: Notes): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'phigate-bench-audit-'))
  const directory = join(data, 'audit')
  try {
    const log = await openAuditLog({
      directory,
      clock: { now: () => Date.now() },
      labels: {},
      sign: checkpointSigner(CHECKPOINT_KEY),
    })
    for (const inFlight of IN_FLIGHT) {
      const { seconds, cpu } = await timed(() => write(log, kind, extent.many, inFlight))
      to.note(`${kind} ${inFlight} per second`, extent.many / seconds)
      if (inFlight === MOST) to.note(`${kind} together cpu`, (cpu / extent.many) * 1e6)
    }
    const alone = await timed(() => write(log, kind, extent.alone, 1))
    to.note(`${kind} alone cpu`, (alone.cpu / extent.alone) * 1e6)
    to.note(`${kind} alone us`, (alone.seconds / extent.alone) * 1e6)
    await log.close()
    await read(kind, directory, to)
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function read(kind: Kind, directory: string, to: Notes): Promise<void> {
  const files = readdirSync(directory).filter((name) => name.endsWith('.ndjson'))
  const size = files.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0)
  const verified = await timed(() => verifyFolder(directory, { keys: PUBLIC_KEYS }))
  if (!verified.result.ok) throw new Error('the log of the bench does not check')
  const { records } = verified.result
  to.note(`${kind} bytes`, size / records)
  to.note(`${kind} verify`, size / 1e6 / verified.cpu)
  const index = openAuditIndex(join(directory, '..', 'index.db'))
  const search = logSearch(directory, index)
  const query = parseQuery({ principal: principalOf(7), limit: '50' })
  const indexing = await timed(() => search.find(query))
  to.note(`${kind} index`, records / indexing.seconds)
  const asked = await timed(() => search.find(query))
  to.note(`${kind} search ms`, asked.seconds * 1000)
  index.close()
}

async function write(log: OwnAuditLog, kind: Kind, count: number, inFlight: number): Promise<void> {
  let number = 0
  const caller = async (): Promise<void> => {
    while (number < count) {
      number += 1
      await log.append(recordOf(kind, number))
    }
  }
  await Promise.all(Array.from({ length: inFlight }, caller))
}

const FACTS = factsWithFindings()

function principalOf(number: number): string {
  return `https://issuer.example/realms/clinic|svc-${number % 40}`
}

function recordOf(kind: Kind, number: number): UnchainedRecord {
  const shared = {
    decision_id: `dec_${String(number).padStart(26, '0')}`,
    labels: { id: 'phi_0000000000', app: 'phigate', version: '0.1.0' },
    requested_by: principalOf(number),
    req_id: number,
  }
  const about = { connection: 'claude', session: `s${number % 100}`, bodySha256: 'a'.repeat(64) }
  if (kind === 'short') {
    return { ...shared, custom: { kind: 'completion', end: 'complete', status: 200, ...about } }
  }
  return {
    ...shared,
    bundles: { phigate: { revision: 'd922ce678d12' } },
    path: 'gateway/decision',
    input: FACTS,
    result: { outcome: 'mask', reasons: [], approval: [] },
    metrics: { timer_rego_query_eval_ns: 60_000 },
    custom: {
      kind: 'decision',
      direction: 'request',
      profile: 'default',
      detector: '2',
      patients: ['b'.repeat(32)],
      masked: { PERSON: 4, US_SSN: 1, DATE: 9 },
      kept: {},
      reviewDigest: `sha256:${'c'.repeat(64)}`,
      recording: 'd'.repeat(64),
      ...about,
    },
  }
}

async function timed<R>(
  work: () => Promise<R>,
): Promise<{ readonly seconds: number; readonly cpu: number; readonly result: R }> {
  const [cpuBefore, before] = [process.cpuUsage(), performance.now()]
  const result = await work()
  const { user, system } = process.cpuUsage(cpuBefore)
  return { seconds: (performance.now() - before) / 1000, cpu: (user + system) / 1e6, result }
}
