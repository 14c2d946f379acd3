/** Composition root of the workers: they inspect, try a bundle, run one in shadow, or search the audit log. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import {
  inTurn,
  judge,
  rehearse,
  type BundleTools,
  type JudgeAsk,
  type WorkerTask,
} from './activation/index.ts'
import { tidyHeap } from './compose/tidy-heap.ts'
import { warmUp, type Inspector, type MaskKeys } from './inspect/index.ts'
import { serveInspection } from './lanes/index.ts'
import { openInForce, openPolicy, readBundle, sealOf } from './policy/index.ts'
import { readArchive } from './policy/adapters/bundle-archive.ts'
import { verifyToken } from './policy/adapters/jose-signature.ts'
import { openOpaWasm } from './policy/adapters/opa-wasm.ts'
import { liveRoster, type RosterKey } from './roster/index.ts'
import { logSearch, serveSearches } from './record/index.ts'
import { openAuditIndex, openStore } from './store/index.ts'

/** What main.ts hands to a worker. */
export interface WorkerSettings {
  readonly task: WorkerTask
  readonly storeFile: string
  /** The active one first. */
  readonly maskKeys: MaskKeys
  readonly patientKey: MaskKeys[0]
  /** Where the roster is, if there is one. */
  readonly rosterFile: string
  readonly rosterKeys: readonly RosterKey[]
}

const tools: BundleTools = { readArchive, verifyToken }

/** What main.ts hands to the worker that searches the audit log. */
export interface SearchSettings {
  readonly task: { readonly kind: 'search' }
  /** Of the log. */
  readonly directory: string
  readonly indexFile: string
}

const DAY_MS = 24 * 60 * 60 * 1000
let day = { number: -1, name: '' }

if (parentPort !== null) {
  const settings = workerData as WorkerSettings | SearchSettings
  if ('directory' in settings) {
    const { directory, indexFile } = settings
    serveSearches(parentPort, logSearch(directory, openAuditIndex(indexFile)))
  } else void work(parentPort, settings)
}

async function work(port: MessagePort, settings: WorkerSettings): Promise<void> {
  const { task, maskKeys, patientKey } = settings
  const inspector = (): Omit<Inspector, 'policy' | 'memory'> => ({
    maskKeys,
    patientKey,
    roster: liveRoster(settings.rosterFile, settings.rosterKeys),
    nanoseconds: () => Number(process.hrtime.bigint()),
  })
  switch (task.kind) {
    case 'inspect': {
      const bundle = readBundle(task.policyDir)
      if (sealOf(task.policyDir) !== task.policySeal) {
        throw new Error('the policy bundle was replaced on disk')
      }
      const policy = inTurn(task.turn, () => {
        warmUp()
        const opened = openInForce(bundle, (inForce) => openPolicy(inForce, openOpaWasm), today)
        tidyHeap()
        return opened
      })
      const { maskMemory: memory } = openStore(settings.storeFile)
      serveInspection(port, { ...inspector(), policy, memory })
      return
    }
    case 'rehearse':
      await rehearse(task, { tools, engineFactory: openOpaWasm, inspector: inspector() }, (news) =>
        port.postMessage(news),
      )
      return
    case 'judge': {
      const answer = await judge(task.source, { tools, engineFactory: openOpaWasm }, (news) =>
        port.postMessage(news),
      )
      if (answer !== undefined) port.on('message', (ask: JudgeAsk) => answer(ask))
    }
  }
}

/** Asked several times an exchange, written once a day. */
function today(): string {
  const number = Math.floor(Date.now() / DAY_MS)
  if (number !== day.number)
    day = { number, name: new Date(number * DAY_MS).toISOString().slice(0, 10) }
  return day.name
}
