import type { Inspector } from '../inspect/index.ts'
import { openPolicy, PolicyError, type EngineFactory } from '../policy/index.ts'
import { archive, discard, refuseOldSerial, type ArchivedBundle } from './archive.ts'
import { runCanaries } from './canaries.ts'
import { readSource, type BundleTools, type PolicySource } from './source.ts'

/** What a rehearsal says, in this order; `refused` at any time, and nothing after it. */
export type RehearsalNews =
  | { readonly step: 'loaded'; readonly bundle: ArchivedBundle }
  | { readonly step: 'passed'; readonly canaries: number }
  | { readonly step: 'refused'; readonly message: string; readonly errors: readonly string[] }

export interface RehearsalTask {
  readonly source: PolicySource
  /** Folder of the archive. */
  readonly archiveDir: string
  /** RFC 3339, UTC. */
  readonly now: string
}

export interface RehearsalParts {
  readonly tools: BundleTools
  readonly engineFactory: EngineFactory
  /** The inspection as the lanes have it, but for its policy. */
  readonly inspector: Omit<Inspector, 'policy' | 'memory'>
}

/**
 * Tries a bundle in a worker, away from every exchange: reads and verifies it, compiles what is in it, archives it, and
 * sends its canaries through the inspection. It never throws.
 */
export async function rehearse(
  { source, archiveDir, now }: RehearsalTask,
  { tools, engineFactory, inspector }: RehearsalParts,
  tell: (news: RehearsalNews) => void,
): Promise<void> {
  let archived: ArchivedBundle | undefined
  try {
    const candidate = await readSource(source, tools)
    refuseOldSerial(archiveDir, candidate.bundle)
    const policy = openPolicy(candidate.bundle, engineFactory)
    archived = archive(archiveDir, candidate)
    tell({ step: 'loaded', bundle: archived })
    const { count, failures } = await runCanaries(
      candidate.bundle.data,
      { ...inspector, policy },
      now,
    )
    if (failures.length === 0) {
      tell({ step: 'passed', canaries: count })
      return
    }
    discard(archived)
    const names = new Set(failures.map(({ name }) => name))
    const message = `policy bundle: canaries fail: ${[...names].join(', ')}`
    tell({ step: 'refused', message, errors: failures.map((f) => `canary ${f.name}: ${f.what}`) })
  } catch (error) {
    if (archived !== undefined) discard(archived)
    const message = messageOf(error)
    tell({ step: 'refused', message, errors: [message] })
  }
}

/** Only our own words leave the worker. */
export function messageOf(error: unknown): string {
  if (error instanceof PolicyError) return error.message
  return `the policy bundle cannot be used (${error instanceof Error ? error.name : 'unknown'})`
}
