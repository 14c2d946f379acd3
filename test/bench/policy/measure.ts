import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { buildBundle } from '../../../src/policy/build/index.ts'
import { notes, type Notes } from '../cells.ts'
import { quantile } from '../statistics.ts'
import { factsWithFindings, writePolicies } from './policies.ts'
import { startOpaServer, type OpaServer } from './server.ts'
import type { WorkerTask, WorkerTimes } from './worker.ts'

/** How much policy data there is. */
export const SIZES = { 'little data': 1000, '5 MB of data': 5_000_000 } as const

export type Size = keyof typeof SIZES

export interface PolicyExtent {
  readonly rounds: number
  /** Decisions in one round. */
  readonly decisions: number
  /** Calls of the OPA server in one round. */
  readonly calls: number
}

interface Peers {
  readonly size: Size
  readonly worker: Worker
  readonly server: OpaServer
}

/**
 * The same policies and facts in phigate's worker and in an OPA server, with little and with much policy data. They
 * take turns in every round. Times in microseconds.
 */
export async function measurePolicy(extent: PolicyExtent, opa: string): Promise<Notes> {
  const directory = mkdtempSync(join(tmpdir(), 'phigate-bench-policy-'))
  const found = notes()
  const peers: Peers[] = []
  try {
    for (const size of Object.keys(SIZES) as Size[]) {
      peers.push(await start(size, join(directory, String(SIZES[size])), opa))
    }
    // The round before the first warms both up; its numbers are not kept.
    for (let round = -1; round < extent.rounds; round += 1) {
      for (const peer of peers) await measureOnce(peer, extent, round < 0 ? notes() : found)
    }
  } finally {
    for (const { worker, server } of peers) await Promise.all([worker.terminate(), server.stop()])
    rmSync(directory, { recursive: true, force: true })
  }
  return found
}

async function start(size: Size, dir: string, opa: string): Promise<Peers> {
  writePolicies(dir, SIZES[size])
  const bundle = `${dir}-bundle`
  await buildBundle({ dir, opa, out: bundle })
  const workerData: WorkerTask = { bundle, facts: factsWithFindings() }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData })
  await once(worker, 'online')
  return { size, worker, server: await startOpaServer(opa, dir) }
}

async function measureOnce(
  { size, worker, server }: Peers,
  { decisions, calls }: PolicyExtent,
  to: Notes,
): Promise<void> {
  const facts = factsWithFindings()
  worker.postMessage(decisions, [])
  const [times] = (await once(worker, 'message')) as [WorkerTimes]
  // A bench of refusals by mistake would look fast.
  const rest = await server.outcome(facts)
  if (times.outcome !== 'mask' || rest !== 'mask') {
    throw new Error(`expected mask of both, got ${times.outcome} and ${rest}`)
  }
  note(to, `decision ${size}`, times.decision)
  note(to, `evaluation ${size}`, times.evaluation)
  note(to, `rest ${size}`, await server.times(calls, facts))
  to.note(`memory ${size}`, times.memoryBytes / 2 ** 20)
  to.note(`open ${size}`, times.openMs)
}

function note(to: Notes, name: string, values: readonly number[]): void {
  to.note(`${name} p50`, quantile(values, 0.5))
  to.note(`${name} p99`, quantile(values, 0.99))
}
