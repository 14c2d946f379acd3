import type { KeyPurpose, KeyState } from '../schema/index.ts'

/** A key of phigate's own. */
export interface Key {
  readonly id: string
  readonly purpose: KeyPurpose
  readonly state: KeyState
  /** RFC 3339, UTC. */
  readonly createdAt: string
  readonly secret: KeySecret
}

/** What a key is for. */
export const PURPOSES: readonly KeyPurpose[] = [
  'mask',
  'recording',
  'checkpoint',
  'cookie',
  'patient',
  'roster',
  'webhook',
]

export const KEY_BYTES = 32

/** The bytes of a key, which no log, error or JSON shows. */
export class KeySecret {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  reveal(): Uint8Array {
    return this.#bytes
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }
}
