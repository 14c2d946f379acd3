import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertRefused, errorOf, eventually, watchRecords } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { BLOCK, SSE_TYPE, START } from '../support/upstream.ts'

describe('a blocked principal', () => {
  let dataDir: string
  let gateway: TestGateway
  let records: ReturnType<typeof watchRecords>
  let id: string
  const start = async (port = 0): Promise<void> => {
    gateway = await startTestGateway({ dataDir }, [], port)
    records = watchRecords(gateway)
    records()
    id = `${gateway.issuer.issuer.origin}|svc-triage`
  }
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'phigate-blocks-'))
    await start()
  })
  afterEach(async () => {
    await gateway.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const admin = async (what: 'block' | 'unblock', user = 'admin'): Promise<number> => {
    const token = await gateway.issuer.token(user)
    const response = await fetch(new URL(`/api/principals/${what}`, gateway.server.consoleUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id, reason: 'token was seen elsewhere' }),
    })
    await response.text()
    return response.status
  }
  const assertBlocked = async (): Promise<void> => {
    const calls = gateway.simulator.received.length
    const response = await gateway.post(ask('hello'))
    const { error } = await errorOf(response, 451)
    assert.equal(error.type, 'policy_denied')
    assert.equal(error.phigate?.reasons[0]?.code, 'principal-blocked')
    assert.equal(response.headers.get('x-should-retry'), 'false')
    assertRefused(records(), 'principal-blocked')
    assert.equal(gateway.simulator.received.length, calls)
  }
  /** Lets the upstream begin an answer, and tells when its connection is closed. */
  const begun = (begin: (res: ServerResponse) => void): Promise<{ closed: Promise<unknown> }> => {
    const arrived = Promise.withResolvers<{ closed: Promise<unknown> }>()
    gateway.simulator.respondWith((_req, res) => {
      begin(res)
      arrived.resolve({ closed: once(res, 'close') })
    })
    return arrived.promise
  }

  it('is refused, recorded, until an admin lets it in again', async () => {
    assert.equal(await admin('block'), 200)
    await assertBlocked()
    assert.equal(await admin('unblock', 'reviewer'), 403)
    await assertBlocked()
    assert.equal(await admin('unblock'), 200)
    const response = await gateway.post(ask('hello'))
    await response.text()
    assert.equal(response.status, 200)
    const told = gateway.records().filter(({ custom }) => custom.kind.startsWith('principal-'))
    assert.deepEqual(
      told.map(({ custom, requested_by: by }) => [
        custom.kind,
        custom.principal,
        custom.detail,
        by,
      ]),
      ['principal-blocked', 'principal-unblocked'].map((kind) => {
        return [kind, id, 'token was seen elsewhere', `${gateway.issuer.issuer.origin}|admin`]
      }),
    )
  })

  it('loses its open stream and the connection behind it', async () => {
    const upstream = begun((res) => res.writeHead(200, SSE_TYPE).write(START + BLOCK))
    const stream = await gateway.post(ask('hello', { stream: true }))
    assert.equal(stream.status, 200)
    const { closed } = await upstream
    assert.ok(stream.body !== null)
    const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = (await reader.read()).value ?? ''
    const before = performance.now()
    assert.equal(await admin('block'), 200)
    for (let read = await reader.read(); !read.done; read = await reader.read()) text += read.value
    await closed
    assert.ok(performance.now() - before < 5000)
    const last = text.trimEnd().split('\n\n').at(-1) ?? ''
    const [name, data = ''] = last.split('\n')
    assert.equal(name, 'event: error')
    assert.match(data, /"type":"policy_denied".*"principal-blocked"/)
    await eventually(() => {
      const end = gateway.records().find(({ custom }) => custom.kind === 'completion')?.custom
      assert.deepEqual([end?.end, end?.detail], ['denied', 'principal-blocked'])
    })
    records()
    gateway.simulator.respondWith(undefined)
    await assertBlocked()
  })

  it('gets no answer that has not begun', async () => {
    const upstream = begun(() => {})
    const waiting = gateway.post(ask('hello'))
    const { closed } = await upstream
    assert.equal(await admin('block'), 200)
    const { error } = await errorOf(await waiting, 451)
    assert.equal(error.phigate?.reasons[0]?.code, 'principal-blocked')
    await closed
  })

  it('stays out over a restart, while others are served', async function () {
    this.timeout(120_000)
    assert.equal(await admin('block'), 200)
    const port = Number(gateway.issuer.issuer.port)
    await gateway.stop()
    await start(port)
    await assertBlocked()
    const other = await gateway.issuer.token('svc-batch')
    const headers = { authorization: `Bearer ${other}` }
    const response = await gateway.post(ask('hello'), { headers })
    await response.text()
    assert.equal(response.status, 200)
  })
})
