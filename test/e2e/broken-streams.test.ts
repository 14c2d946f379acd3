import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '../../src/demo/simulator/index.ts'
import { verifyFolder } from '../../src/record/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { phigate } from '../support/command.ts'
import { openBrowser, signInAs } from '../support/browser.ts'
import { consoleAs } from '../support/console.ts'
import { startDemoProcess } from '../support/demo-process.ts'
import { eventually } from '../support/exchanges.ts'
import { ask, startTestGateway, UPSTREAM_KEY, type TestGateway } from '../support/gateway.ts'
import { assertNowhere } from '../support/leaks.ts'
import { recordedTexts } from '../support/recordings.ts'
import { delta, event, OPEN, SSE_TYPE, START } from '../support/upstream.ts'

const NAME = 'Jorvina Quillmark'
const SSN = '219-09-9941'
const ASKED = ask(`Patient: ${NAME}. What now?`, { stream: true })

/** Thinking that ends, a text of which an identifier is masked, and a call whose input goes on. */
const THOUGHT = { type: 'thinking', thinking: 'Salts first, I think.', signature: 'c2FsdHM=' }
const BEGINNING =
  START +
  event({ type: 'content_block_start', index: 0, content_block: THOUGHT }) +
  event({ type: 'content_block_stop', index: 0 }) +
  OPEN.replace('"index":0', '"index":1') +
  delta(`Her SSN is ${SSN}, and salts are in balance. Half a wor`).replace('"index":0', '"index":1')

interface Shown {
  readonly exchanges: readonly {
    readonly exchange: string
    readonly answer: {
      readonly end: string
      readonly detail?: string
      readonly brokenOff?: string
      readonly timing?: readonly number[]
      readonly content: readonly Record<string, unknown>[]
    } | null
  }[]
}

