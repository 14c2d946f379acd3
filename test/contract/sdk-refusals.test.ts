import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Anthropic, APIError, APIUserAbortError } from '@anthropic-ai/sdk'
import { validate } from '../../src/schema/index.ts'
import { UPSTREAM_KEY } from '../support/gateway.ts'
import { assertNowhere } from '../support/leaks.ts'
import { asking, failing, PHI, PLAIN, SECRETS, startSdkPair, type SdkPair } from '../support/sdk.ts'
import { eventText, messageWith } from '../support/sse.ts'

describe('the official SDK, refused or signing in', function () {
  this.timeout(120_000)
  let sdk: SdkPair
  let postsBefore: number
  before(async () => {
    sdk = await startSdkPair()
  })
  after(() => sdk.stop())
  beforeEach(() => {
    sdk.gateway.simulator.respondWith(undefined)
    postsBefore = sdk.posts()
  })
  const posts = (): number => sdk.posts() - postsBefore

  function lastReceived() {
    const received = sdk.gateway.simulator.received.at(-1)
    assert.ok(received)
    return received
  }

  describe('when something is wrong', () => {
    for (const streamed of [false, true]) {
      it(`reads a refusal of policy and does not retry, ${streamed ? 'streamed' : 'as JSON'}`, async () => {
        const calls = sdk.gateway.simulator.received.length
        const records = sdk.gateway.records().length
        const strict = sdk.client({
          baseURL: `${sdk.gateway.url.href}c/claude-strict`,
          apiKey: sdk.gateway.token,
        })
        const error = await failing(
          streamed
            ? strict.messages.stream(asking(PHI)).finalMessage()
            : strict.messages.create(asking(PHI)),
        )
        assert.ok(error instanceof APIError)
        assert.equal(error.status, 451)
        assert.equal(error.type, 'policy_denied')
        const { phigate } = validate('error', error.error).error
        assert.equal(error.requestID, phigate?.decisionId)
        assert.deepEqual(
          phigate?.reasons.map(({ code }) => code),
          ['phi-refused'],
        )
        assert.deepEqual(
          new Set(phigate?.removed.map(({ path }) => path)),
          new Set(['/messages/0/content']),
        )
        assert.equal(posts(), 1)
        assert.equal(sdk.gateway.simulator.received.length, calls)
        const fresh = sdk.gateway.records().slice(records)
        assert.deepEqual(
          fresh.map(({ custom, result }) => [custom.kind, result?.outcome]),
          [['decision', 'deny']],
        )
        assertNowhere(SECRETS, { error: JSON.stringify(error.error) + error.message })
        sdk.assertNothingLeaked(calls)
      })
    }

    it('reads that approval is required and does not retry', async () => {
      const calls = sdk.gateway.simulator.received.length
      const error = await failing(
        sdk.gated.messages.create(asking('Give me a full chart summary.')),
      )
      assert.ok(error instanceof APIError)
      assert.deepEqual([error.status, error.type, posts()], [451, 'approval_required', 1])
      assert.equal(sdk.gateway.simulator.received.length, calls)
    })

    it('gets 401 for a bad token, once', async () => {
      const calls = sdk.gateway.simulator.received.length
      const records = sdk.gateway.records().length
      const bad = sdk.client({ apiKey: `${sdk.gateway.token.slice(0, -6)}AAAAAA` })
      const error = await failing(bad.messages.create(asking(PHI)))
      assert.ok(error instanceof Anthropic.AuthenticationError)
      assert.deepEqual([error.status, error.type, posts()], [401, 'authentication_error', 1])
      assert.equal(sdk.gateway.simulator.received.length, calls)
      assert.equal(sdk.gateway.records().length, records)
      assertNowhere(SECRETS, { error: JSON.stringify(error.error) + error.message })
    })

    it('waits and retries after 429 of the upstream', async () => {
      sdk.gateway.simulator.respondWith((_request, response) => {
        sdk.gateway.simulator.respondWith(undefined)
        response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' })
        response.end('{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}')
      })
      const started = performance.now()
      const answer = await sdk.gated.messages.create(asking(PLAIN))
      assert.equal(answer.stop_reason, 'end_turn')
      assert.equal(posts(), 2)
      assert.ok(performance.now() - started > 900)
      assert.equal(lastReceived().headers['x-stainless-retry-count'], '1')
    })

    it('closes the connection to the upstream when the caller aborts a stream', async () => {
      const records = sdk.gateway.records().length
      let closed: Promise<unknown> | undefined
      sdk.gateway.simulator.respondWith((_request, response) => {
        closed = once(response, 'close')
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(eventText({ type: 'message_start', message: messageWith([]) }))
        response.write(eventText({ type: 'ping' }))
      })
      const stream = sdk.gated.messages.stream(asking(PHI))
      stream.on('streamEvent', () => stream.abort())
      assert.ok((await failing(stream.finalMessage())) instanceof APIUserAbortError)
      await closed
      assert.equal(posts(), 1)
      const ends = async (): Promise<unknown[]> => {
        for (let tries = 0; tries < 100; tries += 1) {
          const fresh = sdk.gateway.records().slice(records)
          if (fresh.length >= 2) return fresh.map(({ custom }) => custom.end)
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
        return []
      }
      assert.deepEqual(await ends(), [undefined, 'client-aborted'])
    })
  })

  describe('signs in', () => {
    const ways = {
      'with apiKey': () => ({ apiKey: sdk.gateway.token }),
      'with authToken': () => ({ apiKey: null, authToken: sdk.gateway.token }),
      'with x-api-key': () => ({
        apiKey: null,
        defaultHeaders: { 'x-api-key': sdk.gateway.token, authorization: null },
      }),
    }
    for (const [way, options] of Object.entries(ways)) {
      it(`${way}, of which the upstream gets nothing`, async () => {
        const answer = await sdk.client(options()).messages.create(asking(PLAIN))
        assert.equal(answer.type, 'message')
        assertOnlyOurKey([sdk.gateway.token])
      })
    }

    it('with an apiKey that is fetched anew for every request', async () => {
      const tokens: string[] = []
      const rotating = sdk.client({
        apiKey: async () => {
          tokens.push(await sdk.gateway.issuer.token('svc-triage'))
          return tokens.at(-1) ?? ''
        },
      })
      for (const turn of [1, 2]) {
        await rotating.messages.create(asking(PLAIN))
        assertOnlyOurKey(tokens)
        assert.equal(tokens.length, turn)
      }
      assert.notEqual(tokens[0], tokens[1])
    })

    function assertOnlyOurKey(tokens: readonly string[]): void {
      const { headers } = lastReceived()
      assert.equal(headers['x-api-key'], UPSTREAM_KEY)
      assert.equal(headers.authorization, undefined)
      const parts = tokens.flatMap((token) => [token, ...token.split('.').slice(1)])
      assertNowhere(parts, {
        'the forwarded headers': JSON.stringify(headers),
        'the forwarded bytes': lastReceived().bodyBytes.toString('utf8'),
        'what was written': sdk.gateway.written(),
      })
    }
  })

  it('never shows the upstream key to the caller', async () => {
    const { response, data } = await sdk.gated.messages.create(asking(PHI)).withResponse()
    const shown = JSON.stringify([[...response.headers], data])
    assertNowhere([UPSTREAM_KEY], { answer: shown, 'what was written': sdk.gateway.written() })
    assert.match(response.headers.get('x-phigate-decision-id') ?? '', /^dec_/)
    assert.equal(response.headers.get('x-phigate-decision'), 'mask')
  })
})
