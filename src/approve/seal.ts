import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

/** A key of the keyring for recorded payloads, and its name. */
export interface SealKey {
  readonly id: string
  readonly secret: Uint8Array
}

const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts a payload with a key of its own (AES-256-GCM; HKDF-SHA-256 of the key and the id of what it belongs to):
 * id of the key, a zero byte, IV, tag, text.
 * @param iv 12 random bytes
 */
export function seal(key: SealKey, of: string, iv: Uint8Array, payload: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', keyFor(key, of), iv)
  const text = Buffer.concat([cipher.update(payload), cipher.final()])
  return Buffer.concat([Buffer.from(`${key.id}\0`), iv, cipher.getAuthTag(), text])
}

/**
 * @returns undefined when the key is not there any more: it was retired
 * @throws Error when the bytes are not those that were sealed for it
 */
export function unseal(
  keys: readonly SealKey[],
  of: string,
  sealed: Uint8Array,
): Buffer | undefined {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const end = bytes.indexOf(0)
  const key = keys.find(({ id }) => id === bytes.toString('utf8', 0, end))
  if (key === undefined) return undefined
  const iv = bytes.subarray(end + 1, end + 1 + IV_BYTES)
  const tag = bytes.subarray(end + 1 + IV_BYTES, end + 1 + IV_BYTES + TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', keyFor(key, of), iv)
  decipher.setAuthTag(tag)
  const text = bytes.subarray(end + 1 + IV_BYTES + TAG_BYTES)
  return Buffer.concat([decipher.update(text), decipher.final()])
}

function keyFor(key: SealKey, of: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key.secret, key.id, `review\0${of}`, 32))
}
