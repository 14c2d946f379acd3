import type { Request, Response } from 'express'

/** Cookies of a browser. */
export interface Cookies {
  read(req: Request, name: CookieName): string | undefined
  set(res: Response, name: CookieName, value: string): void
  clear(res: Response, name: CookieName): void
}

/** `session`: who is signed in; `sign-in`: who is on the way to the issuer and back. */
type CookieName = 'session' | 'sign-in'

/**
 * Cookies without a domain, for this host alone, unseen by scripts. SameSite is Lax, not Strict: the browser comes back
 * from the issuer, and from a link in a notification, by a navigation that another site began. On https the prefix
 * `__Host-` (RFC 6265bis) keeps neighbours under the same domain from planting one; plain http is for loopback alone.
 */
export function cookiesFor(publicUrl: URL): Cookies {
  const secure = publicUrl.protocol === 'https:'
  const full = (name: CookieName): string => cookieName(name, publicUrl)
  const flags = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    read: (req, name) => valueOf(req.headers.cookie ?? '', full(name)),
    set: (res, name, value) => res.append('set-cookie', `${full(name)}=${value}; ${flags}`),
    clear: (res, name) => res.append('set-cookie', `${full(name)}=; ${flags}; Max-Age=0`),
  }
}

/** The name that a browser knows it by. */
export function cookieName(name: CookieName, { protocol }: URL): string {
  return `${protocol === 'https:' ? '__Host-' : ''}phigate-${name}`
}

/** Undefined when there is none, or more than one: then somebody else may have set one of them. */
function valueOf(header: string, name: string): string | undefined {
  const values = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
  return values.length === 1 ? values[0]?.slice(name.length + 1) : undefined
}
