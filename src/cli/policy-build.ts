import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { writeArchive } from '../policy/adapters/bundle-archive.ts'
import { openSigningKey } from '../policy/adapters/jose-signature.ts'
import { signBundle } from '../policy/build/index.ts'
import { PolicyError, type PolicyBundle } from '../policy/index.ts'

/** Flags of `phigate policy build`; without a signing key only the directory is written. */
export interface BuildFlags {
  readonly revision?: string
  readonly serial?: number
  readonly signingKey?: string
  readonly keyId: string
  readonly output?: string
}

export function withBuildFlags(command: Command): Command {
  return command
    .option('--signing-key <file>', 'private key (PEM): write a signed bundle as well')
    .option(
      '--serial <number>',
      'of the signed bundle: higher than any that was active',
      wholeNumber,
    )
    .option('--revision <name>', 'of the signed bundle; its digest when not given')
    .option('--key-id <id>', 'what the signature calls its key', 'default')
    .option('--output <file>', 'the signed bundle; bundle.tar.gz when not given')
}

/**
 * Says what is missing or too much, before anything is built.
 * @throws PolicyError
 */
export function checkBuildFlags({ revision, serial, signingKey, output }: BuildFlags): void {
  const needsKey = revision !== undefined || serial !== undefined || output !== undefined
  if (signingKey === undefined && needsKey) {
    throw new PolicyError('--revision, --serial and --output go with --signing-key')
  }
  if (signingKey !== undefined && serial === undefined) {
    throw new PolicyError('--signing-key needs --serial')
  }
}

/** Writes the signed bundle and says what it is. Nothing where no key is given. */
export async function writeSigned(
  bundle: PolicyBundle,
  { signingKey, serial = 0, revision, keyId, output }: BuildFlags,
): Promise<void> {
  if (signingKey === undefined) return
  const key = openSigningKey(readKey(signingKey))
  const named = revision === undefined ? {} : { revision }
  const files = await signBundle({
    bundle,
    serial,
    keyId,
    sign: (payload, id) => key.sign(payload, id),
    ...named,
  })
  const path = resolve(output ?? 'bundle.tar.gz')
  mkdirSync(dirname(path), { recursive: true })
  // A gateway may be watching: the file is there whole, or not at all.
  writeFileSync(`${path}.tmp`, writeArchive(files))
  renameSync(`${path}.tmp`, path)
  console.log(`signed ${path}: serial ${serial}, ${key.algorithm}, key id ${keyId}`)
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new PolicyError('the file that --signing-key names cannot be read', error)
  }
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('must be a whole number from 1')
}
