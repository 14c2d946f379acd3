import { GatewayError, type Clock, type DayCount, type ErrorCode } from '../domain/index.ts'
import { countDays, dayOf, keyOf, secondsUntilTomorrow, type Days } from './days.ts'
import { elapsed, minuteWindow, type MinuteWindow } from './minute.ts'
import { limitsFor, type Caller, type LimitRules } from './rules.ts'

/** What policy is told of a caller's use. */
export interface Usage {
  /** This request included. */
  readonly requestsLastMinute: number
  readonly tokensToday: number
}

/** A caller's place for one exchange. */
export interface Place {
  readonly usage: Usage
  /**
   * Takes the patients of a request that is about to be forwarded, as keyed digests.
   * @throws GatewayError `limit-patients-per-day` when they would be too many; none of them counts then
   */
  patients(digests: readonly string[]): void
  /** Counts what the upstream says the exchange took. */
  tokens(count: number): void
  leave(): void
}

/** What a caller uses now. */
export interface CallerUse extends Caller, Usage {
  readonly concurrent: number
  readonly patientsToday: number
}

/** Limits of each principal on each connection. */
export interface Limiter {
  /** @throws GatewayError `limit-requests-per-minute`, `limit-concurrent`, `limit-tokens-per-day` */
  enter(caller: Caller): Place
  /** Callers since the start, and those of today. */
  uses(): readonly CallerUse[]
  /** Counts of days since the last call, to be stored. */
  drain(): ReadonlyMap<string, readonly DayCount[]>
}

interface Caught {
  readonly caller: Caller
  readonly window: MinuteWindow
  concurrent: number
}

/** Above this, callers who are idle are forgotten; what they used in the day is not. */
const MOST_CALLERS = 10_000

/** @param stored what was counted before the start, by day */
export function createLimiter(
  rules: LimitRules,
  clock: Clock,
  stored: ReadonlyMap<string, readonly DayCount[]> = new Map(),
): Limiter {
  const passed = elapsed(clock)
  const days = countDays(stored)
  const callers = new Map<string, Caught>()
  const stateOf = (caller: Caller): Caught => {
    const known = callers.get(keyOf(caller))
    if (known !== undefined) return known
    if (callers.size >= MOST_CALLERS) forgetIdle(callers, passed())
    const fresh = { caller, window: minuteWindow(), concurrent: 0 }
    callers.set(keyOf(caller), fresh)
    return fresh
  }
  return {
    enter(caller) {
      const state = stateOf(caller)
      const at = passed()
      const { tokens } = days.use(dayOf(clock.now()), caller)
      check(rules, state, { at, now: clock.now(), tokens })
      state.window.add(at)
      state.concurrent += 1
      const usage = { requestsLastMinute: state.window.count(at), tokensToday: tokens }
      return placeOf(state, usage, { rules, clock, days })
    },
    uses: () =>
      [...callers.values()].map(({ caller, window, concurrent }) => {
        const { tokens, patients } = days.use(dayOf(clock.now()), caller)
        const requestsLastMinute = window.count(passed())
        const today = { tokensToday: tokens, patientsToday: patients.size }
        return { ...caller, concurrent, requestsLastMinute, ...today }
      }),
    drain: () => days.drain(),
  }
}

function check(
  rules: LimitRules,
  { caller, window, concurrent }: Caught,
  { at, now, tokens }: { readonly at: number; readonly now: number; readonly tokens: number },
): void {
  const limits = limitsFor(rules, caller)
  const { requestsPerMinute = Infinity, tokensPerDay = Infinity } = limits
  if (tokens >= tokensPerDay) {
    throw exceeded(
      'limit-tokens-per-day',
      `${tokensPerDay} tokens a day`,
      secondsUntilTomorrow(now),
    )
  }
  if (window.count(at) >= requestsPerMinute) {
    const wait = window.secondsUntilBelow(requestsPerMinute, at)
    throw exceeded('limit-requests-per-minute', `${requestsPerMinute} requests a minute`, wait)
  }
  if (concurrent >= (limits.concurrent ?? Infinity)) {
    throw exceeded('limit-concurrent', `${limits.concurrent} requests at the same time`, 1)
  }
}

function placeOf(
  state: Caught,
  usage: Usage,
  by: { readonly rules: LimitRules; readonly clock: Clock; readonly days: Days },
): Place {
  const { caller } = state
  const { days, clock } = by
  let left = false
  return {
    usage,
    patients(digests) {
      const limit = limitsFor(by.rules, caller).patientsPerDay
      // Nobody asks: then it is not kept either.
      if (limit === undefined) return
      const now = clock.now()
      const known = days.use(dayOf(now), caller).patients
      const fresh = new Set(digests.filter((digest) => !known.has(digest)))
      if (fresh.size > 0 && known.size + fresh.size > limit) {
        throw exceeded(
          'limit-patients-per-day',
          `${limit} patients a day`,
          secondsUntilTomorrow(now),
        )
      }
      days.addPatients(dayOf(now), caller, [...fresh])
    },
    tokens: (count) => days.addTokens(dayOf(clock.now()), caller, count),
    leave() {
      if (left) return
      left = true
      state.concurrent -= 1
    },
  }
}

function exceeded(code: ErrorCode, limit: string, retryAfter: number): GatewayError {
  return new GatewayError(code, `This caller may use ${limit} on this connection.`, { retryAfter })
}

function forgetIdle(callers: Map<string, Caught>, at: number): void {
  for (const [key, { window, concurrent }] of callers) {
    if (concurrent === 0 && window.count(at) === 0) callers.delete(key)
  }
}
