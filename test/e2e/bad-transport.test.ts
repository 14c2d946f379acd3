import assert from 'node:assert/strict'
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  brotliCompressSync,
  createGzip,
  deflateSync,
  gzipSync,
  zstdCompressSync,
  constants as zlib,
} from 'node:zlib'
import { assertClean, assertForwarded, assertRefused, errorOf, PHI } from '../support/exchanges.ts'
import { ask } from '../support/gateway.ts'
import { head, rawClient } from '../support/raw-http.ts'
import { roomyPolicy } from '../support/roomy-policy.ts'
import { gatewayUnderTest, GOOD } from '../support/under-test.ts'

const LIMIT = 32 * 1024 * 1024

describe('bodies on their way in', () => {
  const under = gatewayUnderTest({
    policyDir: roomyPolicy(),
  })

  const ENCODINGS: Readonly<Record<string, (body: string) => Uint8Array>> = {
    gzip: gzipSync,
    'x-gzip': gzipSync,
    GZIP: gzipSync,
    deflate: deflateSync,
    br: (body) => brotliCompressSync(body, { params: { [zlib.BROTLI_PARAM_QUALITY]: 4 } }),
    zstd: zstdCompressSync,
    identity: (body) => Buffer.from(body),
  }
  for (const [encoding, encode] of Object.entries(ENCODINGS)) {
    it(`decodes ${encoding}, inspects what is in it and forwards it plain`, async () => {
      const harmless = await under.post(encode(GOOD), { 'content-encoding': encoding })
      assert.equal(harmless.status, 200)
      assert.equal(under.gateway.simulator.received.at(-1)?.headers['content-encoding'], undefined)
      assert.equal(under.forwarded().toString(), GOOD)
      assertForwarded(under.records(), 'complete', 200)
      const body = encode(JSON.stringify(ask(PHI)))
      const masked = await under.post(body, { 'content-encoding': encoding })
      assert.match(masked.headers.get('x-phigate-masked') ?? '', /US_SSN=1/)
      assertClean(under.forwarded().toString())
      assertForwarded(under.records(), 'complete', 200)
    })
  }

  for (const encoding of ['compress', 'gzip, gzip', 'identity, gzip', 'aws-chunked', '__proto__']) {
    it(`answers 415 to content-encoding ${encoding}`, async () => {
      await errorOf(await under.post(gzipSync(GOOD), { 'content-encoding': encoding }), 415)
      under.assertNotForwarded()
      assertRefused(under.records(), 'unsupported-encoding')
    })
  }

  const packed = gzipSync(JSON.stringify(ask(PHI)))
  const BROKEN: Readonly<Record<string, readonly [string, Uint8Array]>> = {
    'is not gzip': ['gzip', Buffer.from(JSON.stringify(ask(PHI)))],
    'is gzip cut off': ['gzip', packed.subarray(0, -6)],
    'is gzip with a wrong checksum': [
      'gzip',
      Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)]),
    ],
    'is empty gzip': ['gzip', new Uint8Array(0)],
    'is not brotli': ['br', Buffer.from(JSON.stringify(ask(PHI)))],
    'is not zstd': ['zstd', Buffer.from(JSON.stringify(ask(PHI)))],
    'is not deflate': ['deflate', Buffer.from(JSON.stringify(ask(PHI)))],
    'is gzip in gzip': ['gzip', gzipSync(packed)],
  }
  for (const [name, [encoding, body]] of Object.entries(BROKEN)) {
    it(`answers 400 to a body that ${name}`, async () => {
      await errorOf(await under.post(body, { 'content-encoding': encoding }), 400)
      under.assertNotForwarded()
      assertRefused(under.records(), 'invalid-request')
      await under.assertServes()
    })
  }

  it('answers 413 to a gzip bomb and never holds what it would become', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'phigate-bomb-'))
    const file = join(folder, 'bomb.gz')
    const block = Buffer.alloc(1024 * 1024, ' ')
    const bomb = createGzip({ level: 9 })
    const chunks: Buffer[] = []
    bomb.on('data', (chunk: Buffer) => chunks.push(chunk))
    await pipeline(Readable.from(Array.from({ length: 512 }, () => block)), bomb)
    writeFileSync(file, Buffer.concat(chunks))
    const before = process.memoryUsage().arrayBuffers
    let most = before
    const look = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 5)
    try {
      const response = await under.post(createReadStream(file), { 'content-encoding': 'gzip' })
      const envelope = await errorOf(response, 413)
      assert.equal(envelope.error.type, 'request_too_large')
    } finally {
      clearInterval(look)
      rmSync(folder, { recursive: true })
    }
    assert.ok(most - before < 3 * LIMIT, `held ${Math.round((most - before) / 1024 / 1024)} MB`)
    under.assertNotForwarded()
    assertRefused(under.records(), 'body-too-large')
    await under.assertServes()
  })

  it('answers 413 to 32 MB and one byte that the client announces', async () => {
    const response = await under.post(Buffer.alloc(LIMIT + 1, ' '))
    assert.equal((await errorOf(response, 413)).error.type, 'request_too_large')
    under.assertNotForwarded()
    assertRefused(under.records(), 'body-too-large')
    await under.assertServes()
  })

  it('answers 413 to 32 MB and one byte in chunks', async () => {
    const block = Buffer.alloc(1024 * 1024, ' ')
    const body = Readable.from([...Array.from({ length: 32 }, () => block), Buffer.from(' ')])
    const response = await under.post(body)
    assert.equal((await errorOf(response, 413)).error.type, 'request_too_large')
    under.assertNotForwarded()
    assertRefused(under.records(), 'body-too-large')
    await under.assertServes()
  })

  it('answers 413 to an announced gigabyte before any of it comes', async () => {
    const client = await rawClient(under.gateway.url)
    client.send(head('POST', '/v1/messages', under.headers({ 'content-length': 1024 ** 3 })))
    assert.match(await client.until(/\}\}$/), /^HTTP\/1\.1 413 /)
    client.close()
    under.assertNotForwarded()
    assertRefused(under.records(), 'body-too-large')
  })

  it('passes a harmless body of 30 MB byte for byte', async function () {
    this.timeout(120_000)
    const words = 'the kidney filters blood and keeps salts in balance; '
    const text = words.repeat(Math.ceil((1024 * 1024) / words.length))
    const blocks = Array.from({ length: 30 }, () => ({ type: 'text', text }))
    const body = Buffer.from(JSON.stringify(ask(blocks)))
    // The simulator would answer with all of it.
    under.gateway.simulator.respondWith((_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json' })
      res.end('{"type":"message","role":"assistant","content":[]}')
    })
    assert.equal((await under.post(body)).status, 200)
    assert.ok(under.forwarded().equals(body))
    assertForwarded(under.records(), 'complete', 200)
  })

  for (const [name, path, status] of [
    ['an unknown path', '/v1/nothing', 404],
    ['a closed surface', '/v1/files', 451],
    ['a wrong type', '/v1/messages', 415],
  ] as const) {
    it(`refuses ${name} at once, whatever large body comes along`, async () => {
      const more = { 'content-type': 'application/octet-stream' }
      const response = await fetch(new URL(path, under.gateway.url), {
        method: 'POST',
        headers: under.headers(more),
        body: Buffer.alloc(16 * 1024 * 1024, ' '),
      })
      await errorOf(response, status)
      under.assertNotForwarded()
      assert.equal(under.records().length, status === 404 ? 0 : 1)
      await under.assertServes()
    })
  }

  it('takes a body in chunks of any size', async () => {
    const body = Buffer.from(JSON.stringify(ask(`grüße 🩺 ${PHI}`)))
    const response = await under.post(
      Readable.from(Array.from(body, (byte) => Buffer.from([byte]))),
    )
    assert.equal(response.status, 200)
    assert.match(under.forwarded().toString(), /grüße 🩺 Patient \[PERSON_/)
    assert.equal(under.gateway.simulator.received.at(-1)?.headers['transfer-encoding'], undefined)
    assertForwarded(under.records(), 'complete', 200)
  })
})
