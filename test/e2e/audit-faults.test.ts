import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { verifyLog } from '../../src/record/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import {
  assertClean,
  assertForwarded,
  assertRefused,
  capturedStderr,
  errorOf,
  eventually,
  PHI,
  watchRecords,
} from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { delta, JSON_TYPE, OPEN, SHUT, SSE_TYPE, START, STOP } from '../support/upstream.ts'

/** No file of this process may grow beyond so many bytes: a disk that is full, and can be emptied again. */
function limitFiles(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`])
}

describe('a gateway that cannot record', () => {
  const stderr = capturedStderr()
  let gateway: TestGateway
  let records: () => AuditRecord[]
  let forwarded = 0

  before(async () => {
    gateway = await startTestGateway()
    records = watchRecords(gateway)
    await said()
    forwarded += 1
    records()
  })
  after(() => gateway.stop())
  afterEach(async () => {
    limitFiles('unlimited')
    gateway.simulator.respondWith(undefined)
    assertClean(gateway.written() + stderr())
    assert.equal((await verifyLog(file('audit', 'audit.ndjson'))).ok, true)
  })

  const file = (...name: string[]): string => join(gateway.dataDir, ...name)
  const auditSize = (): number => statSync(file('audit', 'audit.ndjson')).size
  /** Nothing of it is new: the audit log is the only file that it writes to. */
  const said = (more: Record<string, unknown> = {}): Promise<Response> =>
    gateway.post(ask(PHI, more))
  const readiness = async (): Promise<{ status: number; missing: unknown }> => {
    const response = await fetch(new URL('/readyz', gateway.url))
    const { missing } = (await response.json()) as { missing: unknown }
    return { status: response.status, missing }
  }
  /** The disk is full for as long as the work takes, and not while the reporter prints. */
  const withLimit = async (bytes: number, work: () => Promise<void>): Promise<void> => {
    limitFiles(bytes)
    try {
      await work()
    } finally {
      limitFiles('unlimited')
    }
  }
  const assertServes = async (): Promise<void> => {
    const response = await said()
    assert.equal(response.status, 200)
    forwarded += 1
    assertForwarded(records(), 'complete', 200)
  }

  it('forwards nothing while the audit log cannot be written, and goes on when it can', async () => {
    for (const room of [0, 100]) {
      await withLimit(auditSize() + room, async () => {
        for (const more of [{}, { stream: true }]) {
          const envelope = await errorOf(await said(more), 503)
          assert.equal(envelope.error.type, 'api_error')
        }
        const path = '/v1/messages/count_tokens'
        await errorOf(await gateway.post(ask(PHI), { path }), 503)
        await errorOf(await gateway.post(`not JSON: ${PHI}`), 503)
        await errorOf(await gateway.post(ask(PHI), { path: '/v1/files' }), 503)
        assert.deepEqual(await readiness(), { status: 503, missing: ['audit'] })
      })
      assert.equal(gateway.simulator.received.length, forwarded)
      assert.deepEqual(records(), [])
      await assertServes()
      assert.equal((await readiness()).status, 200)
    }
  })

  it('finds out by itself that the audit log can be written again', async () => {
    await withLimit(auditSize(), async () => {
      await errorOf(await said(), 503)
    })
    assert.equal((await readiness()).status, 503)
    for (let round = 0; round < 100 && (await readiness()).status !== 200; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    assert.equal((await readiness()).status, 200)
    assert.deepEqual(records(), [])
    await assertServes()
  })

  for (const stream of [false, true]) {
    it(`withholds an answer whose end cannot be recorded, ${stream ? 'streamed' : 'JSON'}`, async () => {
      const go = Promise.withResolvers<void>()
      gateway.simulator.respondWith(async (_req, res) => {
        await go.promise
        const answer = { type: 'message', content: [{ type: 'text', text: 'the whole answer' }] }
        const events = [
          { type: 'message_start', message: { content: [] } },
          { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
          {
            type: 'content_block_delta',
            index: 0,
            delta: { type: 'text_delta', text: 'the whole answer' },
          },
          { type: 'content_block_stop', index: 0 },
          { type: 'message_stop' },
        ]
        const lines = events.map((e) => `event: ${e.type}\ndata: ${JSON.stringify(e)}\n\n`)
        res.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' })
        res.end(stream ? lines.join('') : JSON.stringify(answer))
      })
      const asked = said(stream ? { stream } : {})
      await eventually(() => assert.equal(gateway.simulator.received.length, forwarded + 1))
      forwarded += 1
      await withLimit(auditSize(), async () => {
        go.resolve()
        await errorOf(await asked, 503)
      })
      // The decision was durable before the request left; its end never came to be.
      assert.deepEqual(
        records().map(({ custom }) => custom.kind),
        ['decision'],
      )
      gateway.simulator.respondWith(undefined)
      await assertServes()
    })
  }

  it('forwards nothing while recordings cannot be written, and goes on when they can', async () => {
    const names = [
      'audit/audit.ndjson',
      'recordings/recordings-000001.bin',
      'phigate.db',
      'phigate.db-wal',
      'recordings.db-wal',
    ]
    const largest = Math.max(...names.map((name) => statSync(file(name)).size))
    const room = 512 * 1024
    const long = ask(`${PHI} ${'salt and water '.repeat((largest + room) / 10)}`)
    await withLimit(largest + room, async () => {
      await errorOf(await gateway.post(long), 503)
      assert.deepEqual(await readiness(), { status: 503, missing: ['recordings'] })
    })
    assert.equal(gateway.simulator.received.length, forwarded)
    // The log itself can be written: it says why.
    const [decided, ...refused] = records()
    assertRefused(refused, 'audit-unavailable')
    // Both go to the disk at once: the decision may have come there, and its refusal follows it.
    assert.equal(decided?.decision_id, refused[0]?.decision_id)
    assert.equal(decided?.result?.outcome, 'mask')
    assert.equal(refused[0]?.custom.supersedes, decided.custom.seq)
    assert.equal((await gateway.post(long)).status, 200)
    forwarded += 1
    assertForwarded(records(), 'complete', 200)
    assert.equal((await readiness()).status, 200)
    await assertServes()
  })

  for (const stream of [false, true]) {
    it(`withholds an answer that cannot be recorded, ${stream ? 'streamed' : 'JSON'}, and the log says that it did`, async () => {
      // The recording alone grows by it.
      const text = `${stream} `.concat('salt and water '.repeat(40_000))
      gateway.simulator.respondWith((_req, res) => {
        if (!stream) {
          const content = [{ type: 'text', text }]
          res.writeHead(200, JSON_TYPE).end(JSON.stringify({ type: 'message', content }))
          return
        }
        const block = OPEN + delta(text) + SHUT
        res.writeHead(200, SSE_TYPE).end(START + block + STOP)
      })
      const sizes = [
        'audit/audit.ndjson',
        'recordings/recordings-000001.bin',
        'phigate.db',
        'phigate.db-wal',
        'recordings.db-wal',
      ]
      const largest = Math.max(...sizes.map((name) => statSync(file(name)).size))
      await withLimit(largest + 100_000, async () => {
        const response = await said(stream ? { stream } : {})
        assert.equal(response.status, stream ? 200 : 503)
        const body = await response.text()
        assert.ok(!body.includes('message_stop'))
        if (!stream) assert.ok(!body.includes(text.slice(0, 100)))
      })
      forwarded += 1
      const [, ended, withheld] = records()
      assert.equal(ended?.custom.end, 'complete')
      const { end, status, detail, supersedes } = withheld?.custom ?? {}
      assert.deepEqual(
        [end, status, detail, supersedes],
        ['interrupted', 503, 'audit-unavailable', ended.custom.seq],
      )
      gateway.simulator.respondWith(undefined)
      await assertServes()
    })
  }
})
