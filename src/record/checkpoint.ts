import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { validate, type Checkpoint, type PublicKeysFile } from '../schema/index.ts'
import type { Head } from './chain.ts'

/** A key of purpose `checkpoint`. */
export interface CheckpointKey {
  readonly id: string
  /** 32 bytes: the seed of an Ed25519 key (RFC 8032, 5.1.5). */
  readonly secret: Uint8Array
}

/** Signs heads of the log. */
export type CheckpointSigner = (head: Head, time: string) => Checkpoint

/** What is wrong with a checkpoint by itself; undefined when its signature is right. */
export type CheckpointCheck = (checkpoint: Checkpoint) => string | undefined

/** RFC 8410, 7 and 4: what stands in front of the seed, and of the public key. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

export function checkpointSigner({ id, secret }: CheckpointKey): CheckpointSigner {
  const key = privateKey(secret)
  return ({ seq, hash }, time) => {
    const open = { version: 1 as const, seq, hash, time, key: id }
    const signature = sign(null, signedBytes(open), key).toString('base64')
    return { ...open, signature }
  }
}

/** The public halves, for whoever verifies. */
export function publicKeysOf(keys: readonly CheckpointKey[]): PublicKeysFile {
  return {
    version: 1,
    keys: keys.map(({ id, secret }) => ({
      id,
      algorithm: 'Ed25519',
      publicKey: publicBytes(createPublicKey(privateKey(secret))).toString('base64'),
    })),
  }
}

export function checkpointCheck({ keys }: PublicKeysFile): CheckpointCheck {
  const known = new Map(
    keys.map(({ id, publicKey }) => [id, publicKeyOf(Buffer.from(publicKey, 'base64'))]),
  )
  return ({ signature, ...open }) => {
    const key = known.get(open.key)
    if (key === undefined) return 'none of the public keys has the id of its key'
    const bytes = Buffer.from(signature, 'base64')
    // The last digit of base64 has bits that say nothing: only one spelling is right.
    const right =
      bytes.toString('base64') === signature && verify(null, signedBytes(open), key, bytes)
    return right ? undefined : 'the signature is wrong'
  }
}

/** One line of a file of checkpoints; undefined when it is none. */
export function parseCheckpoint(line: Uint8Array): Checkpoint | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line)
    return validate('checkpoint', JSON.parse(text))
  } catch {
    return undefined
  }
}

/** As the schema says it. Each line ends, so that no two checkpoints have the same bytes. */
function signedBytes({ version, seq, hash, time, key }: Omit<Checkpoint, 'signature'>): Buffer {
  const lines = ['phigate audit checkpoint', version, seq, hash, time, key]
  return Buffer.from(lines.map((line) => `${line}\n`).join(''))
}

function privateKey(secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' })
}

function publicKeyOf(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' })
}

function publicBytes(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(SPKI.length)
}
