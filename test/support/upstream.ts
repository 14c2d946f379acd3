import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import { close, listen } from '../../src/demo/loopback.ts'
import { startSimulator, type Simulator } from '../../src/demo/simulator/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { assertClean, assertForwarded, capturedStderr, watchRecords } from './exchanges.ts'
import { ask, connectionsTo, startTestGateway, UPSTREAM_KEY, type TestGateway } from './gateway.ts'

export const JSON_TYPE = { 'content-type': 'application/json' }
export const SSE_TYPE = { 'content-type': 'text/event-stream; charset=utf-8' }

export const event = (data: Readonly<Record<string, unknown>>): string =>
  `event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`
export const START = event({ type: 'message_start', message: { type: 'message', content: [] } })
export const OPEN = event({
  type: 'content_block_start',
  index: 0,
  content_block: { type: 'text', text: '' },
})
export const delta = (text: string): string =>
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })
export const SHUT = event({ type: 'content_block_stop', index: 0 })
export const STOP = event({ type: 'message_stop' })
export const BLOCK = OPEN + delta('salt and water') + SHUT

/** A gateway before an upstream that answers as a test wants; claude-strict leads to a port where nobody listens. */
export interface UpstreamUnderTest {
  readonly upstream: Simulator
  readonly gateway: TestGateway
  /** Decisions and completions since the last look. */
  records(): AuditRecord[]
  answerWith(respond: (res: ServerResponse) => unknown): void
  askFor(stream: boolean): Promise<Response>
}

/**
 * Starts and stops it around the tests of a file. After each test: nothing was recorded that the test did not look at,
 * the process lives, and the next exchange is as good as any.
 */
export function upstreamUnderTest(timeoutMs: number): UpstreamUnderTest {
  const stderr = capturedStderr()
  let started:
    { upstream: Simulator; gateway: TestGateway; records: () => AuditRecord[] } | undefined
  const running = (): NonNullable<typeof started> => {
    assert.ok(started !== undefined, 'asked for before the tests run')
    return started
  }
  before(async () => {
    const upstream = await startSimulator({ port: 0, apiKey: UPSTREAM_KEY })
    const gone = createServer()
    const nowhere = await listen(gone, 0)
    await close(gone)
    const [claude] = connectionsTo(upstream.url, timeoutMs)
    const [, strict] = connectionsTo(nowhere, timeoutMs)
    assert.ok(claude !== undefined && strict !== undefined)
    const gateway = await startTestGateway({ connections: [claude, strict] })
    started = { upstream, gateway, records: watchRecords(gateway) }
    started.records()
  })
  after(async () => {
    await running().gateway.stop()
    await running().upstream.close()
  })
  afterEach(async () => {
    const { upstream, gateway, records } = running()
    upstream.respondWith(undefined)
    assert.equal(records().length, 0, 'records came that the test did not see')
    const response = await gateway.post(ask('good morning'))
    assert.equal(response.status, 200)
    assert.match(await response.text(), /The simulator repeats: good morning/)
    assertForwarded(records(), 'complete', 200)
    assertClean(gateway.written() + stderr())
  })
  return {
    get upstream() {
      return running().upstream
    },
    get gateway() {
      return running().gateway
    },
    records: () => running().records(),
    answerWith: (respond) =>
      running().upstream.respondWith((_req, res) => {
        respond(res)
      }),
    askFor: (stream) =>
      running().gateway.post(ask('What keeps salts in balance?', stream ? { stream } : {})),
  }
}
