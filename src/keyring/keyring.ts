import type { KeyPurpose } from '../schema/index.ts'
import { PURPOSES, type Key } from './key.ts'
import { KeyringError } from './keyring-error.ts'
import type { Mint } from './mint.ts'

/** phigate's keys, in the order in which they were made. */
export interface Keyring {
  readonly keys: readonly Key[]
}

/** A keyring with an active key for every purpose. */
export function newKeyring(mint: Mint): Keyring {
  return { keys: PURPOSES.map(mint) }
}

/**
 * The keys of a purpose that may be used: the active one first, then the accepted ones, the newest of them first.
 * @throws KeyringError when there is no active key
 */
export function usableKeys(keyring: Keyring, purpose: KeyPurpose): readonly [Key, ...Key[]] {
  const own = keyring.keys.filter((key) => key.purpose === purpose)
  const active = own.find((key) => key.state === 'active')
  if (active === undefined) throw new KeyringError(`the keyring has no active ${purpose} key`)
  return [active, ...own.filter((key) => key.state === 'accepted').toReversed()]
}

/** Gives a purpose a new active key. The one before it is accepted from now on. */
export function rotateKey(keyring: Keyring, purpose: KeyPurpose, mint: Mint): Keyring {
  const kept = keyring.keys.map((key): Key => {
    return key.purpose === purpose && key.state === 'active' ? { ...key, state: 'accepted' } : key
  })
  return { keys: [...kept, mint(purpose)] }
}

/**
 * Ends the use of an accepted key.
 * @throws KeyringError for an unknown key, and for one that is active: something has to be used
 */
export function retireKey(keyring: Keyring, id: string): Keyring {
  const found = keyring.keys.find((key) => key.id === id)
  if (found === undefined) throw new KeyringError('the keyring has no key of this id')
  if (found.state === 'active') {
    const { purpose } = found
    throw new KeyringError(`${found.id} is the active ${purpose} key: rotate ${purpose} first`)
  }
  return {
    keys: keyring.keys.map((key): Key => (key === found ? { ...key, state: 'retired' } : key)),
  }
}
