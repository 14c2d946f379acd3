import { GatewayError } from '../domain/index.ts'

/** Counts the bytes that are held for exchanges under way; one large body weighs as much as many small ones. */
export interface Admission {
  /**
   * Takes room for one exchange.
   * @throws GatewayError `too-busy` when there is none
   */
  enter(bytes: number): Room
  /** Bytes that are held now. */
  used(): number
}

export interface Room {
  /** @throws GatewayError `too-busy` */
  grow(bytes: number): void
  leave(): void
}

const RETRY_AFTER_SECONDS = 1

/** @param limitBytes asked each time, so that it can change while exchanges are under way */
export function createAdmission(limitBytes: () => number): Admission {
  let used = 0
  const take = (bytes: number): void => {
    // A body larger than the whole limit gets in when it is alone, or it never would.
    if (used > 0 && used + bytes > limitBytes()) {
      const message = 'phigate holds as much as it can; try again'
      throw new GatewayError('too-busy', message, { retryAfter: RETRY_AFTER_SECONDS })
    }
    used += bytes
  }
  return {
    used: () => used,
    enter(bytes) {
      take(bytes)
      let own = bytes
      let left = false
      return {
        grow(more) {
          take(more)
          own += more
        },
        leave() {
          if (left) return
          left = true
          used -= own
        },
      }
    },
  }
}
