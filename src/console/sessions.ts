import { createHash, timingSafeEqual } from 'node:crypto'
import type { Clock, Principal } from '../domain/index.ts'

/** Somebody who has signed in, as the composition root gives them. */
export interface SignedInPerson {
  readonly principal: Principal
  /** Milliseconds since the epoch. */
  readonly authenticatedAt: number
  /** Who they are now, as far as their issuer tells. @throws GatewayError `unauthenticated`, `issuer-unavailable` */
  readonly now: () => Promise<Principal>
}

/** A browser that is signed in. */
export interface Session {
  readonly person: SignedInPerson
  /** What a form of this session has to bring along. */
  readonly csrf: string
  /** The latest that the issuer said of them. */
  readonly principal: Principal
  readonly checkedAt: number
}

/** Times in milliseconds. */
export interface SessionTimes {
  /** Without a request of the person's own. */
  readonly idleMs: number
  /** However busy it is. */
  readonly lifeMs: number
  /** How old the sign-in at the issuer may be when its person answers a review. */
  readonly freshMs: number
}

/** Sessions of the console, in memory: a restart ends them, and none is on a disk. */
export interface Sessions {
  /** @returns what the cookie is to hold */
  start(person: SignedInPerson): string
  /** @param used whether the person did something: looking for news is nothing */
  find(cookie: string, used: boolean): Session | undefined
  /** Notes what the issuer said now. */
  checked(cookie: string, principal: Principal): void
  end(cookie: string): void
  isFresh(session: Session): boolean
}

interface Kept extends Session {
  readonly startedAt: number
  usedAt: number
}

/** Whoever comes later puts out the one that was unused for longest. */
const MOST_SESSIONS = 10_000

/** @param newSecret a text of at least 128 random bits, as a cookie may hold it */
export function openSessions(clock: Clock, times: SessionTimes, newSecret: () => string): Sessions {
  const kept = new Map<string, Kept>()
  const alive = ({ startedAt, usedAt }: Kept, now: number): boolean =>
    now - usedAt < times.idleMs && now - startedAt < times.lifeMs
  return {
    start(person) {
      const cookie = newSecret()
      const now = clock.now()
      const { principal } = person
      const begun = { startedAt: now, usedAt: now, checkedAt: now }
      kept.set(nameOf(cookie), { person, principal, csrf: newSecret(), ...begun })
      const [oldest] = kept.keys()
      if (kept.size > MOST_SESSIONS && oldest !== undefined) kept.delete(oldest)
      return cookie
    },
    find(cookie, used) {
      const name = nameOf(cookie)
      const session = kept.get(name)
      if (session === undefined) return undefined
      const now = clock.now()
      const is = alive(session, now)
      if (used || !is) kept.delete(name)
      if (!is) return undefined
      if (used) kept.set(name, Object.assign(session, { usedAt: now }))
      return session
    },
    checked(cookie, principal) {
      const name = nameOf(cookie)
      const session = kept.get(name)
      if (session === undefined) return
      kept.set(name, { ...session, principal, checkedAt: clock.now() })
    },
    end: (cookie) => void kept.delete(nameOf(cookie)),
    isFresh: ({ person }) => clock.now() - person.authenticatedAt < times.freshMs,
  }
}

/** Sessions are kept under a digest: looking one up tells nothing by its time. */
function nameOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('hex')
}

/** Whether two secrets are the same, in a time that does not tell how much of them is. */
export function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
