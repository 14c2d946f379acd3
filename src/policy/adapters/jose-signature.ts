import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { CompactSign, compactVerify } from 'jose'
import { PolicyError } from '../policy-error.ts'
import type { PinnedKey, VerifyToken } from '../signed-bundle.ts'

type Algorithm = PinnedKey['algorithm']

/** Verifies the JWT of a bundle (JWS compact serialization, RFC 7515) with the pinned key and algorithm alone. */
export const verifyToken: VerifyToken = async (token, { key, algorithm }) => {
  const verified = await compactVerify(token, createPublicKey(key), { algorithms: [algorithm] })
  const payload = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(verified.payload)) as
    Record<string, unknown> | undefined
  return { header: { ...verified.protectedHeader }, payload: payload ?? {} }
}

/** A private key that signs bundles, from its PEM. */
export interface SigningKey {
  readonly algorithm: Algorithm
  sign(payload: object, keyId: string): Promise<string>
}

/**
 * The algorithm follows from the kind of key.
 * @throws PolicyError where it is no RSA key of 2048 bits or more, and none on P-256
 */
export function openSigningKey(pem: string): SigningKey {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch (error) {
    throw new PolicyError('the signing key is no private key in PEM without a passphrase', error)
  }
  const algorithm = algorithmOf(key)
  return {
    algorithm,
    sign: (payload, keyId) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader({ alg: algorithm, kid: keyId, typ: 'JWT' })
        .sign(key),
  }
}

function algorithmOf({
  asymmetricKeyType: type,
  asymmetricKeyDetails: details,
}: KeyObject): Algorithm {
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048) return 'RS256'
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return 'ES256'
  throw new PolicyError('the signing key must be RSA of 2048 bits or more, or on P-256')
}
