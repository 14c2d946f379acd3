import { toError, type Clock } from '../domain/index.ts'
import type { Lanes } from '../lanes/index.ts'
import { discard, type ArchivedBundle } from './archive.ts'
import { RefusedBundle, type Rehearsal } from './rehearsal.ts'
import type { Serving } from './serving.ts'
import type { BundleStatus } from './status.ts'

export interface PolicyHostOptions {
  readonly serving: Serving
  /** Changes when the source does. */
  readonly stamp: () => string
  readonly rehearse: () => Rehearsal
  /**
   * Workers that run the bundle, ready for work; rejects when they do not come up.
   * @param quietly while others serve
   */
  readonly openLanes: (bundle: ArchivedBundle, quietly: boolean) => Promise<Lanes>
  /** Remembers durably that the bundle is activated, and makes its record. The bundle is not active before that. */
  readonly commit: (bundle: ArchivedBundle, canaries: number) => Promise<void>
  /** Makes a record of a refusal. */
  readonly refused: (message: string) => Promise<unknown>
  readonly clock: Clock
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}

/** Activations since the start, by how they ended. */
export interface ActivationCounts {
  readonly succeeded: number
  readonly failed: number
}

/** Holds the one active policy, and replaces it as a whole. */
export interface PolicyHost {
  /**
   * Takes over what stands at the source, if it differs from what is active and is sound: all of it or nothing. It never
   * rejects. Activations run one after the other; one that waits stands for all that are asked for meanwhile.
   */
  activate(): Promise<void>
  /**
   * Replaces the workers of the active bundle, between two activations.
   * @param commit called when they are ready; where it rejects, they are stopped and nothing has changed
   */
  renew(
    openLanes: (bundle: ArchivedBundle) => Promise<Lanes>,
    commit: () => Promise<void>,
  ): Promise<void>
  status(): BundleStatus
  active(): ArchivedBundle | undefined
  counts(): ActivationCounts
  /** Takes no other bundle; one that is being tried is given up. */
  stop(): Promise<void>
}

interface Active {
  readonly bundle: ArchivedBundle
  readonly canaries: number
  readonly at: number
  stamp: string
}

export function createPolicyHost(options: PolicyHostOptions): PolicyHost {
  const { clock, log } = options
  let active: Active | undefined
  let failure: RefusedBundle | undefined
  let lastRequest: number | undefined
  let lastGoodRequest: number | undefined
  let last = Promise.resolve()
  let waiting: Promise<void> | undefined
  let stopped = false
  let rehearsal: Rehearsal | undefined
  const counts = { succeeded: 0, failed: 0 }

  const attempt = async (): Promise<void> => {
    waiting = undefined
    if (stopped) return
    lastRequest = clock.now()
    const stamp = options.stamp()
    if (failure === undefined && active?.stamp === stamp) {
      lastGoodRequest = lastRequest
      return
    }
    try {
      rehearsal = options.rehearse()
      const next = await prepare(rehearsal, options, active?.bundle)
      failure = undefined
      lastGoodRequest = lastRequest
      if (next === undefined) {
        if (active !== undefined) active.stamp = stamp
        return
      }
      active = { bundle: next.bundle, canaries: next.canaries, at: clock.now(), stamp }
      counts.succeeded += 1
      const { revision, digest } = next.bundle
      log('policy-activated', { revision, digest, canaries: next.canaries })
    } catch (error) {
      if (stopped) return
      failure = refusalOf(error)
      counts.failed += 1
      const running = active?.bundle.revision ?? 'none: everything is denied'
      log('policy-refused', { problems: failure.errors.join('; '), running })
      await options.refused(failure.message).catch(() => log('refusal-not-recorded', {}))
    }
  }
  const replaceLanes: PolicyHost['renew'] = async (openLanes, commit) => {
    if (active === undefined || stopped) return commit()
    const lanes = await openLanes(active.bundle)
    try {
      await commit()
    } catch (error) {
      await lanes.stop()
      throw error
    }
    options.serving.switchTo(lanes, 'alike')
  }
  return {
    renew(openLanes, commit) {
      const renewed = last.then(() => replaceLanes(openLanes, commit))
      last = renewed.catch(() => {})
      return renewed
    },
    activate() {
      waiting ??= last = last.then(attempt)
      return waiting
    },
    active: () => active?.bundle,
    counts: () => ({ ...counts }),
    async stop() {
      stopped = true
      rehearsal?.stop()
      await last
    },
    status: () => statusOf(active, failure, lastRequest, lastGoodRequest),
  }
}

/** Switches to the bundle that stands at the source; undefined when it is the active one. */
async function prepare(
  rehearsal: Rehearsal,
  options: PolicyHostOptions,
  active: ArchivedBundle | undefined,
): Promise<{ bundle: ArchivedBundle; canaries: number } | undefined> {
  const bundle = await rehearsal.loaded
  if (active?.digest === bundle.digest) {
    rehearsal.stop()
    return undefined
  }
  // At the start nobody is served whom the workers could slow down.
  const early = active === undefined ? options.openLanes(bundle, false) : undefined
  early?.catch(() => {})
  let lanes: Lanes | undefined
  try {
    const canaries = await rehearsal.passed
    lanes = await (early ?? options.openLanes(bundle, true))
    await options.commit(bundle, canaries)
    options.serving.switchTo(lanes)
    return { bundle, canaries }
  } catch (error) {
    const opened = lanes ?? (await early?.catch(() => undefined))
    await opened?.stop()
    discard(bundle)
    throw error
  }
}

function refusalOf(error: unknown): RefusedBundle {
  if (error instanceof RefusedBundle) return error
  const message = `the policy cannot be activated (${toError(error).name})`
  return new RefusedBundle(message, [message])
}

function statusOf(
  active: Active | undefined,
  failure: RefusedBundle | undefined,
  lastRequest: number | undefined,
  lastGoodRequest: number | undefined,
): BundleStatus {
  const time = (at: number): string => new Date(at).toISOString()
  return {
    name: 'phigate',
    ...(lastRequest === undefined ? {} : { last_request: time(lastRequest) }),
    ...(lastGoodRequest === undefined ? {} : { last_successful_request: time(lastGoodRequest) }),
    ...(active === undefined ? {} : activeStatus(active, time(active.at))),
    ...(failure === undefined
      ? {}
      : { code: 'bundle_error' as const, message: failure.message, errors: failure.errors }),
  }
}

function activeStatus(
  { bundle: { revision, digest, serial }, canaries }: Active,
  at: string,
): Partial<BundleStatus> {
  return {
    active_revision: revision,
    last_successful_activation: at,
    digest,
    canaries,
    ...(serial === undefined ? {} : { serial }),
  }
}
