import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { validate, type AuditRecord } from '../../src/schema/index.ts'
import { assertClean, assertForwarded, errorOf, PHI } from '../support/exchanges.ts'
import { ask } from '../support/gateway.ts'
import {
  BLOCK,
  delta,
  event,
  JSON_TYPE,
  OPEN,
  SHUT,
  SSE_TYPE,
  START,
  STOP,
  upstreamUnderTest,
} from '../support/upstream.ts'

type End = NonNullable<AuditRecord['custom']['end']>

/** What a broken upstream might say: it must not come out in an error of ours. */
const NOISE = `<html>${PHI}</html>`

describe('an upstream that fails', () => {
  const under = upstreamUnderTest(400)

  it('answers 502 when the upstream cannot be reached', async () => {
    for (const path of [
      '/c/claude-strict/v1/messages',
      '/c/claude-strict/v1/messages/count_tokens',
    ]) {
      const envelope = await errorOf(await under.gateway.post(ask('hello'), { path }), 502)
      assert.equal(envelope.error.type, 'api_error')
      assertForwarded(under.records(), 'upstream-refused', 502)
    }
  })

  const BEFORE: readonly (readonly [string, End, (res: ServerResponse) => unknown])[] = [
    ['that says nothing', 'upstream-timeout', () => {}],
    ['that hangs up', 'upstream-cut', (res) => res.destroy()],
    ['that does not speak HTTP', 'upstream-cut', (res) => res.socket?.end(NOISE)],
    ['that switches protocols', 'upstream-garbage', (res) => res.writeHead(101).end()],
    [
      'that hangs up inside the headers',
      'upstream-cut',
      (res) => res.socket?.end('HTTP/1.1 200 OK\r\ncontent-type: appl'),
    ],
    [
      'with headers larger than can be read',
      'upstream-cut',
      (res) => res.socket?.end(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`),
    ],
    [
      'that hangs up after the headers',
      'upstream-cut',
      (res) => {
        res.writeHead(200, { ...JSON_TYPE, 'content-length': 100 }).flushHeaders()
        setTimeout(() => res.destroy(), 20)
      },
    ],
    [
      'that hangs up in the middle of its JSON',
      'upstream-cut',
      (res) => {
        res.writeHead(200, JSON_TYPE).write(`{"type":"message","text":"${PHI}`)
        setTimeout(() => res.destroy(), 20)
      },
    ],
    [
      'that stops in the middle of its JSON',
      'upstream-timeout',
      (res) => res.writeHead(200, JSON_TYPE).write('{"type":"message"'),
    ],
    [
      'that hangs up in the middle of its error',
      'upstream-cut',
      (res) => {
        res.writeHead(500, { ...JSON_TYPE, 'content-length': 1000 }).write('{"type":"error"')
        setTimeout(() => res.destroy(), 20)
      },
    ],
    [
      'that sends a page as JSON',
      'upstream-garbage',
      (res) => res.writeHead(200, JSON_TYPE).end(NOISE),
    ],
    [
      'that sends nothing as JSON',
      'upstream-garbage',
      (res) => res.writeHead(200, JSON_TYPE).end(),
    ],
    [
      'that sends half of a JSON',
      'upstream-garbage',
      (res) => res.writeHead(200, JSON_TYPE).end('{"a":'),
    ],
    [
      'that sends JSON that is not UTF-8',
      'upstream-garbage',
      (res) => res.writeHead(200, JSON_TYPE).end(Buffer.from('{"a":"\u00ff"}', 'latin1')),
    ],
    [
      'that sends a page',
      'upstream-garbage',
      (res) => res.writeHead(200, { 'content-type': 'text/html' }).end(NOISE),
    ],
    [
      'that sends no type',
      'upstream-garbage',
      (res) => res.writeHead(200).end('{"type":"message"}'),
    ],
    [
      'that sends an encoding that nobody knows',
      'upstream-garbage',
      (res) => res.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'compress' }).end('{}'),
    ],
    [
      'that says gzip and sends none',
      'upstream-garbage',
      (res) => res.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end('{}'),
    ],
    [
      'that ends in the middle of its gzip',
      'upstream-garbage',
      (res) => {
        const half = gzipSync('{"type":"message","content":[]}').subarray(0, -9)
        res.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(half)
      },
    ],
    [
      'that streams what is no gzip',
      'upstream-garbage',
      (res) => res.writeHead(200, { ...SSE_TYPE, 'content-encoding': 'gzip' }).end(START),
    ],
    [
      'that hangs up in the middle of its gzip',
      'upstream-cut',
      async (res) => {
        const half = gzipSync('{"type":"message","content":[]}').subarray(0, -9)
        res.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).write(half)
        await sleep(30)
        res.destroy()
      },
    ],
    ['that answers 204', 'upstream-garbage', (res) => res.writeHead(204).end()],
    ['that answers 201', 'upstream-garbage', (res) => res.writeHead(201, JSON_TYPE).end('{}')],
    [
      'that points elsewhere',
      'upstream-garbage',
      (res) => res.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(NOISE),
    ],
    ['that answers 304', 'upstream-garbage', (res) => res.writeHead(304).end()],
    ['that streams nothing', 'upstream-cut', (res) => res.writeHead(200, SSE_TYPE).end()],
    ['that streams a page', 'upstream-garbage', (res) => res.writeHead(200, SSE_TYPE).end(NOISE)],
    [
      'that streams a page with blank lines',
      'upstream-garbage',
      (res) => res.writeHead(200, SSE_TYPE).end(`data: ${NOISE}\n\n`),
    ],
    [
      'that streams bytes that are not UTF-8',
      'upstream-garbage',
      (res) => res.writeHead(200, SSE_TYPE).end(Buffer.from('data: \u00ff\n\n', 'latin1')),
    ],
  ]
  for (const [name, end, respond] of BEFORE) {
    const [status, type] = end === 'upstream-timeout' ? [504, 'timeout_error'] : [502, 'api_error']
    it(`answers ${status} for an upstream ${name}, streaming or not`, async () => {
      for (const stream of [false, true]) {
        under.answerWith(respond)
        const calls = under.upstream.received.length
        const envelope = await errorOf(await under.askFor(stream), status)
        assert.equal(envelope.error.type, type)
        assert.equal(under.upstream.received.length, calls + 1)
        assertForwarded(under.records(), end, status)
      }
    })
  }

  const WITHIN: readonly (readonly [string, End, string | Buffer, 'end' | 'cut' | 'hang'])[] = [
    ['hangs up', 'upstream-cut', BLOCK, 'cut'],
    ['hangs up inside an event', 'upstream-cut', BLOCK.slice(0, -9), 'cut'],
    ['stops', 'upstream-timeout', BLOCK, 'hang'],
    ['ends without message_stop', 'upstream-cut', BLOCK, 'end'],
    ['ends with a block open', 'upstream-cut', OPEN + delta('salt'), 'end'],
    ['ends inside an event', 'upstream-garbage', BLOCK + STOP.slice(0, -2), 'end'],
    ['ends inside a character', 'upstream-garbage', Buffer.from('data: ä').subarray(0, -1), 'end'],
    ['stops the message with a block open', 'upstream-garbage', OPEN + delta('salt') + STOP, 'end'],
    ['opens a block twice', 'upstream-garbage', OPEN + delta('salt') + OPEN + SHUT + STOP, 'end'],
    ['sends an event that is no JSON', 'upstream-garbage', `data: ${NOISE}\n\n${STOP}`, 'end'],
    ['sends an event that is no object', 'upstream-garbage', `data: "${PHI}"\n\n${STOP}`, 'end'],
    ['sends half an event as one', 'upstream-garbage', `data: {"type":"ping"\n\n${STOP}`, 'end'],
    [
      'sends bytes that are not UTF-8',
      'upstream-garbage',
      Buffer.from('data: \u00ff\n\n', 'latin1'),
      'end',
    ],
    ['goes on with a block that is not open', 'upstream-garbage', delta('x') + STOP, 'end'],
    ['closes a block that is not open', 'upstream-garbage', SHUT + STOP, 'end'],
    [
      'opens a block without a place',
      'upstream-garbage',
      event({ type: 'content_block_start', index: 'x', content_block: {} }) + STOP,
      'end',
    ],
    [
      'opens a block that is none',
      'upstream-garbage',
      event({ type: 'content_block_start', index: 0, content_block: PHI }) + SHUT + STOP,
      'end',
    ],
  ]
  for (const [name, end, rest, then] of WITHIN) {
    it(`ends the stream with an error when the upstream ${name}`, async () => {
      under.answerWith(async (res) => {
        res.writeHead(200, SSE_TYPE).write(START)
        await sleep(30)
        res.write(rest)
        await sleep(30)
        if (then === 'end') res.end()
        if (then === 'cut') res.destroy()
      })
      const response = await under.askFor(true)
      assert.equal(response.status, 200)
      const text = await response.text()
      assert.ok(text.startsWith(START))
      assert.ok(!text.includes('message_stop'))
      const [, data = ''] = /\n\nevent: error\ndata: (.*)\n\n$/.exec(text) ?? []
      const envelope = validate('error', JSON.parse(data))
      assert.equal(envelope.error.type, end === 'upstream-timeout' ? 'timeout_error' : 'api_error')
      assertClean(text)
      const written = under.records()
      assert.equal(envelope.request_id, written[0]?.decision_id)
      assertForwarded(written, end)
    })
  }
  it('serves others while one upstream hangs', async () => {
    under.upstream.respondWith((_req, res, received) => {
      const isSlow = received.bodyBytes.includes('slow')
      if (!isSlow) res.writeHead(200, JSON_TYPE).end('{"type":"message","content":[]}')
    })
    const slow = Array.from({ length: 20 }, () => under.gateway.post(ask('slow')))
    const quick = await Promise.all(
      Array.from({ length: 20 }, () => under.gateway.post(ask('quick'))),
    )
    assert.deepEqual(new Set(quick.map(({ status }) => status)), new Set([200]))
    const late = await Promise.all(slow)
    assert.deepEqual(new Set(late.map(({ status }) => status)), new Set([504]))
    const ends = under.records().flatMap(({ custom }) => custom.end ?? [])
    assert.equal(ends.filter((end) => end === 'complete').length, 20)
    assert.equal(ends.filter((end) => end === 'upstream-timeout').length, 20)
  })
})
