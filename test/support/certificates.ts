import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** An authority that issues certificates for 127.0.0.1. Node makes none, and not every machine has an openssl. */
export interface Authority extends Certificate {
  issue(name: string): Certificate
}

export function authority(name: string): Authority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certify = (subject: string, publicKey: KeyObject, extensions: Buffer[]): string =>
    certificate({ subject, publicKey, issuer: name, issuerKey: own.privateKey, extensions })
  return {
    cert: certify(name, own.publicKey, [IS_AUTHORITY]),
    key: pemOf(own.privateKey),
    issue(subject) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      return { cert: certify(subject, publicKey, [FOR_LOOPBACK]), key: pemOf(privateKey) }
    },
  }
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** One value of DER (X.690): its tag, its length, its content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const bytes = Buffer.concat(content)
  const { length } = bytes
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), bytes])
}

const sequence = (...content: Uint8Array[]): Buffer => der(0x30, ...content)
const octets = (content: Uint8Array): Buffer => der(0x04, content)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const TRUE = der(0x01, Buffer.from([0xff]))

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'))
/** basicConstraints, critical: an authority. */
const IS_AUTHORITY = sequence(oid('551d13'), TRUE, octets(sequence(TRUE)))
/** subjectAltName: the address 127.0.0.1. */
const FOR_LOOPBACK = sequence(
  oid('551d11'),
  octets(sequence(der(0x87, Buffer.from([127, 0, 0, 1])))),
)

function distinguishedName(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(commonName)))))
}

/** GeneralizedTime, to the second. */
function timeFrom(now: number, hours: number): Buffer {
  const iso = new Date(now + hours * 3_600_000).toISOString()
  return der(0x18, Buffer.from(`${iso.replaceAll(/\D/g, '').slice(0, 14)}Z`))
}

/** X.509 version 3 (RFC 5280), signed with ECDSA. */
function certificate(of: {
  readonly subject: string
  readonly publicKey: KeyObject
  readonly issuer: string
  readonly issuerKey: KeyObject
  readonly extensions: readonly Buffer[]
}): string {
  const now = Date.now()
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ECDSA_WITH_SHA256,
    distinguishedName(of.issuer),
    sequence(timeFrom(now, -1), timeFrom(now, 1)),
    distinguishedName(of.subject),
    of.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...of.extensions)),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, of.issuerKey))
  const base64 = sequence(body, ECDSA_WITH_SHA256, signature).toString('base64')
  const lines = base64.match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