describe('a stream that breaks off', function () {
  this.timeout(120_000)
  let dataDir: string
  let gateway: TestGateway
  let upstream: ServerResponse | undefined

  /** @param drainMs how long a stop lets exchanges go on */
  const start = async (drainMs?: number): Promise<void> => {
    gateway = await startTestGateway({ dataDir }, [], 0, drainMs)
    gateway.simulator.respondWith((_req, res) => {
      upstream = res
      res.writeHead(200, SSE_TYPE).write(BEGINNING)
    })
  }
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'phigate-broken-'))))
  afterEach(async () => {
    await gateway.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** Asks, and reads until the text has begun. */
  async function begin(signal?: AbortSignal): Promise<Reading> {
    const headers = { 'x-phigate-session': 'one' }
    const response = await gateway.post(ASKED, {
      headers,
      ...(signal === undefined ? {} : { signal }),
    })
    assert.ok(response.body !== null)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let got = ''
    while (!got.includes('in balance')) {
      const { value, done } = await reader.read()
      assert.ok(!done, got)
      got += value
    }
    assert.ok(!got.includes(SSN))
    return {
      async rest() {
        for (let read = await reader.read(); !read.done; read = await reader.read())
          got += read.value
        return got
      },
    }
  }
  interface Reading {
    /** All that the client got. */
    rest(): Promise<string>
  }

  const completion = (): AuditRecord | undefined =>
    gateway.records().find(({ custom }) => custom.kind === 'completion')

  /** What record and recording say, and that they say the same. */
  async function assertRecorded(
    end: AuditRecord['custom']['end'],
    detail: string | undefined,
    why: string,
  ): Promise<void> {
    await eventually(() => assert.ok(completion() !== undefined))
    const record = completion()
    assert.ok(record !== undefined)
    const { custom } = record
    assert.deepEqual([custom.end, custom.detail], [end, detail])
    assert.deepEqual([custom.inspection, custom.masked], ['broken-off', { US_SSN: 1 }])
    const auditor = await consoleAs(gateway, 'auditor')
    const id = custom.session ?? ''
    const { exchanges } = (await (await auditor.get(`/api/sessions/${id}`)).json()) as Shown
    const answer = exchanges[0]?.answer
    assert.deepEqual([answer?.end, answer?.detail, answer?.brokenOff], [end, detail, why])
    assert.deepEqual(answer?.content[0], THOUGHT)
    const { text } = answer.content[1] as { text: string }
    assert.match(text, /^Her SSN is \[US_SSN[^\]]*\], and salts are in balance\./)
    assert.ok(!text.includes('wor'), 'what was held did not go out')
    assert.equal(answer.content.length, 2)
    assert.ok((answer.timing?.length ?? 0) >= 2)
    const path = `/api/sessions/${id}/exchanges/${exchanges[0]?.exchange}`
    const bytes = (await (await auditor.get(path)).json()) as { answer: string }
    assert.equal(createHash('sha256').update(bytes.answer).digest('hex'), custom.recording)
    const browser = openBrowser(gateway.server.consoleUrl)
    await signInAs(browser, 'auditor')
    const page = (await browser.get(`/sessions/${id}`)).text
    const told = { PHIGATE_CONSOLE: gateway.server.consoleUrl.href }
    for (const args of [['replay'], ['export', '--format', 'markdown'], ['show']]) {
      const token = await gateway.issuer.token('auditor')
      const env = { ...told, PHIGATE_CONSOLE_TOKEN: token }
      const { stdout, code } = await phigate(['sessions', ...args, id], env)
      assert.equal(code, 0)
      assert.match(stdout, new RegExp(`broken off: ${why}`), args.join(' '))
    }
    assert.match(page, new RegExp(`Broken off: ${why}`))
    assertNowhere([NAME, 'Quillmark', SSN], { page, written: gateway.written() })
  }

  it('because its client went is recorded as far as it went out', async () => {
    await start()
    const client = new AbortController()
    await begin(client.signal)
    client.abort()
    await assertRecorded('client-aborted', undefined, 'the client went away')
  })

  it('because its upstream went is recorded, with the error that the client got', async () => {
    await start()
    const reading = await begin()
    upstream?.destroy()
    assert.match(await reading.rest(), /event: error\ndata: .*"api_error"/)
    await assertRecorded('upstream-cut', undefined, 'the upstream went away')
  })

  it('inside an event that cannot be read is recorded up to there', async () => {
    await start()
    const reading = await begin()
    upstream?.write(event({ type: 'content_block_delta', index: 7 }))
    assert.match(await reading.rest(), /event: error/)
    await assertRecorded('upstream-garbage', undefined, 'the upstream sent what cannot be read')
  })

  it('because the upstream says so is recorded', async () => {
    await start()
    const reading = await begin()
    const error = { type: 'overloaded_error', message: 'Overloaded' }
    upstream?.end(event({ type: 'error', error }))
    assert.match(await reading.rest(), /overloaded_error/)
    await assertRecorded('upstream-error', undefined, 'the upstream reported an error')
  })

  it('because its caller was blocked is recorded', async () => {
    await start()
    const reading = await begin()
    const id = `${gateway.issuer.issuer.origin}|svc-triage`
    const admin = await consoleAs(gateway, 'admin')
    const blocked = await admin.post('/api/principals/block', {
      id,
      reason: 'token seen elsewhere',
    })
    assert.equal(blocked.status, 200)
    assert.match(await reading.rest(), /event: error\ndata: .*"principal-blocked"/)
    await assertRecorded('denied', 'principal-blocked', 'the caller was blocked')
  })

  it('because phigate stops is recorded, said, and there after the next start', async () => {
    await start(100)
    const reading = await begin()
    await gateway.stop()
    assert.match(await reading.rest(), /event: error\ndata: .*"api_error".*phigate ended/)
    await start()
    await assertRecorded('interrupted', 'draining', 'phigate ended it')
  })

  it('is remembered: what the upstream had signed in it passes on the next turn', async () => {
    await start()
    const reading = await begin()
    upstream?.destroy()
    await reading.rest()
    gateway.simulator.respondWith(undefined)
    const messages = [
      ...(ASKED['messages'] as unknown[]),
      { role: 'assistant', content: [THOUGHT] },
      { role: 'user', content: 'Go on.' },
    ]
    const headers = { 'x-phigate-session': 'one' }
    const next = await gateway.post({ ...ASKED, stream: false, messages }, { headers })
    assert.equal(next.status, 200, await next.text())
  })

  it('has no answer in its recording where nothing of it had gone out', async () => {
    await start()
    gateway.simulator.respondWith((_req, res) => {
      res.writeHead(200, SSE_TYPE).flushHeaders()
      setTimeout(() => res.destroy(), 50)
    })
    const response = await gateway.post(ASKED)
    assert.equal(response.status, 502)
    await response.text()
    await eventually(() => assert.ok(completion() !== undefined))
    const { custom } = completion() ?? {}
    assert.deepEqual(
      [custom?.end, custom?.recording, custom?.masked],
      ['upstream-cut', undefined, undefined],
    )
  })
})

describe('SIGTERM in the middle of a stream', function () {
  this.timeout(180_000)
  it('is waited out, then the stream ends with an error, and what went out is on disk', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'phigate-sigterm-'))
    const upstream = await startSimulator({ port: 0, apiKey: UPSTREAM_KEY })
    const demo = await startDemoProcess(dataDir, upstream.url)
    try {
      upstream.respondWith((_req, res) => void res.writeHead(200, SSE_TYPE).write(BEGINNING))
      const response = await fetch(new URL('/v1/messages', demo.gateway), {
        method: 'POST',
        headers: { authorization: `Bearer ${demo.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(ASKED),
      })
      demo.kill('SIGTERM')
      const text = await response.text()
      assert.match(text, /in balance\.[^]*event: error\ndata: [^\n]*\n\n$/)
      assert.equal(await demo.exit, 0)
      const recordings = recordedTexts(dataDir)
      assert.match(recordings, /"end":"interrupted"[^]*"detail":"draining"/)
      assert.match(recordings, /Her SSN is \[US_SSN[^\]]*\], and salts are in balance\./)
      assertNowhere([SSN, 'Quillmark'], { recordings })
      assert.equal((await verifyFolder(join(dataDir, 'audit'))).ok, true)
    } finally {
      demo.kill('SIGKILL')
      await demo.exit
      await upstream.close()
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})
