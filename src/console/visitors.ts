import type { Request } from 'express'
import { GatewayError, type Clock, type Principal } from '../domain/index.ts'
import type { Cookies } from './cookies.ts'
import { isSameSecret, type Session, type Sessions } from './sessions.ts'

/** A request of a browser that is signed in. */
export interface Visit {
  readonly session: Session
  readonly principal: Principal
  /** Whether the sign-in at the issuer is young enough for an answer. */
  readonly fresh: boolean
}

/** Who sends a request by their session's cookie. */
export interface Visitors {
  /**
   * Undefined when nobody is signed in.
   * @throws GatewayError `unauthenticated` when the issuer knows them no more, `issuer-unavailable`
   */
  reader(req: Request, used: boolean): Promise<Visit | undefined>
  /**
   * Somebody who wants to change something: by a form of this very session, and as the issuer knows them now.
   * @throws GatewayError `unauthenticated`, `forbidden`, `issuer-unavailable`
   */
  writer(req: Request, csrf: unknown): Promise<Visit>
  /**
   * That the request is of a page of its session, whatever the issuer says of its person.
   * @throws GatewayError `unauthenticated`, `forbidden`
   */
  ours(req: Request, csrf: unknown): void
}

export interface VisitorsOptions {
  readonly sessions: Sessions
  readonly cookies: Cookies
  readonly clock: Clock
  readonly publicUrl: URL
}

/** A reader is looked at again after so long: who has left a group reads on for no longer. */
const CHECK_AFTER_MS = 5 * 60_000

export function openVisitors(options: VisitorsOptions): Visitors {
  const { sessions, cookies, clock, publicUrl } = options
  const sessionOf = (req: Request, used: boolean): readonly [string, Session] | undefined => {
    const cookie = cookies.read(req, 'session')
    const session = cookie === undefined ? undefined : sessions.find(cookie, used)
    return cookie === undefined || session === undefined ? undefined : [cookie, session]
  }
  const own = (req: Request, csrf: unknown): readonly [string, Session] => {
    const found = sessionOf(req, true)
    if (found === undefined) throw new GatewayError('unauthenticated', 'Nobody is signed in')
    if (isOurs(req, publicUrl) && typeof csrf === 'string' && isSameSecret(csrf, found[1].csrf)) {
      return found
    }
    throw new GatewayError('forbidden', 'This was not sent from a page of your session')
  }
  const check = async (cookie: string, { person }: Session): Promise<Principal> => {
    try {
      const principal = await person.now()
      sessions.checked(cookie, principal)
      return principal
    } catch (thrown) {
      if (thrown instanceof GatewayError && thrown.code === 'unauthenticated') sessions.end(cookie)
      throw thrown
    }
  }
  return {
    async reader(req, used) {
      const [cookie, session] = sessionOf(req, used) ?? []
      if (cookie === undefined || session === undefined) return undefined
      const isOld = clock.now() - session.checkedAt >= CHECK_AFTER_MS
      const principal = isOld ? await check(cookie, session) : session.principal
      return { session, principal, fresh: sessions.isFresh(session) }
    },
    async writer(req, csrf) {
      const [cookie, session] = own(req, csrf)
      const principal = await check(cookie, session)
      return { session, principal, fresh: sessions.isFresh(session) }
    },
    ours: (req, csrf) => void own(req, csrf),
  }
}

/** What a browser says about where a request comes from, where it says it: the token alone would do. */
function isOurs({ headers }: Request, publicUrl: URL): boolean {
  const { origin, 'sec-fetch-site': site } = headers
  return (
    (origin === undefined || origin === publicUrl.origin) &&
    (site === undefined || site === 'same-origin')
  )
}
