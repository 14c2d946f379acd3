import { setTimeout as pause } from 'node:timers/promises'
import { GatewayError } from '../domain/index.ts'
import type { Lanes, LaneState } from '../lanes/index.ts'

/** The lanes for one exchange: whatever it asks them is answered under the revision that it began with. */
export interface ExchangeLanes extends Pick<Lanes, 'inspect' | 'inspectAnswer' | 'openStream'> {
  /** Called when its workers are about to end: it has a moment to end itself, and to record how. */
  onEnd(tell: (error: GatewayError) => void): void
  /** Whether another policy has become active since the exchange was inspected. */
  overtaken(): boolean
  /** The exchange has ended. */
  leave(): void
}

/** The workers of the active revision, and those of earlier ones whose exchanges are still under way. */
export interface Serving {
  /**
   * New exchanges go there from now on; those under way stay where they are.
   * @param decides `alike` where the policy is the one before, with other keys
   */
  switchTo(lanes: Lanes, decides?: 'anew' | 'alike'): void
  exchange(): ExchangeLanes
  /** Looks at what was recorded, under the active revision. */
  scan: Lanes['scan']
  ready(): boolean
  state(): readonly LaneState[]
  stop(): Promise<void>
}

interface Held {
  readonly lanes: Lanes
  /** The same for workers that decide alike. */
  readonly policy: object
  readonly exchanges: Set<Taken>
  retired: boolean
}

/** An exchange that is under way. */
interface Taken {
  tell?: (error: GatewayError) => void
  readonly ended: PromiseWithResolvers<void>
}

/** Revisions that go on beside the active one, each with its workers. What is under way on an older one is ended. */
const MOST_RETIRED = 2
/** How long the exchanges of workers that end may take for their records. */
const ENDING_MS = 5_000

export function createServing(onEnded: () => void = () => {}): Serving {
  let active: Held | undefined
  let retired: readonly Held[] = []
  const killed = new Map<LaneState['lane'], number>()
  const stop = async (held: Held): Promise<void> => {
    retired = retired.filter((other) => other !== held)
    for (const { lane, kills } of held.lanes.state()) {
      killed.set(lane, (killed.get(lane) ?? 0) + kills)
    }
    const told = [...held.exchanges].filter(({ tell }) => tell !== undefined)
    const why = new GatewayError('draining', 'phigate ended the exchange; send it again')
    for (const { tell } of told) tell?.(why)
    if (told.length > 0) {
      const all = Promise.all(told.map(({ ended }) => ended.promise))
      await Promise.race([all, pause(ENDING_MS, undefined, { ref: false })])
    }
    await held.lanes.stop()
  }
  return {
    switchTo(lanes, decides = 'anew') {
      const before = active
      const policy = decides === 'alike' ? (before?.policy ?? {}) : {}
      active = { lanes, policy, exchanges: new Set(), retired: false }
      if (before === undefined) return
      before.retired = true
      retired = [...retired, before]
      if (before.exchanges.size === 0) void stop(before)
      const [oldest] = retired
      if (oldest === undefined || retired.length <= MOST_RETIRED) return
      onEnded()
      void stop(oldest)
    },
    exchange() {
      let held: Held | undefined
      const self: Taken = { ended: Promise.withResolvers() }
      const taken = (): Lanes => {
        if (held === undefined) {
          if (active === undefined) {
            throw new GatewayError('policy-unavailable', 'no policy is active')
          }
          held = active
          held.exchanges.add(self)
        }
        return held.lanes
      }
      return {
        // Only now, not when the headers came: a body that comes slowly is not judged by a policy of the past.
        inspect: async (job, unseen) => taken().inspect(job, unseen),
        inspectAnswer: async (body, context) => taken().inspectAnswer(body, context),
        openStream: (context, unseen) => taken().openStream(context, unseen),
        onEnd(tell) {
          self.tell = tell
        },
        overtaken: () => held !== undefined && held.policy !== active?.policy,
        leave() {
          if (held === undefined) return
          held.exchanges.delete(self)
          self.ended.resolve()
          if (held.retired && held.exchanges.size === 0 && retired.includes(held)) void stop(held)
          held = undefined
        },
      }
    },
    scan: async (job) => {
      if (active === undefined) throw new GatewayError('policy-unavailable', 'no policy is active')
      return active.lanes.scan(job)
    },
    ready: () => active?.lanes.ready() ?? false,
    state: () =>
      (['small', 'large'] as const).map((lane) => {
        const now = active?.lanes.state().find((state) => state.lane === lane)
        const waiting = now?.waiting ?? 0
        return { lane, waiting, kills: (killed.get(lane) ?? 0) + (now?.kills ?? 0) }
      }),
    async stop() {
      const all = active === undefined ? retired : [...retired, active]
      await Promise.all(all.map(stop))
    },
  }
}
