import assert from 'node:assert/strict'
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import {
  assertForwarded,
  assertRefused,
  checkedError,
  eventually,
  gather,
  PHI,
} from '../support/exchanges.ts'
import { ask, UPSTREAM_KEY } from '../support/gateway.ts'
import { head, rawClient } from '../support/raw-http.ts'
import { gatewayUnderTest, GOOD } from '../support/under-test.ts'

describe('connections of clients', () => {
  const under = gatewayUnderTest()

  for (const framing of ['content-length', 'transfer-encoding'] as const) {
    it(`serves Expect: 100-continue with ${framing}, and leaks nothing by it`, async () => {
      const chunked = framing === 'transfer-encoding'
      const value = chunked ? 'chunked' : Buffer.byteLength(GOOD)
      const client = await rawClient(under.gateway.url)
      const expecting = under.headers({
        [framing]: value,
        expect: '100-continue',
        'x-api-key': under.gateway.token,
      })
      client.send(head('POST', '/v1/messages', expecting))
      await client.until(/^HTTP\/1\.1 100 Continue\r\n\r\n/)
      client.send(chunked ? `${GOOD.length.toString(16)}\r\n${GOOD}\r\n0\r\n\r\n` : GOOD)
      const answer = await client.until(/"service_tier":"standard"\}\}$/)
      client.close()
      assert.match(answer, /\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
      assert.ok(!answer.includes(UPSTREAM_KEY))
      const received = under.gateway.simulator.received.at(-1)?.headers
      assert.equal(received?.expect, undefined)
      assert.equal(received?.['x-api-key'], UPSTREAM_KEY)
      assert.ok(!JSON.stringify(received).includes(under.gateway.token))
      assert.equal(under.forwarded().toString(), GOOD)
      assertForwarded(under.records(), 'complete', 200)
    })
  }

  const TARGETS = [
    '//v1/messages',
    '//',
    '///v1/messages',
    'http://127.0.0.1/v1/messages',
    '*',
    '//[',
  ]
  for (const target of TARGETS) {
    it(`answers 404 to the request target ${target}`, async () => {
      const client = await rawClient(under.gateway.url)
      client.send(head('POST', target, under.headers({ 'content-length': GOOD.length })) + GOOD)
      const answer = await client.until(/\}\}$/)
      client.close()
      assert.match(answer, /^HTTP\/1\.1 404 /)
      const [said = '', body = ''] = answer.split('\r\n\r\n')
      checkedError(body, /^request-id: (.*)$/m.exec(said)?.[1] ?? '', [said])
      under.assertNotForwarded()
      assert.deepEqual(under.records(), [])
    })
  }

  it('outlives a client that goes in the middle of its body', async () => {
    const body = JSON.stringify(ask(PHI))
    for (const cut of [0, 1, 40]) {
      const client = await rawClient(under.gateway.url)
      client.send(head('POST', '/v1/messages', under.headers({ 'content-length': body.length })))
      client.send(body.slice(0, cut))
      await new Promise((resolve) => setTimeout(resolve, 50))
      client.close()
      assertRefused(await gather(() => under.records(), 1), 'invalid-request')
      under.assertNotForwarded()
    }
    await under.assertServes()
  })

  it('outlives a client that goes in the middle of compressed chunks', async () => {
    const client = await rawClient(under.gateway.url)
    const more = { 'transfer-encoding': 'chunked', 'content-encoding': 'gzip' }
    client.send(head('POST', '/v1/messages', under.headers(more)))
    client.send(`5\r\n`)
    client.send(gzipSync(JSON.stringify(ask(PHI))).subarray(0, 5))
    await new Promise((resolve) => setTimeout(resolve, 50))
    client.close()
    assertRefused(await gather(() => under.records(), 1), 'invalid-request')
    under.assertNotForwarded()
    await under.assertServes()
  })

  it('closes the upstream connection of a client that goes while it waits', async () => {
    let closed = false
    const arrived = Promise.withResolvers<void>()
    under.gateway.simulator.respondWith((_req, res) => {
      res.on('close', () => (closed = true))
      arrived.resolve()
    })
    const leave = new AbortController()
    const waiting = under.gateway.post(GOOD, { signal: leave.signal })
    await arrived.promise
    leave.abort()
    await assert.rejects(waiting)
    await eventually(() => assert.ok(closed, 'the upstream is still connected'))
    under.forwarded()
    assertForwarded(await gather(() => under.records(), 2), 'client-aborted')
    under.gateway.simulator.respondWith(undefined)
    await under.assertServes()
  })

  it('closes the upstream connection of a client that goes in the middle of a stream', async () => {
    let closed = false
    under.gateway.simulator.respondWith((_req, res) => {
      res.on('close', () => (closed = true))
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      res.write('event: message_start\ndata: {"type":"message_start","message":{"content":[]}}\n\n')
    })
    const leave = new AbortController()
    const body = JSON.stringify(ask('hello', { stream: true }))
    const response = await under.gateway.post(body, { signal: leave.signal })
    assert.equal(response.status, 200)
    await response.body?.getReader().read()
    leave.abort()
    await eventually(() => assert.ok(closed, 'the upstream is still connected'))
    under.forwarded()
    assertForwarded(await gather(() => under.records(), 2), 'client-aborted')
    under.gateway.simulator.respondWith(undefined)
    await under.assertServes()
  })

  it('records one end for a client that goes without reading the last words', async () => {
    // Thinking, because it passes as it came however busy the machine is.
    const block = JSON.stringify({ type: 'thinking', thinking: '', signature: '' })
    const text = 'x'.repeat(5 * 1024 * 1024)
    under.gateway.simulator.respondWith((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      res.end(
        [
          '{"type":"message_start","message":{"content":[]}}',
          `{"type":"content_block_start","index":0,"content_block":${block}}`,
          `{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"${text}"}}`,
          '{"type":"content_block_stop","index":0}',
          '{"type":"message_stop"}',
        ]
          .map((data) => `event: ${JSON.parse(data).type}\ndata: ${data}\n\n`)
          .join(''),
      )
    })
    const body = JSON.stringify(ask('hello', { stream: true }))
    const client = await rawClient(under.gateway.url)
    client.socket.pause()
    client.send(
      head('POST', '/v1/messages', under.headers({ 'content-length': body.length })) + body,
    )
    const written = await gather(() => under.records(), 2)
    under.forwarded()
    client.close()
    await once(client.socket, 'close')
    await new Promise((resolve) => setTimeout(resolve, 200))
    assertForwarded([...written, ...under.records()], 'complete', 200)
    under.gateway.simulator.respondWith(undefined)
    await under.assertServes()
  })
})
