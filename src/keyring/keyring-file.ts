import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { syncDirectorySync } from '../durable/index.ts'
import { SchemaError, validate, type KeyringFile } from '../schema/index.ts'
import { KeySecret } from './key.ts'
import { KeyringError } from './keyring-error.ts'
import type { Keyring } from './keyring.ts'

/**
 * Reads a keyring.
 * @throws KeyringError naming the file and what is wrong with it
 */
export function readKeyring(file: string): Keyring {
  const { keys } = parse(file)
  const ids = new Set(keys.map((key) => key.id))
  if (ids.size !== keys.length) throw new KeyringError(`${file}: an id is there twice`)
  const active = keys.filter((key) => key.state === 'active').map((key) => key.purpose)
  if (new Set(active).size !== active.length) {
    throw new KeyringError(`${file}: a purpose has two active keys`)
  }
  return {
    keys: keys.map((key) => ({
      ...key,
      secret: new KeySecret(new Uint8Array(Buffer.from(key.secret, 'base64'))),
    })),
  }
}

/**
 * Writes a keyring where there is none.
 * @throws KeyringError when there is one: keys that are in use are not overwritten
 */
export function createKeyring(file: string, keyring: Keyring): Keyring {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  return replace(file, () => {
    if (existsSync(file)) throw new KeyringError(`${file}: there is a keyring already`)
    return keyring
  })
}

/**
 * Replaces a keyring by what `change` makes of it: a reader sees the old one or the new one, whole.
 * @throws KeyringError when it cannot be read, or while another change is under way
 */
export function changeKeyring(file: string, change: (keyring: Keyring) => Keyring): Keyring {
  return replace(file, () => change(readKeyring(file)))
}

function parse(file: string): KeyringFile {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new KeyringError(`${file}: cannot be read (phigate keys init makes a keyring)`, { cause })
  }
  try {
    return validate('keyring', JSON.parse(text))
  } catch (error) {
    // What JSON.parse says quotes the text, which is made of secrets.
    if (!(error instanceof SchemaError)) throw new KeyringError(`${file}: is not JSON`)
    const places = error.errors.map(({ path, message }) => `${path} ${message}`).join('; ')
    throw new KeyringError(`${file}: ${places}`)
  }
}

/** The file of the next version is the lock as well: it is there before the current version is read. */
function replace(file: string, next: () => Keyring): Keyring {
  const draft = `${file}.new`
  const handle = openDraft(draft)
  try {
    const keyring = next()
    writeFileSync(handle, serialised(keyring))
    fsyncSync(handle)
    renameSync(draft, file)
    syncDirectorySync(dirname(file))
    return keyring
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
}

function openDraft(draft: string): number {
  try {
    return openSync(draft, 'wx', 0o600)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
    const why =
      code === 'EEXIST' ? 'another change is under way, or was cut short: then remove it' : code
    throw new KeyringError(`${draft}: ${why}`, { cause })
  }
}

function serialised({ keys }: Keyring): string {
  const content: KeyringFile = {
    version: 1,
    keys: keys.map((key) => ({
      ...key,
      secret: Buffer.from(key.secret.reveal()).toString('base64'),
    })) as KeyringFile['keys'],
  }
  return `${JSON.stringify(validate('keyring', content), undefined, 2)}\n`
}
