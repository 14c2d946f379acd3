import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type Simulator } from '../../src/demo/simulator/index.ts'
import { verifyLog } from '../../src/record/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { phigate, startDemoProcess, type DemoProcess } from '../support/demo-process.ts'
import {
  assertClean,
  checkedError,
  errorOf,
  eventually,
  IDENTIFIERS,
  PHI,
} from '../support/exchanges.ts'
import { ask, UPSTREAM_KEY } from '../support/gateway.ts'
import { head, rawClient } from '../support/raw-http.ts'

const START = 'event: message_start\ndata: {"type":"message_start","message":{"content":[]}}\n\n'
const STOP = 'event: message_stop\ndata: {"type":"message_stop"}\n\n'

describe('phigate demo, a process of its own', () => {
  let dataDir: string
  let upstream: Simulator
  let demo: DemoProcess

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'phigate-operations-'))
    upstream = await startSimulator({ port: 0, apiKey: UPSTREAM_KEY })
    demo = await startDemoProcess(dataDir, upstream.url)
  })
  after(async () => {
    demo.kill('SIGKILL')
    await demo.exit
    await upstream.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  afterEach(() => {
    upstream.respondWith(undefined)
    assertClean(demo.said())
  })

  const log = (): string => join(dataDir, 'audit', 'audit.ndjson')
  const post = (body: unknown, to = demo): Promise<Response> =>
    fetch(new URL('/v1/messages', to.gateway), {
      method: 'POST',
      headers: { authorization: `Bearer ${to.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const get = async (path: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(new URL(path, demo.gateway))
    return { status: response.status, body: await response.json() }
  }

  it('tells that it lives and that it is ready, without a credential', async () => {
    assert.deepEqual(await get('/healthz'), { status: 200, body: { status: 'ok' } })
    await post(ask('good morning'))
    // The demo's connection may take patients' data, and nobody is listed.
    const warnings = ['roster-missing']
    const body = { ready: true, missing: [], warnings }
    assert.deepEqual(await get('/readyz'), { status: 200, body })
    for (const path of ['/api/hello', '/c/claude/api/hello']) {
      const hello = await fetch(new URL(path, demo.gateway), { method: 'HEAD' })
      assert.equal(hello.status, 200)
    }
  })

  it('answers on loopback under its own names alone', async () => {
    const { port } = demo.gateway
    const answerTo = async (at: URL, host: string, path: string): Promise<string> => {
      const client = await rawClient(at)
      client.send(head('GET', path, { host, connection: 'close' }))
      const answer = await client.until(/\r\n\r\n[^]+\}$/)
      client.close()
      return answer
    }
    for (const host of ['127.0.0.1', `127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      assert.match(await answerTo(demo.gateway, host, '/healthz'), /^HTTP\/1\.1 200 /)
    }
    const foreign = [
      'phigate.example',
      `rebound.example:${port}`,
      '127.0.0.1.example',
      '',
      '0.0.0.0',
    ]
    for (const host of foreign) {
      for (const path of ['/healthz', '/v1/models']) {
        const [said = '', body = ''] = (await answerTo(demo.gateway, host, path)).split('\r\n\r\n')
        assert.match(said, /^HTTP\/1\.1 404 /)
        checkedError(body, /^request-id: (.*)$/m.exec(said)?.[1] ?? '')
      }
      const page = await answerTo(demo.console, host, '/status')
      assert.doesNotMatch(page, /^HTTP\/1\.1 (?:200|401) /)
    }
  })

  it('answers each of 200 callers at once, with what is theirs', async function () {
    this.timeout(120_000)
    const before = upstream.received.length
    const all = Array.from({ length: 200 }, async (_, index) => {
      const response = await post(ask(`${PHI}, asks about note no. ${index}.`))
      const text = await response.text()
      assert.equal(response.status, 200, text)
      assert.match(
        text,
        new RegExp(`The simulator repeats: Patient .* asks about note no\\. ${index}\\.`),
      )
      for (const identifier of IDENTIFIERS.slice(1)) assert.ok(text.includes(identifier))
      return response.headers.get('x-phigate-decision-id')
    })
    const ids = await Promise.all(all)
    assert.equal(new Set(ids).size, 200)
    assert.equal(upstream.received.length - before, 200)
    for (const { bodyBytes } of upstream.received) assertClean(bodyBytes.toString())
    const records = recordsIn(log()).filter((record) => ids.includes(record.decision_id ?? null))
    assert.equal(records.length, 400)
  })

  it('finishes what is under way on SIGTERM, refuses what is new, and leaves a log that checks', async function () {
    this.timeout(120_000)
    const arrived = Promise.withResolvers<ServerResponse>()
    upstream.respondWith((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' }).write(START)
      arrived.resolve(res)
    })
    const stream = await post(ask('good morning', { stream: true }))
    const upstreamSide = await arrived.promise
    const calls = upstream.received.length
    demo.kill('SIGTERM')
    let ready = await get('/readyz')
    while (ready.status === 200) ready = await get('/readyz')
    const body = { ready: false, missing: ['draining'], warnings: ['roster-missing'] }
    assert.deepEqual(ready, { status: 503, body })
    assert.equal((await get('/healthz')).status, 200)
    const refused = await post(ask(PHI))
    assert.equal(refused.headers.get('retry-after'), '1')
    assert.equal(refused.headers.get('connection'), 'close')
    assert.equal((await errorOf(refused, 503)).error.type, 'api_error')
    assert.equal(upstream.received.length, calls)
    // More than the sockets in between hold, so that the client's part is still under way when the upstream's is done.
    // Thinking, because it passes as it came however busy the machine is.
    const thinking = 'x'.repeat(10_000_000)
    const begun = { type: 'thinking', thinking: '', signature: '' }
    const block = [
      { type: 'content_block_start', index: 0, content_block: begun },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking } },
      { type: 'content_block_stop', index: 0 },
    ]
    const rest =
      block.map((e) => `event: ${e.type}\ndata: ${JSON.stringify(e)}\n\n`).join('') + STOP
    upstreamSide.end(rest)
    const id = stream.headers.get('x-phigate-decision-id')
    const isEnded = ({ custom, decision_id: of }: AuditRecord): boolean =>
      custom.kind === 'completion' && of === id
    await eventually(() => assert.ok(recordsIn(log()).some(isEnded)), 15_000)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const received = await stream.text()
    assert.ok(
      received === START + rest,
      `${received.length} of ${(START + rest).length} characters`,
    )
    assert.equal(await demo.exit, 0)
    assert.equal(recordsIn(log()).at(-1)?.custom.kind, 'stop')
    assert.equal((await verifyLog(log())).ok, true)
  })

  it('checks its log from the command line, against a head noted before', async () => {
    const args = ['audit', 'verify', '--data-dir', dataDir]
    const good = await phigate(args)
    assert.equal(good.code, 0)
    const [, seq = '', hash = ''] = /head (\d+):([0-9a-f]{64})/.exec(good.stdout) ?? []
    assert.equal((await phigate([...args, '--expect-head', `${seq}:${hash}`])).code, 0)
    const third = recordsIn(log())[2]?.custom
    assert.equal((await phigate([...args, '--expect-head', `3:${third?.hash ?? ''}`])).code, 0)
    assert.equal((await phigate([...args, '--expect-head', `${Number(seq) + 1}:${hash}`])).code, 1)
    assert.equal((await phigate([...args, '--expect-head', `4:${third?.hash ?? ''}`])).code, 1)
    assert.equal((await phigate([...args, '--expect-head', 'nonsense'])).code, 2)
  })

  it('has recorded what the upstream saw when it is killed, and opens again', async function () {
    this.timeout(120_000)
    const folder = mkdtempSync(join(tmpdir(), 'phigate-killed-'))
    const path = join(folder, 'audit', 'audit.ndjson')
    const seen: string[] = []
    const unrecorded: string[] = []
    upstream.respondWith((_req, res, { bodyBytes }) => {
      const digest = createHash('sha256').update(bodyBytes).digest('hex')
      seen.push(digest)
      // Durable before the first byte went out: it is in the file by now.
      if (!readFileSync(path, 'utf8').includes(`"bodySha256":"${digest}"`)) unrecorded.push(digest)
      res.writeHead(200, { 'content-type': 'application/json' })
      res.end('{"type":"message","role":"assistant","content":[]}')
    })
    const victim = await startDemoProcess(folder, upstream.url)
    const answered: string[] = []
    const caller = async (number: number): Promise<void> => {
      for (let turn = 0; ; turn += 1) {
        const response = await post(
          ask(`${PHI}: caller no. ${number} asks again, ${turn}.`),
          victim,
        )
        await response.arrayBuffer()
        answered.push(response.headers.get('x-phigate-decision-id') ?? 'none')
      }
    }
    const callers = Array.from({ length: 16 }, (_, number) => caller(number).catch(() => undefined))
    await eventually(() => assert.ok(seen.length > 80), 20_000)
    victim.kill('SIGKILL')
    await Promise.all([victim.exit, ...callers])
    assert.deepEqual(unrecorded, [])
    const again = await startDemoProcess(folder, upstream.url)
    assert.equal((await post(ask('good morning'), again)).status, 200)
    again.kill('SIGTERM')
    assert.equal(await again.exit, 0)
    const records = recordsIn(path)
    const decided = new Set(records.map(({ custom }) => custom.bodySha256))
    assert.deepEqual(
      seen.filter((digest) => !decided.has(digest)),
      [],
    )
    const completed = new Set(
      records.flatMap(({ custom, decision_id: id }) => (custom.kind === 'completion' ? [id] : [])),
    )
    assert.deepEqual(
      answered.filter((id) => !completed.has(id)),
      [],
    )
    const { code, stdout } = await phigate(['audit', 'verify', '--data-dir', folder])
    assert.equal(code, 0, stdout)
    assertClean(victim.said() + again.said() + readFileSync(path, 'utf8'))
    rmSync(folder, { recursive: true, force: true })
  })
})

/** The records of the lines that are whole; the last one may be under way. */
function recordsIn(path: string): AuditRecord[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.slice(0, -1).map((line) => JSON.parse(line) as AuditRecord)
}
