import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { MaskedBody } from '../../../src/domain/index.ts'
import { close, listen } from '../../../src/demo/loopback.ts'
import { createHttpProxyUpstream } from '../../../src/forward/adapters/http-proxy.ts'
import { clear, type Cleared, type Upstream } from '../../../src/forward/index.ts'
import { eventually } from '../../support/exchanges.ts'

const IDLE_MS = 40

describe('the connections of an upstream', () => {
  let server: Server
  let upstream: Upstream
  let open: number
  let held: ServerResponse[]

  beforeEach(async () => {
    open = 0
    held = []
    server = createServer((_request, response) => void held.push(response))
    server.on('connection', (socket) => {
      open += 1
      socket.once('close', () => (open -= 1))
    })
    const url = await listen(server, 0)
    const credential = (): Record<string, string> => ({})
    upstream = createHttpProxyUpstream([{ name: 'claude', url, timeoutMs: 20_000, credential }])
  })
  afterEach(async () => {
    upstream.close()
    await close(server)
  })

  function request(): Cleared {
    const body = Buffer.from('{}') as Uint8Array as MaskedBody
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    return clear(
      { connection: 'claude', method: 'POST', url: '/v1/messages', headers: {}, body },
      { seq: 1, hash: '', bodySha256 },
    )
  }

  /** Sends a request that waits for its answer. */
  async function begin(): Promise<{ end: () => void; answer: Promise<string> }> {
    const number = held.length
    const answer = upstream
      .send(request(), new AbortController().signal)
      .then(({ body }) => text(body))
    await eventually(() => assert.equal(held.length, number + 1))
    return { end: () => void held[number]?.end('salt and water'), answer }
  }

  it('lets go of connections that wait for the next request', async () => {
    const { end, answer } = await begin()
    end()
    await answer
    assert.equal(open, 1)
    upstream.retire()
    await eventually(() => assert.equal(open, 0))
  })

  it('lets an exchange end, and keeps its connection no longer', async () => {
    const { end, answer } = await begin()
    upstream.retire()
    end()
    assert.equal(await answer, 'salt and water')
    await eventually(() => assert.equal(open, 0))
  })

  it('still sends for an exchange that began before', async () => {
    upstream.retire()
    const { end, answer } = await begin()
    end()
    assert.equal(await answer, 'salt and water')
    await eventually(() => assert.equal(open, 0))
  })

  it('has as many as there are exchanges: none waits for the end of another', async () => {
    const many = 300
    const { signal } = new AbortController()
    const answers = Array.from({ length: many }, () => upstream.send(request(), signal))
    await eventually(() => assert.equal(held.length, many))
    for (const response of held) response.end('salt and water')
    for (const { body } of await Promise.all(answers))
      assert.equal(await text(body), 'salt and water')
  })

  it('does not use a connection again that has waited too long', async () => {
    const credential = (): Record<string, string> => ({})
    const { port } = server.address() as { port: number }
    const url = new URL(`http://127.0.0.1:${port}`)
    server.keepAliveTimeout = 0
    upstream = createHttpProxyUpstream(
      [{ name: 'claude', url, timeoutMs: 20_000, credential }],
      IDLE_MS,
    )
    const first = await begin()
    // One that is in use may be silent for longer.
    await new Promise((resolve) => setTimeout(resolve, 3 * IDLE_MS))
    first.end()
    assert.equal(await first.answer, 'salt and water')
    assert.equal(open, 1)
    await eventually(() => assert.equal(open, 0))
    const second = await begin()
    second.end()
    assert.equal(await second.answer, 'salt and water')
  })
})
