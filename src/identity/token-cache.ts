import { createHash } from 'node:crypto'
import type { Principal } from '../domain/index.ts'

interface Entry {
  readonly principal: Principal
  /** Milliseconds since the epoch, tolerance included. */
  readonly until: number
  readonly keys: string
}

/**
 * Tokens that verified, by digest: a hit costs a hash instead of a signature check. Only verified tokens get in, so
 * nobody without one can push others out. An entry counts only for the key set it was verified with.
 */
export class TokenCache {
  readonly #entries = new Map<string, Entry>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get size(): number {
    return this.#entries.size
  }

  get(token: string, keys: string, now: number): Principal | undefined {
    const digest = digestOf(token)
    const entry = this.#entries.get(digest)
    if (entry === undefined) return undefined
    this.#entries.delete(digest)
    if (entry.keys !== keys || now >= entry.until) return undefined
    this.#entries.set(digest, entry)
    return entry.principal
  }

  put(token: string, entry: Entry): void {
    const oldest = this.#entries.keys().next()
    if (this.#entries.size >= this.#capacity && oldest.done !== true) {
      this.#entries.delete(oldest.value)
    }
    this.#entries.set(digestOf(token), entry)
  }

  clear(): void {
    this.#entries.clear()
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}
