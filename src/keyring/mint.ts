import { randomBytes } from 'node:crypto'
import type { KeyPurpose } from '../schema/index.ts'
import { KEY_BYTES, KeySecret, type Key } from './key.ts'

/** Makes the key that a purpose uses from now on. */
export type Mint = (purpose: KeyPurpose) => Key

/** New keys of random bytes. The id is random as well, so that two keyrings that are compared cannot seem the same. */
export function mintAt(now: Date): Mint {
  return (purpose) => ({
    id: `${purpose}-${randomBytes(4).toString('hex')}`,
    purpose,
    state: 'active',
    createdAt: now.toISOString(),
    secret: new KeySecret(new Uint8Array(randomBytes(KEY_BYTES))),
  })
}
