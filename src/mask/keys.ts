import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'

/** A key from which the keys of sessions are derived, and its name. */
export interface MaskKey {
  readonly id: string
  readonly secret: Uint8Array
}

export interface SessionScope {
  readonly principal: string
  readonly connection: string
  readonly session: string
}

/** Keyed digests of one session: nothing that is stored can be tried against guesses without the key. */
export interface SessionKeys {
  /** Names the session in the store; tells nothing about principal or session id. */
  readonly scope: string
  /** 32 bytes for a value of a purpose. */
  digest(purpose: string, value: string): Buffer
  /** For texts that come in pieces. */
  digestOf(purpose: string, feed: (update: (text: string) => void) => void): Buffer
  /** Equal in all sessions of the connection: for the operator `hash`. */
  connectionDigest(purpose: string, value: string): Buffer
}

/** Derives a session's keys from a mask key (HKDF-SHA-256, RFC 5869). Pure. */
export function sessionKeys(maskKey: MaskKey, scope: SessionScope): SessionKeys {
  const { principal, connection, session } = scope
  const key = derive(maskKey, ['session', principal, connection, session])
  const digestOf: SessionKeys['digestOf'] = (purpose, feed) => {
    const hmac = createHmac('sha256', key).update(`${purpose}\0`)
    feed((text) => hmac.update(text))
    return hmac.digest()
  }
  return {
    scope: `ses_${crockford(createHmac('sha256', key).update('scope').digest(), 26)}`,
    digest: (purpose, value) => digestOf(purpose, (update) => update(value)),
    digestOf,
    connectionDigest: (purpose, value) =>
      createHmac('sha256', derive(maskKey, ['connection', connection]))
        .update(`${purpose}\0${value}`)
        .digest(),
  }
}

/** A name for a client that gives no session id: keyed, because it is made of the first texts. */
export function impliedSession(
  maskKey: MaskKey,
  principal: string,
  connection: string,
  feed: (update: (text: string) => void) => void,
): string {
  const hmac = createHmac('sha256', derive(maskKey, ['implied', principal, connection]))
  feed((text) => hmac.update(text))
  return `implied:${hmac.digest('hex')}`
}

/** Names a patient, equal in all sessions and connections: for counting alone. */
export function patientDigests(patientKey: MaskKey): (value: string) => string {
  return (value) =>
    createHmac('sha256', derive(patientKey, ['patient']))
      .update(value)
      .digest('hex')
      .slice(0, 32)
}

/** What was derived from a key, and what HKDF extracts for all of it. */
interface Derived {
  readonly extracted: KeyObject
  readonly keys: Map<string, KeyObject>
}

const derived = new WeakMap<MaskKey, Derived>()
/** An answer, and the next turn, come soon after their request. */
const MOST_DERIVED = 2000

/**
 * HKDF-SHA-256 for 32 bytes (RFC 5869, 2.2 and 2.3): of what it expands to, the first block alone is needed. A key
 * object, because Node.js takes five times as long to begin an HMAC with bytes. The latest are kept.
 */
function derive(maskKey: MaskKey, info: readonly string[]): KeyObject {
  const { extracted, keys } = derived.get(maskKey) ?? extract(maskKey)
  const name = JSON.stringify(info)
  const known = keys.get(name)
  if (known !== undefined) return known
  const key = createSecretKey(createHmac('sha256', extracted).update(`${name}\x01`).digest())
  const oldest = keys.keys().next()
  if (keys.size >= MOST_DERIVED && oldest.done === false) keys.delete(oldest.value)
  keys.set(name, key)
  return key
}

function extract(maskKey: MaskKey): Derived {
  const extracted = createSecretKey(
    createHmac('sha256', maskKey.id).update(maskKey.secret).digest(),
  )
  const fresh = { extracted, keys: new Map<string, KeyObject>() }
  derived.set(maskKey, fresh)
  return fresh
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes)
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The first `length` characters of a digest in Crockford's base 32: no I, L, O, U. */
export function crockford(digest: Uint8Array, length: number): string {
  // V8 keeps a text that grows sign by sign as all of its beginnings.
  const signs: number[] = []
  let bits = 0
  let held = 0
  for (const byte of digest) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5 && signs.length < length) {
      bits -= 5
      signs.push(ALPHABET.charCodeAt((held >> bits) & 31))
    }
    held &= (1 << bits) - 1
  }
  return String.fromCharCode(...signs)
}
