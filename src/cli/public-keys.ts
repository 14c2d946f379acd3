import { existsSync, readFileSync } from 'node:fs'
import { KeyringError, readKeyring, type Keyring } from '../keyring/index.ts'
import { publicKeysOf } from '../record/index.ts'
import { validate, type PublicKeysFile } from '../schema/index.ts'

/** The public halves of all keys that ever signed checkpoints: retired ones did, too. */
export function publicKeysIn({ keys }: Keyring): PublicKeysFile {
  const signing = keys.filter(({ purpose }) => purpose === 'checkpoint')
  return publicKeysOf(signing.map(({ id, secret }) => ({ id, secret: secret.reveal() })))
}

/**
 * The keys that checkpoints are verified with: those of a file, else of the keyring.
 * @returns undefined where there is neither
 * @throws KeyringError when a file is not what it should be
 */
export function publicKeys(file: string | undefined, keyring: string): PublicKeysFile | undefined {
  if (file === undefined) {
    return existsSync(keyring) ? publicKeysIn(readKeyring(keyring)) : undefined
  }
  try {
    return validate('public-keys', JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new KeyringError(`${file}: is no file of public keys (phigate keys public makes one)`, {
      cause,
    })
  }
}
