import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { PolicyFile, PolicySourceFile } from '../schema/index.ts'
import type { PolicyConfig, PolicySourceConfig } from './config.ts'
import type { Source } from './source.ts'

/** The policy part of a configuration; undefined where something is wrong with it, or where there is none. */
export function policyOf(file: PolicyFile | undefined, from: Source): PolicyConfig | undefined {
  if (file === undefined) return undefined
  const { shadow: tried, ...own } = file
  const source = sourceOf(own, '/policy', from)
  const shadow = tried === undefined ? undefined : sourceOf(tried, '/policy/shadow', from)
  if (source === undefined) return undefined
  return { source, ...(shadow === undefined ? {} : { shadow }) }
}

const OF_A_BUNDLE = ['verificationKey', 'algorithm', 'keyId'] as const

function sourceOf(
  file: PolicySourceFile,
  path: string,
  from: Source,
): PolicySourceConfig | undefined {
  const { directory, bundle, watch = true } = file
  if ((directory === undefined) === (bundle === undefined)) {
    from.problems.push({ path, message: 'must have either directory or bundle' })
    return undefined
  }
  if (bundle !== undefined) return signedOf(file, resolve(from.base, bundle), path, from)
  for (const name of OF_A_BUNDLE) {
    if (file[name] === undefined) continue
    // It would look as if a directory were verified.
    from.problems.push({ path: `${path}/${name}`, message: 'goes with bundle alone' })
  }
  return { kind: 'directory', directory: resolve(from.base, directory ?? ''), watch }
}

function signedOf(
  { verificationKey, algorithm, keyId, watch = true }: PolicySourceFile,
  file: string,
  path: string,
  from: Source,
): PolicySourceConfig | undefined {
  if (algorithm === undefined) {
    const message = 'must be RS256 or ES256: what the bundle is signed with'
    from.problems.push({ path: `${path}/algorithm`, message })
  }
  if (verificationKey === undefined) {
    const message = 'must name a file with the public key (PEM)'
    from.problems.push({ path: `${path}/verificationKey`, message })
  }
  if (verificationKey === undefined || algorithm === undefined) return undefined
  const at = resolve(from.base, verificationKey)
  const key = publicKey(at, algorithm, `${path}/verificationKey`, from)
  if (key === undefined) return undefined
  const pinned = { key, algorithm, ...(keyId === undefined ? {} : { keyId }) }
  return { kind: 'bundle', file, pinned, watch }
}

/** The key as PEM, once it is sure that it can verify with the algorithm. */
function publicKey(
  file: string,
  algorithm: 'RS256' | 'ES256',
  path: string,
  from: Source,
): string | undefined {
  const wrong = (message: string): undefined => {
    from.problems.push({ path, message: `${message}: ${file}` })
  }
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return wrong('names a file that cannot be read')
  }
  // Node would derive the public key from it; but whoever verifies must not hold what signs.
  if (text.includes('PRIVATE KEY')) return wrong('must name a public key, not a private one')
  try {
    const key = createPublicKey(text)
    if (fits(key, algorithm)) return text
  } catch {
    return wrong('names a file that is no public key in PEM')
  }
  const needed = algorithm === 'RS256' ? 'RSA of 2048 bits or more' : 'on P-256'
  return wrong(`must be ${needed} for ${algorithm}`)
}

function fits(
  { asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject,
  algorithm: 'RS256' | 'ES256',
): boolean {
  if (algorithm === 'RS256') return type === 'rsa' && (details?.modulusLength ?? 0) >= 2048
  return type === 'ec' && details?.namedCurve === 'prime256v1'
}
