import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { CompactSign, importPKCS8 } from 'jose'
import { Header, type HeaderData } from 'tar'
import { readArchive, writeArchive } from '../../../src/policy/adapters/bundle-archive.ts'
import { openSigningKey, verifyToken } from '../../../src/policy/adapters/jose-signature.ts'
import { openSignedBundle, PolicyError, type PolicyBundle } from '../../../src/policy/index.ts'
import { opaHash } from '../../../src/policy/opa-hash.ts'
import { testKey } from '../../support/bundles.ts'

/** Opens files under a signature that holds and lists them, with what else it lists. */
function openSealed(
  changes: Readonly<Record<string, string>>,
  more: readonly unknown[] = [],
): Promise<PolicyBundle> {
  const contents = {
    '.manifest': '{"revision":"r","metadata":{"serial":3}}',
    'data.json': '{}',
    'policy.wasm': 'module',
    ...changes,
  }
  const files = new Map<string, Uint8Array>(
    Object.entries(contents).map(([path, text]) => [path, Buffer.from(text)]),
  )
  const listed = [...files].map(([name, bytes]) => ({
    name,
    hash: opaHash(name, bytes),
    algorithm: 'SHA-256',
  }))
  const verified = { header: {}, payload: { files: [...listed, ...more] } }
  const signatures = changes['.signatures.json'] ?? '{"signatures":["token"]}'
  files.set('.signatures.json', Buffer.from(signatures))
  return openSignedBundle(files, { key: '', algorithm: 'ES256' }, () => Promise.resolve(verified))
}

const policyError =
  (why: RegExp) =>
  (error: unknown): boolean =>
    error instanceof PolicyError && why.test(error.message)

describe('a signed bundle whose files hold something else than they should', () => {
  it('opens when they hold what they should', async () => {
    const { revision, serial } = await openSealed({})
    assert.deepEqual([revision, serial], ['r', 3])
  })

  for (const revision of [undefined, 7, '', 'a b']) {
    it(`is refused with the revision ${JSON.stringify(revision)}`, async () => {
      const manifest = JSON.stringify({ revision, metadata: { serial: 3 } })
      await assert.rejects(openSealed({ '.manifest': manifest }), policyError(/no revision/))
    })
  }

  for (const metadata of [undefined, 'serial', {}, { serial: 0 }, { serial: '3' }]) {
    it(`is refused with the metadata ${JSON.stringify(metadata)}`, async () => {
      const manifest = JSON.stringify({ revision: 'r', metadata })
      await assert.rejects(openSealed({ '.manifest': manifest }), policyError(/metadata\.serial/))
    })
  }

  it('is refused when its signature lists something that is no file', async () => {
    await assert.rejects(openSealed({}, ['data.json']), policyError(/without a SHA-256/))
  })

  it('is refused when its data or its signatures are a list', async () => {
    const noObject = policyError(/is not a JSON object/)
    await assert.rejects(openSealed({ 'data.json': '[]' }), noObject)
    await assert.rejects(openSealed({ '.signatures.json': '[]' }), noObject)
  })

  it('is refused when what was signed is null', async () => {
    const { secret, pinned } = testKey('ES256')
    const token = await new CompactSign(Buffer.from('null'))
      .setProtectedHeader({ alg: 'ES256' })
      .sign(await importPKCS8(secret, 'ES256'))
    const files = new Map([
      ['.signatures.json', Buffer.from(JSON.stringify({ signatures: [token] }))],
    ])
    await assert.rejects(
      openSignedBundle(files, pinned, verifyToken),
      policyError(/its signature lists no files/),
    )
  })
})

describe('an archive with other entries than files', () => {
  const archive = (...entries: readonly HeaderData[]): Uint8Array => {
    const blocks = entries.map((entry) => {
      const block = Buffer.alloc(512)
      new Header({ mode: 0o644, size: 0, ...entry }).encode(block)
      return block
    })
    return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
  }

  it('is read past its folders', async () => {
    const files = await readArchive(
      archive({ path: 'teams/', type: 'Directory' }, { path: './teams/x.rego', type: 'File' }),
    )
    assert.deepEqual([...files.keys()], ['teams/x.rego'])
  })

  for (const type of ['SymbolicLink', 'Link', 'FIFO'] as const) {
    it(`is refused with an entry of type ${type}`, async () => {
      const link = type === 'FIFO' ? {} : { linkpath: '/etc/passwd' }
      const bytes = archive({ path: 'data.json', type, ...link })
      await assert.rejects(readArchive(bytes), policyError(/holds something that is no file/))
    })
  }

  it('is not written where a path would be cut off', () => {
    const files = new Map([['x'.repeat(120), Buffer.from('{}')]])
    assert.throws(() => writeArchive(files), policyError(/cannot be packed/))
  })
})

describe('a key that may not sign bundles', () => {
  const pem = { type: 'pkcs8', format: 'pem' } as const
  const weak = {
    'RSA of 1024 bits': generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
    'on P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
    Ed25519: generateKeyPairSync('ed25519').privateKey,
  }
  for (const [kind, key] of Object.entries(weak)) {
    it(`is one that is ${kind}`, () => {
      const text = key.export(pem).toString()
      assert.throws(() => openSigningKey(text), policyError(/must be RSA of 2048 bits/))
    })
  }
})
