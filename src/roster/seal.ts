import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** A key of the keyring's purpose `roster`. */
export interface RosterKey {
  readonly id: string
  /** 32 bytes. */
  readonly secret: Uint8Array
}

const IV_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'

/** Encrypts and authenticates bytes, bound to a context (AES-256-GCM): initialisation vector, tag, ciphertext. */
export function seal(bytes: Uint8Array, key: RosterKey, context: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, sealingKey(key), iv).setAAD(Buffer.from(context))
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** @throws Error when the bytes were not sealed with this key and context */
export function unseal(sealed: Uint8Array, key: RosterKey, context: string): Buffer {
  const iv = sealed.subarray(0, IV_BYTES)
  const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
  const options = { authTagLength: TAG_BYTES }
  const decipher = createDecipheriv(CIPHER, sealingKey(key), iv, options)
  decipher.setAAD(Buffer.from(context)).setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
}

/** A key of its own, so that nothing else is ever done with it (HKDF-SHA-256, RFC 5869). */
function sealingKey({ secret }: RosterKey): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'roster seal', 32))
}
