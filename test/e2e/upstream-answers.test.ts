import assert from 'node:assert/strict'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { assertForwarded } from '../support/exchanges.ts'
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

const TIMEOUT_MS = 400

interface DataEvent {
  readonly type: string
  readonly delta?: { readonly type: string; text: string }
}

/** The events of a stream, with the texts of deltas that follow each other as one. */
function eventsOf(stream: string): readonly DataEvent[] {
  const events: DataEvent[] = []
  for (const [, name, data] of stream.matchAll(/^event: (.*)\r?\ndata: (.*)\r?$/gm)) {
    const next = JSON.parse(data ?? '') as DataEvent
    assert.equal(next.type, name)
    const before = events.at(-1)
    if (next.delta && before?.delta) before.delta.text += next.delta.text
    else events.push(next)
  }
  assert.equal(events.at(-1)?.type, 'message_stop')
  return events
}

describe('what an upstream answers', () => {
  const under = upstreamUnderTest(TIMEOUT_MS)

  it('passes an error event of the upstream, and nothing behind it', async () => {
    const error = event({
      type: 'error',
      error: { type: 'overloaded_error', message: 'Overloaded' },
    })
    under.answerWith((res) => res.writeHead(200, SSE_TYPE).end(START + BLOCK + error + STOP))
    assert.equal(await (await under.askFor(true)).text(), START + BLOCK + error)
    assertForwarded(under.records(), 'upstream-error', 200)
  })

  for (const status of [400, 401, 403, 404, 413, 429, 500, 503, 529]) {
    it(`passes an error ${status} of the upstream unchanged, streaming or not`, async () => {
      const body = `{ "type":"error", "error": {"type":"some_error","message":"Wörtlich 1.0"}, "x":1.50 }\n`
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'request-id': 'req_011CUabcdefghijklmnop',
        'retry-after': '17',
        'x-should-retry': 'true',
        'anthropic-ratelimit-requests-limit': '4000',
        'anthropic-ratelimit-input-tokens-remaining': '0',
        'anthropic-ratelimit-input-tokens-reset': '2026-11-22T12:00:00Z',
      }
      for (const stream of [false, true]) {
        under.answerWith((res) =>
          res.writeHead(status, { ...headers, 'x-internal': 'x', 'set-cookie': 'a=b' }).end(body),
        )
        const response = await under.askFor(stream)
        assert.equal(response.status, status)
        assert.equal(await response.text(), body)
        for (const [name, value] of Object.entries(headers)) {
          assert.equal(response.headers.get(name), value, name)
        }
        assert.equal(response.headers.get('x-internal'), null)
        assert.equal(response.headers.get('set-cookie'), null)
        assert.match(response.headers.get('x-phigate-decision-id') ?? '', /^dec_/)
        const written = under.records()
        assertForwarded(written, 'upstream-error', status)
        assert.equal(written[1]?.custom.upstreamRequestId, headers['request-id'])
      }
    })
  }

  it('says of a key that the upstream refuses that another token is of no use, and records it', async () => {
    for (const stream of [false, true]) {
      const body =
        '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}'
      under.answerWith((res) => res.writeHead(401, JSON_TYPE).end(body))
      const response = await under.askFor(stream)
      assert.deepEqual([response.status, await response.text()], [401, body])
      assert.equal(response.headers.get('x-should-retry'), 'false')
      assert.equal(under.records()[1]?.custom.detail, 'upstream-key-refused')
    }
  })

  const ENCODINGS = {
    gzip: gzipSync,
    'x-gzip': gzipSync,
    deflate: deflateSync,
    br: brotliCompressSync,
    zstd: zstdCompressSync,
  }
  for (const [encoding, encode] of Object.entries(ENCODINGS)) {
    it(`asks for no encoding, and reads ${encoding}, in pieces, streaming or not`, async () => {
      const stream = START + OPEN + delta('größer 🩺 ') + delta('naïve') + SHUT + STOP
      const json = '{"type":"message","content":[{"type":"text","text":"größer 🩺"}]}'
      const error = '{"type":"error","error":{"type":"some_error","message":"Wörtlich"}}'
      for (const [status, type, text] of [
        [200, SSE_TYPE, stream],
        [200, JSON_TYPE, json],
        [400, JSON_TYPE, error],
      ] as const) {
        under.answerWith(async (res) => {
          res.writeHead(status, { ...type, 'content-encoding': encoding })
          for (const byte of encode(text)) {
            res.write(Buffer.of(byte))
            await nextTurn()
          }
          res.end()
        })
        const response = await under.askFor(text === stream)
        assert.equal(response.status, status)
        const got = await response.text()
        if (text === stream) assert.deepEqual(eventsOf(got), eventsOf(stream))
        else assert.equal(got, text)
        assert.equal(response.headers.get('content-encoding'), null)
        assertForwarded(under.records(), status === 200 ? 'complete' : 'upstream-error', status)
      }
      assert.equal(under.upstream.received.at(-1)?.headers['accept-encoding'], 'identity')
    })
  }

  it('passes a page that some proxy on the way sends with an error', async () => {
    under.answerWith((res) =>
      res.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    )
    const response = await under.askFor(false)
    assert.equal(response.status, 502)
    assert.equal(await response.text(), '<h1>Bad gateway</h1>')
    assertForwarded(under.records(), 'upstream-error', 502)
  })

  it('reads past informational answers', async () => {
    under.answerWith((res) => {
      res.writeProcessing()
      res.writeEarlyHints({ link: '</x>; rel=preload' })
      res.writeHead(200, JSON_TYPE).end('{"type":"message","content":[]}')
    })
    assert.equal(await (await under.askFor(false)).text(), '{"type":"message","content":[]}')
    assertForwarded(under.records(), 'complete', 200)
  })

  it('waits for an upstream that is slow and not silent', async () => {
    const parts = [START, OPEN, delta('salt'), delta(' and'), delta(' water'), SHUT + STOP]
    under.answerWith(async (res) => {
      res.writeHead(200, SSE_TYPE)
      for (const part of parts) {
        res.write(part)
        await sleep(TIMEOUT_MS / 3)
      }
      res.end()
    })
    assert.equal(await (await under.askFor(true)).text(), parts.join(''))
    assertForwarded(under.records(), 'complete', 200)
  })

  it('reads a stream whatever its chunks are, inside of characters too', async () => {
    const whole = START + OPEN + delta('größer 🩺 ') + delta('naïve') + SHUT + STOP
    const crlf = whole.replaceAll('\n', '\r\n')
    for (const text of [whole, crlf]) {
      for (const size of [1, 2, 3, 7, 100_000]) {
        under.answerWith(async (res) => {
          const bytes = Buffer.from(text)
          res.writeHead(200, SSE_TYPE)
          for (let at = 0; at < bytes.length; at += size) {
            await new Promise((resolve) => res.write(bytes.subarray(at, at + size), resolve))
          }
          res.end()
        })
        const passed = await (await under.askFor(true)).text()
        // What was decided when a read ended is out already: the delta around it is cut, its text is the same.
        assert.deepEqual(eventsOf(passed), eventsOf(text))
        if (size > text.length) assert.equal(passed, text)
        assertForwarded(under.records(), 'complete', 200)
      }
    }
  })

  it('passes pings at once', async () => {
    const heard = Promise.withResolvers<void>()
    const ping = 'event: ping\ndata: {"type": "ping"}\n\n'
    under.answerWith(async (res) => {
      res.writeHead(200, SSE_TYPE).write(START + OPEN)
      await sleep(30)
      res.write(ping)
      await heard.promise
      res.end(delta('salt') + SHUT + STOP)
    })
    const response = await under.askFor(true)
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      if (text.includes(ping)) heard.resolve()
    }
    assert.ok(text.includes(ping) && text.endsWith(STOP))
    assertForwarded(under.records(), 'complete', 200)
  })

  it('masks an identifier of the answer’s own alike in JSON and in a stream', async () => {
    const own = 'Her number is SSN 219-09-9999, she says.'
    const session = { headers: { 'x-phigate-session': 'parity' } }
    const block = { type: 'text', text: own }
    under.answerWith((res) =>
      res.writeHead(200, JSON_TYPE).end(JSON.stringify({ type: 'message', content: [block] })),
    )
    const whole = (await (await under.gateway.post(ask('hello'), session)).json()) as {
      content: { text: string }[]
    }
    const first = under.records()
    under.answerWith((res) => {
      res.writeHead(200, SSE_TYPE).write(START + OPEN)
      for (const character of own) res.write(delta(character))
      res.end(SHUT + STOP)
    })
    const stream = await (await under.gateway.post(ask('hello', { stream: true }), session)).text()
    const second = under.records()
    const streamed = [...stream.matchAll(/"text_delta","text":"([^"]*)"/g)]
      .map((m) => m[1])
      .join('')
    assert.match(streamed, /^Her number is SSN \[US_SSN_[0-9A-HJKMNP-TV-Z]{10}\], she says\.$/)
    assert.equal(whole.content[0]?.text, streamed)
    for (const written of [first, second]) {
      assertForwarded(written, 'complete', 200)
      assert.deepEqual(written[1]?.custom.masked, { US_SSN: 1 })
      assert.equal(written[1]?.result?.outcome, 'mask')
    }
    assert.ok(!under.gateway.written().includes('219-09-9999'))
  })

  it('inspects every part of a stream, known or not', async () => {
    const own = 'SSN 219-09-9999'
    const unknown = event({ type: 'some_event', note: own })
    const ping = event({ type: 'ping', note: own })
    const stop = event({ type: 'message_stop', note: own })
    const start = event({ type: 'message_start', message: { content: [], note: own } })
    under.answerWith((res) =>
      res.writeHead(200, SSE_TYPE).end(start + unknown + ping + BLOCK + stop),
    )
    const text = await (await under.askFor(true)).text()
    assert.ok(!text.includes('219-09-9999'))
    assert.equal(text.split('[US_SSN_').length - 1, 4)
    assert.ok(text.includes(BLOCK))
    assertForwarded(under.records(), 'complete', 200)
  })

  it('does not pass what stands beside the data of an event', async () => {
    const own = 'SSN 219-09-9999'
    const ping = `: ${own}\nevent: ping\ndata: {"type":"ping"}\n\n`
    const noisy = `: ${own}\n\n${START.replace('event:', `: ${own}\nid: ${own}\nevent:`)}`
    const named = SHUT.replace('event: content_block_stop', `event: ${own}`)
    under.answerWith(async (res) => {
      res.writeHead(200, SSE_TYPE).write(ping)
      await sleep(30)
      res.end(noisy + OPEN + delta('x') + named + STOP)
    })
    const text = await (await under.askFor(true)).text()
    assert.equal(text, `${event({ type: 'ping' })}:\n\n${START}${OPEN}${delta('x')}${SHUT}${STOP}`)
    assertForwarded(under.records(), 'complete', 200)
  })

  const note = { note: 'SSN 219-09-9999' }
  const BESIDE: Readonly<Record<string, string>> = {
    'the start of a block': OPEN.replace('{"type"', `{"note":"${note.note}","type"`) + SHUT,
    'a delta': OPEN + delta('x').replace('"index"', `"note":"${note.note}","index"`) + SHUT,
    'the text of a delta':
      OPEN + delta('x').replace('"text":', `"note":"${note.note}","text":`) + SHUT,
    'the end of a block': OPEN + SHUT.replace('{"type"', `{"note":"${note.note}","type"`),
  }
  for (const [place, block] of Object.entries(BESIDE)) {
    it(`ends the stream where an identifier stands beside ${place}`, async () => {
      under.answerWith((res) => res.writeHead(200, SSE_TYPE).end(START + block + STOP))
      const text = await (await under.askFor(true)).text()
      assert.ok(!text.includes('219-09-9999'))
      assertForwarded(under.records(), 'upstream-garbage')
    })
  }

  it('passes tool input that max_tokens cut off, inspected like any other', async () => {
    const block = { type: 'tool_use', id: 'toolu_1', name: 'Read', input: {} }
    const input = (partial_json: string): string =>
      event({ type: 'content_block_start', index: 0, content_block: block }) +
      event({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'input_json_delta', partial_json },
      }) +
      SHUT
    const harmless = START + input('{"path":"notes') + STOP
    under.answerWith((res) => res.writeHead(200, SSE_TYPE).end(harmless))
    assert.equal(await (await under.askFor(true)).text(), harmless)
    assertForwarded(under.records(), 'complete', 200)
    under.answerWith((res) =>
      res.writeHead(200, SSE_TYPE).end(START + input(`{"path":"${note.note}`) + STOP),
    )
    const text = await (await under.askFor(true)).text()
    assert.match(text, /\{\\"path\\":\\"SSN \[US_SSN_\w{10}\]"/)
    assertForwarded(under.records(), 'complete', 200)
  })

  it('passes fields beside a block that nobody knows', async () => {
    const more = delta('x').replace('"index"', '"extra":{"a":1.0},"index"')
    const whole = START + OPEN + more + SHUT + STOP
    under.answerWith((res) => res.writeHead(200, SSE_TYPE).end(whole))
    assert.equal(await (await under.askFor(true)).text(), whole)
    assertForwarded(under.records(), 'complete', 200)
  })
})
