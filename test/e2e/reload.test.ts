import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../src/config/index.ts'
import { startSimulator, type Simulator } from '../../src/demo/simulator/index.ts'
import { assertClean, capturedStderr, eventually } from '../support/exchanges.ts'
import { phigate, startScript } from '../support/command.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'

const STRICT = `  - name: claude-strict
    upstream: HERE
    keys: [{ id: strict, env: UPSTREAM_KEY }]
    labels: { baa: false }
`

describe('a reload of the configuration', () => {
  const stderr = capturedStderr()
  let directory: string
  let file: string
  let upstream: Simulator
  let gateway: TestGateway
  let issuer: string
  /** Records and characters of the log that are older than the test. */
  let seen = 0
  let said = 0

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-reload-'))
    file = join(directory, 'phigate.yaml')
    upstream = await startSimulator({ port: 0 })
    gateway = await startTestGateway()
    issuer = gateway.issuer.issuer.origin
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
    rmSync(directory, { recursive: true, force: true })
  })
  beforeEach(async () => {
    upstream.respondWith(undefined)
    await reload(STRICT, 'sk-base-0123456789')
    seen = gateway.records().length
    said = stderr().length
  })

  const text = (more: string, key = 'next'): string => `
issuers: [{ url: '${issuer}' }]
connections:
  - name: claude
    upstream: ${upstream.url.origin}
    keys: [{ id: ${key}, env: UPSTREAM_KEY }]
    labels: { baa: true }
${more.replace('HERE', upstream.url.origin)}`
  const reload = (more = '', key = 'sk-next-0123456789'): Promise<void> => {
    writeFileSync(file, text(more))
    return gateway.server.reload(() => loadConfig(file, { UPSTREAM_KEY: key }))
  }
  const keyOfLast = (): unknown => upstream.received.at(-1)?.headers['x-api-key']
  const activations = (): string[] =>
    gateway
      .records()
      .slice(seen)
      .filter(({ custom }) => custom.kind === 'config-activation')
      .map(({ custom }) => custom.detail ?? '')
  const logged = (event: string): Record<string, string>[] =>
    stderr()
      .slice(said)
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes(`"event":"${event}"`))
      .map((line) => JSON.parse(line) as Record<string, string>)

  it('changes the key that the upstream is sent, and says so', async () => {
    assert.equal((await gateway.post(ask('good morning'))).status, 200)
    const before = keyOfLast()
    await reload()
    assert.equal((await gateway.post(ask('good morning'))).status, 200)
    assert.equal(keyOfLast(), 'sk-next-0123456789')
    assert.notEqual(keyOfLast(), before)
    assert.match(activations().join(), /^reloaded: claude \(keys next\)/)
    assert.equal(logged('config-reloaded').length, 1)
    assert.ok(!gateway.written().includes('sk-next'))
    assert.ok(!stderr().includes('sk-next'))
  })

  it('takes connections away and adds them, and changes limits', async () => {
    await reload('limits: { bodyBytes: 1024 }\n')
    const path = '/c/claude-strict/v1/messages'
    assert.equal((await gateway.post(ask('good morning'), { path })).status, 404)
    assert.equal((await gateway.post(ask('long '.repeat(400)))).status, 413)
  })

  const broken: readonly (readonly [string, string, string])[] = [
    ['has an unknown key', 'extra: 1', 'sk-next'],
    ['is no YAML', 'extra: [', 'sk-next'],
    ['misses a secret', '', ''],
  ]
  for (const [what, more, key] of broken) {
    it(`keeps the last good configuration when the file ${what}`, async () => {
      await gateway.post(ask('good morning'))
      const before = keyOfLast()
      await reload(more, key)
      assert.equal((await gateway.post(ask('good morning'))).status, 200)
      assert.equal(keyOfLast(), before)
      assert.match(activations().join(), /^reload refused: the last good configuration goes on/)
      const [line] = logged('config-reload-failed').slice(-1)
      assert.match(line?.['problems'] ?? '', /phigate\.yaml: /)
    })
  }

  it('says what waits for a restart, and takes the rest', async () => {
    await reload('dataDir: elsewhere\nlisten: { port: 1 }\n')
    assert.match(activations().join(), /waiting for a restart: .*\/listen.*\/dataDir/)
    assert.equal((await gateway.post(ask('good morning'))).status, 200)
    assert.equal(keyOfLast(), 'sk-next-0123456789')
  })

  it('leaves an exchange that is under way with what it began with', async () => {
    const held: ServerResponse[] = []
    upstream.respondWith((_request, response) => void held.push(response))
    const slow = gateway.post(ask('good morning'), { path: '/c/claude-strict/v1/messages' })
    await eventually(() => assert.equal(held.length, 1))
    const before = keyOfLast()
    await reload()
    upstream.respondWith(undefined)
    assert.equal((await gateway.post(ask('good evening'))).status, 200)
    assert.notEqual(keyOfLast(), before)
    held[0]?.writeHead(200, { 'content-type': 'application/json' })
    held[0]?.end('{"type":"message","content":[{"type":"text","text":"salt"}]}')
    const response = await slow
    assert.equal(response.status, 200)
    assertClean(await response.text())
  })

  it('runs one after the other, so that the last one holds', async () => {
    await Promise.all([reload('', 'sk-first'), reload('', 'sk-second'), reload('', 'sk-third')])
    await gateway.post(ask('good morning'))
    assert.equal(keyOfLast(), 'sk-third')
    assert.equal(activations().length, 3)
  })

  it('is what SIGHUP asks a running gateway for', async () => {
    const own = text('dataDir: data\nlisten: { port: 0 }\nconsole: { port: 0 }\n')
    writeFileSync(file, own)
    assert.equal((await phigate(['keys', 'init', '--config', file])).code, 0)
    const child = startScript('phigate', ['start', '--config', file], { UPSTREAM_KEY: 'sk-one' })
    let heard = ''
    child.stderr?.on('data', (chunk: Buffer) => (heard += chunk.toString('utf8')))
    const hears = (pattern: RegExp): Promise<void> => eventually(() => assert.match(heard, pattern))
    try {
      await hears(/"event":"ready"/)
      writeFileSync(file, `${own}extra: 1\n`)
      child.kill('SIGHUP')
      await hears(/"event":"config-reload-failed".*phigate\.yaml: \/ has an unknown key/)
      writeFileSync(file, own.replace('id: next', 'id: after'))
      child.kill('SIGHUP')
      await hears(/"event":"config-reloaded".*claude \(keys after\)/)
      const rotated = await phigate(['keys', 'rotate', '--purpose', 'mask', '--config', file])
      assert.equal(rotated.code, 0)
      child.kill('SIGHUP')
      await hears(
        /"event":"keyring-reloaded".*mask-[0-9a-f]+: active -> accepted, mask-[0-9a-f]+: new -> active/,
      )
    } finally {
      child.kill('SIGTERM')
      await once(child, 'close')
    }
    assert.equal(child.exitCode, 0)
  })
})
