import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { DEFAULT_APPROVALS } from '../../src/config/index.ts'
import { consoleAs } from '../support/console.ts'
import { eventually } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { assertNowhere } from '../support/leaks.ts'
import { accumulate, eventsIn } from '../support/sdk-accumulate.ts'
import { event, SSE_TYPE, START, STOP } from '../support/upstream.ts'

const NAME = 'Jorvina Quillmark'
const PERSON = /\[PERSON_[0-9A-Z.]+\]/
const PING = event({ type: 'ping' })
const EMPTY = '"partial_json":""'

describe('a long input of a tool, while it is held', function () {
  this.timeout(60_000)
  let gateway: TestGateway
  let upstream: ServerResponse | undefined
  let placeholder = ''

  before(async () => {
    const approvals = { ...DEFAULT_APPROVALS, pingSeconds: 0.1 }
    gateway = await startTestGateway({ approvals })
  })
  after(() => gateway.stop())
  beforeEach(() => {
    upstream = undefined
    gateway.simulator.respondWith((_req, res, { bodyBytes }) => {
      upstream = res
      placeholder = PERSON.exec(bodyBytes.toString())?.[0] ?? ''
      res.writeHead(200, SSE_TYPE)
    })
  })

  const WRITE = { name: 'Write', description: 'Writes a file.', input_schema: { type: 'object' } }
  const open = (name = 'Write'): string =>
    event({
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'tool_use', id: 'toolu_01Abcdefghijklmnopqrstuv', name, input: {} },
    })
  const more = (partial: string): string =>
    event({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'input_json_delta', partial_json: partial },
    })
  const SHUT = event({ type: 'content_block_stop', index: 0 })

  interface Listening {
    heard(): string
    readonly end: Promise<void>
    go(): void
  }
  async function asking(signal?: AbortSignal): Promise<Listening> {
    const body = ask(`Patient: ${NAME}. Write a letter.`, { stream: true, tools: [WRITE] })
    const waiting = gateway.post(body, {
      headers: { 'x-phigate-session': 'one' },
      ...(signal === undefined ? {} : { signal }),
    })
    await eventually(() => assert.ok(upstream !== undefined))
    upstream?.write(START)
    const response = await waiting
    let heard = ''
    const read = async (): Promise<void> => {
      const decoder = new TextDecoder()
      for await (const chunk of response.body ?? []) heard += decoder.decode(chunk)
    }
    return { heard: () => heard, end: read().catch(() => {}), go: () => upstream?.end() }
  }
  /** Sends deltas until the client has heard something. */
  async function keepSending(until: () => boolean, text: string, also = ''): Promise<string> {
    let sent = ''
    for (let turn = 0; !until(); turn += 1) {
      assert.ok(turn < 1000, 'nothing was heard')
      upstream?.write(more(text) + also)
      sent += text
      await sleep(20)
    }
    return sent
  }

  it('is begun at once, kept alive by events that count, and comes whole', async () => {
    const stream = await asking()
    upstream?.write(open() + more('{"content":"Dear '))
    await eventually(() => assert.match(stream.heard(), /content_block_start.*"name":"Write"/))
    const beats = (): number => stream.heard().split(EMPTY).length - 1
    const salt = await keepSending(() => beats() >= 3, 'salt ', PING)
    assert.ok(!stream.heard().includes('salt'))
    upstream?.write(more(`${placeholder}"}`) + SHUT + STOP)
    stream.go()
    await stream.end
    assert.equal(stream.heard().split('content_block_start').length - 1, 2)
    const [block] = (await accumulate(eventsIn(stream.heard()))) as { input: unknown }[]
    assert.deepEqual(block?.input, { content: `Dear ${salt}${NAME}` })
    assert.ok(!stream.heard().slice(stream.heard().indexOf('content_block_stop')).includes(EMPTY))
  })

  it('is not made up of an upstream that is silent: then there are pings', async () => {
    const stream = await asking()
    upstream?.write(open() + more('{"content":"'))
    await eventually(() => assert.ok(stream.heard().split('event: ping').length > 4))
    assert.ok(stream.heard().split(EMPTY).length - 1 <= 1)
    upstream?.write(more('salt"}') + SHUT + STOP)
    stream.go()
    await stream.end
    assert.match(stream.heard(), /message_stop/)
  })

  it('of a tool that the request does not name is held with its beginning', async () => {
    const stream = await asking()
    upstream?.write(open('Jorvina') + more('{"content":"'))
    await eventually(() => assert.ok(stream.heard().includes('event: ping')))
    assert.ok(!stream.heard().includes('content_block_start'))
    upstream?.write(more('salt"}') + SHUT + STOP)
    stream.go()
    await stream.end
    assert.match(stream.heard(), /content_block_start[^]*message_stop/)
  })

  it('is on record by its beginning alone where the stream breaks off', async () => {
    const client = new AbortController()
    const stream = await asking(client.signal)
    const before = gateway.records().length
    upstream?.write(open() + more('{"content":"her SSN is 219-09-9941'))
    await eventually(() => assert.match(stream.heard(), /content_block_start/))
    client.abort()
    const completion = (): string | undefined =>
      gateway
        .records()
        .slice(before)
        .find(({ custom }) => custom.kind === 'completion')?.custom.session
    await eventually(() => assert.ok(completion() !== undefined))
    const auditor = await consoleAs(gateway, 'auditor')
    const answer = await auditor.get(`/api/sessions/${completion()}`)
    const { exchanges } = (await answer.json()) as {
      exchanges: { answer: { brokenOff: string; content: { name: string; input: object }[] } }[]
    }
    const last = exchanges.at(-1)?.answer
    assert.equal(last?.brokenOff, 'the client went away')
    assert.deepEqual(
      last.content.map(({ name, input }) => [name, input]),
      [['Write', {}]],
    )
    assertNowhere(['219-09-9941'], { written: gateway.written() })
  })
})
