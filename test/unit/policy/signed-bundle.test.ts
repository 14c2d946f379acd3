import assert from 'node:assert/strict'
import { gunzipSync, gzipSync } from 'node:zlib'
import { CompactSign, importPKCS8 } from 'jose'
import { openSignedBundle, PolicyError, type BundleFiles } from '../../../src/policy/index.ts'
import { openSigningKey, verifyToken } from '../../../src/policy/adapters/jose-signature.ts'
import { readArchive, writeArchive } from '../../../src/policy/adapters/bundle-archive.ts'
import { bundleWith, signedFiles, testKey } from '../../support/bundles.ts'

const ec = testKey('ES256')
const rsa = testKey('RS256')

function open(files: BundleFiles, pinned = ec.pinned) {
  return openSignedBundle(files, pinned, verifyToken)
}

function refused(files: BundleFiles, why: RegExp, pinned = ec.pinned): Promise<void> {
  return assert.rejects(
    open(files, pinned),
    (error) => error instanceof PolicyError && why.test(error.message),
  )
}

describe('a signed bundle', () => {
  let files: BundleFiles
  before(async () => {
    files = await signedFiles(bundleWith(), 7, ec, 'release-7')
  })

  const changed = (path: string, bytes: Uint8Array | string | undefined): BundleFiles => {
    const all = new Map(files)
    if (bytes === undefined) all.delete(path)
    else all.set(path, Buffer.from(bytes))
    return all
  }
  const textOf = (path: string): string => Buffer.from(files.get(path) ?? '').toString('utf8')
  /** The same files under a signature over another payload, by whom it may be. */
  const resigned = async (
    payload: (before: Record<string, unknown>) => object,
    by = ec,
    header: object = {},
  ): Promise<BundleFiles> => {
    const [token = ''] = (JSON.parse(textOf('.signatures.json')) as { signatures: string[] })
      .signatures
    const before = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, unknown>
    const { algorithm } = by.pinned
    const signed = await new CompactSign(Buffer.from(JSON.stringify(payload(before))))
      .setProtectedHeader({ alg: algorithm, ...header })
      .sign(await importPKCS8(by.secret, algorithm))
    return changed('.signatures.json', JSON.stringify({ signatures: [signed] }))
  }

  it('gives revision, serial, module and data', async () => {
    const bundle = await open(files)
    assert.equal(bundle.revision, 'release-7')
    assert.equal(bundle.serial, 7)
    assert.match(bundle.digest, /^[0-9a-f]{64}$/)
    assert.deepEqual(bundle.data, bundleWith().data)
    assert.ok(Object.isFrozen(bundle.data['gateway_config']))
    assert.deepEqual(bundle.wasm, bundleWith().wasm)
  })

  it('may be signed with RS256 too', async () => {
    assert.equal((await open(await signedFiles(bundleWith(), 1, rsa), rsa.pinned)).serial, 1)
  })

  it('comes out of its archive as it went in', async () => {
    const back = await readArchive(writeArchive(files))
    assert.deepEqual([...back.keys()], [...files.keys()])
    assert.equal((await open(back)).digest, (await open(files)).digest)
  })

  it('has another digest when any file is another', async () => {
    const other = await signedFiles(bundleWith(), 8, ec, 'release-7')
    assert.notEqual((await open(other)).digest, (await open(files)).digest)
  })

  it('is refused with another key, of the same or another algorithm', async () => {
    await refused(files, /pinned key/, testKey('ES256').pinned)
    await refused(files, /pinned key/, rsa.pinned)
  })

  it('is refused with another algorithm than the pinned one, whatever its header says', async () => {
    await refused(files, /pinned key/, { ...ec.pinned, algorithm: 'RS256' })
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`
    await refused(
      changed('.signatures.json', JSON.stringify({ signatures: [unsigned] })),
      /pinned key/,
    )
  })

  it('is refused when the public key served as a secret of HS256', async () => {
    const secret = new TextEncoder().encode(rsa.pinned.key)
    const forged = await new CompactSign(Buffer.from('{"files":[]}'))
      .setProtectedHeader({ alg: 'HS256' })
      .sign(secret)
    const attacked = changed('.signatures.json', JSON.stringify({ signatures: [forged] }))
    await refused(attacked, /pinned key/, rsa.pinned)
  })

  it('is refused when its signature names another key id than the pinned one', async () => {
    assert.equal((await open(files, { ...ec.pinned, keyId: 'k1' })).serial, 7)
    await refused(files, /key id/, { ...ec.pinned, keyId: 'k2' })
  })

  for (const path of ['data.json', 'policy.wasm', '.manifest']) {
    it(`is refused with a changed ${path}, and without it`, async () => {
      const bytes = Buffer.from(files.get(path) ?? '')
      bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 1
      await refused(changed(path, bytes), new RegExp(path.replace('.', '\\.')))
      await refused(changed(path, undefined), /signed and missing/)
    })
  }

  it('does not mind other white space or order in its JSON, as OPA does not', async () => {
    const data = JSON.parse(textOf('data.json')) as object
    const turned = Object.fromEntries(Object.entries(data).toReversed())
    assert.equal((await open(changed('data.json', JSON.stringify(turned, null, 2)))).serial, 7)
  })

  it('is refused with a file that is not signed', async () => {
    for (const path of ['teams/data.json', 'x.rego', 'README', 'a/.signatures.json']) {
      await refused(changed(path, '{}'), /not signed/)
    }
  })

  it('is refused with a signed file that nobody reads', async () => {
    const hash = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    const entry = { name: 'teams/data.json', hash, algorithm: 'SHA-256' }
    const more = await resigned(({ files: all }) => ({ files: [...(all as object[]), entry] }))
    const all = new Map(more).set('teams/data.json', Buffer.from('{}'))
    await refused(all, /no file of a built policy/)
  })

  it('is refused without exactly one signature, or with a plugin', async () => {
    const [token = ''] = (JSON.parse(textOf('.signatures.json')) as { signatures: string[] })
      .signatures
    for (const signatures of [[], [token, token], [1], 'x', undefined]) {
      await refused(
        changed('.signatures.json', JSON.stringify({ signatures })),
        /exactly one signature/,
      )
    }
    const plugged = JSON.stringify({ signatures: [token], plugin: 'mine' })
    await refused(changed('.signatures.json', plugged), /plugin/)
    await refused(changed('.signatures.json', undefined), /missing/)
    await refused(changed('.signatures.json', '{'), /not JSON/)
  })

  it('is refused when its signature is for a scope, or lists files badly', async () => {
    await refused(await resigned((before) => ({ ...before, scope: 'write' })), /scope/)
    await refused(await resigned(() => ({})), /lists no files/)
    await refused(await resigned(() => ({ files: [{ name: 'x' }] })), /SHA-256/)
    await refused(
      await resigned(({ files: all }) => ({ files: [...(all as object[]), ...(all as object[])] })),
      /twice/,
    )
    await refused(
      await resigned(({ files: all }) => ({
        files: (all as object[]).map((file) => ({ ...file, algorithm: 'MD5' })),
      })),
      /SHA-256/,
    )
  })

  it('is refused without a serial or with a revision that cannot be shown', async () => {
    for (const [serial, revision] of [
      [0, 'r'],
      [1.5, 'r'],
      [1, 'a b'],
      [1, ''],
      [2 ** 53, 'r'],
    ] as const) {
      await assert.rejects(signedFiles(bundleWith(), serial, ec, revision), PolicyError)
    }
  })
})

describe('the archive of a bundle', () => {
  let archive: Buffer
  before(async () => {
    archive = Buffer.from(writeArchive(await signedFiles(bundleWith(), 1, ec)))
  })
  const cut = (bytes: Uint8Array): Promise<void> => assert.rejects(readArchive(bytes), PolicyError)

  it('is refused wherever it is cut', async () => {
    for (const part of [0, 0.1, 0.5, 0.9, 0.999]) {
      await cut(archive.subarray(0, Math.floor(archive.length * part)))
    }
  })

  it('is refused, or lacks a file that is missed, wherever what is in it is cut', async () => {
    const plain = gunzipSync(archive)
    for (const part of [0.1, 0.5, 0.9]) {
      const bytes = gzipSync(plain.subarray(0, Math.floor(plain.length * part)))
      await assert.rejects(
        readArchive(bytes).then((files) => open(files)),
        PolicyError,
      )
    }
  })

  it('is refused with a file twice, with a link, and when it is no archive', async () => {
    const plain = gunzipSync(archive)
    const end = plain.length - 1024
    await cut(gzipSync(Buffer.concat([plain.subarray(0, end), plain])))
    const linked = Buffer.from(plain)
    // The type of an entry stands at byte 156 of its header, and counts in its checksum.
    linked[156] = '2'.charCodeAt(0)
    const sum = linked.subarray(0, 512).reduce((all, byte, at) => {
      return all + (at >= 148 && at < 156 ? 32 : byte)
    }, 0)
    linked.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    await cut(gzipSync(linked))
    await cut(gzipSync(Buffer.from('no tar file'.repeat(100))))
    await cut(Buffer.from('no gzip file'))
  })

  it('is refused when it unpacks to more than a policy may be', async () => {
    await cut(gzipSync(Buffer.alloc(129 * 1024 * 1024)))
  })
})

describe('a signing key', () => {
  it('must be strong enough, and private', () => {
    assert.throws(() => openSigningKey('no key'), PolicyError)
    assert.throws(() => openSigningKey(ec.pinned.key), PolicyError)
  })

  it('says its algorithm', () => {
    assert.equal(openSigningKey(ec.secret).algorithm, 'ES256')
    assert.equal(openSigningKey(rsa.secret).algorithm, 'RS256')
  })
})
