const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Whether nobody on the way can change what an address answers: https, or plain http that stays on this machine. */
export function isTrustworthy(url: URL): boolean {
  return url.protocol === 'https:' || isLocal(url)
}

/** Plain http on loopback. */
export function isLocal(url: URL): boolean {
  return url.protocol === 'http:' && LOOPBACK.test(url.hostname)
}
