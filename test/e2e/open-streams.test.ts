import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { eventually } from '../support/exchanges.ts'
import { ask, startTestGateway, UNHURRIED, type TestGateway } from '../support/gateway.ts'
import { delta, OPEN, SSE_TYPE, START } from '../support/upstream.ts'

const BODY = 'The wound is healing well. '.repeat(4000)
/** Room for one of them, and not for two. */
const LIMITS = { ...UNHURRIED, bytesInFlight: 150_000 }

describe('a streamed answer that goes on', function () {
  this.timeout(60_000)
  let gateway: TestGateway
  let waiting: ServerResponse[]

  beforeEach(async () => {
    gateway = await startTestGateway({ limits: LIMITS })
    waiting = []
    gateway.simulator.respondWith((_request, response) => void waiting.push(response))
  })
  afterEach(() => gateway.stop())

  const answer = (response: ServerResponse | undefined): void => {
    response?.writeHead(200, SSE_TYPE).write(START + OPEN + delta('Well, it is healing well and '))
  }

  it('holds no room for what it was asked with', async () => {
    const streams: Response[] = []
    for (let at = 0; at < 4; at += 1) {
      const asked = gateway.post(ask(`${BODY} ${at}`, { stream: true }))
      await eventually(() => assert.equal(waiting.length, at + 1))
      answer(waiting[at])
      const stream = await asked
      assert.equal(stream.status, 200)
      streams.push(stream)
    }
    for (const response of waiting) response.destroy()
    for (const stream of streams) assert.match(await stream.text(), /"upstream-cut"|event: error/)
    const ends = gateway.records().filter(({ custom }) => custom.kind === 'completion')
    assert.equal(ends.length, 4)
  })

  it('holds it until the upstream has begun to answer', async () => {
    const first = gateway.post(ask(BODY, { stream: true }))
    await eventually(() => assert.equal(waiting.length, 1))
    assert.equal((await gateway.post(ask(`${BODY} again`, { stream: true }))).status, 429)
    answer(waiting[0])
    const stream = await first
    waiting[0]?.destroy()
    assert.match(await stream.text(), /event: error/)
  })
})
