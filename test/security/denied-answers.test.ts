import assert from 'node:assert/strict'
import { validate } from '../../src/schema/index.ts'
import { ask } from '../support/gateway.ts'
import { assertNowhere } from '../support/leaks.ts'
import { startWatchedGateway, type Observed, type WatchedGateway } from '../support/observe.ts'
import { buildTestBundle, type TestBundle } from '../support/policies.ts'
import { assemble, messageEvents, messageWith, readEvents, type Json } from '../support/sse.ts'

const SSN = '536-22-1544'
const ANSWER = [
  { type: 'text', text: 'I looked it up.' },
  { type: 'text', text: `Her SSN is ${SSN}.` },
  { type: 'text', text: 'Anything else?' },
]

/** The shipped rules never deny an answer; a team may. */
const RULE = `package teams.answers

deny contains {"code": "ssn-in-answer", "message": "The answer holds a social security number."} if {
	input.direction == "response"
	some finding in input.findings
	finding.type == "US_SSN"
}
`

describe('an answer that policy denies', function () {
  this.timeout(120_000)
  let bundle: TestBundle
  let gateway: WatchedGateway
  before(async () => {
    bundle = await buildTestBundle([{ file: 'teams/answers/answers.rego', append: RULE }])
    gateway = await startWatchedGateway({ policyDir: bundle.dir })
  })
  after(async () => {
    await gateway.stop()
    bundle.remove()
  })

  /** Asks, while the upstream answers with these blocks in whichever form was asked for. */
  async function send(
    question: string,
    stream: boolean,
    more: Json = {},
    headers = {},
    content: readonly Json[] = ANSWER,
  ): Promise<Observed> {
    gateway.simulator.respondWith((_request, response) => {
      response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' })
      const message = messageWith(content)
      response.end(stream ? [...messageEvents(message)].join('') : JSON.stringify(message))
    })
    return gateway.observe(() => gateway.post(ask(question, { stream, ...more }), { headers }))
  }

  const recordsOf = ({ records }: Observed): unknown[] =>
    records.map(({ custom, result }) => [custom.kind, result?.outcome, custom.end])
  const refusedAnswer = [
    ['decision', 'allow', undefined],
    ['completion', 'deny', 'denied'],
  ]
  const refusedAgain = [['decision', 'deny', undefined]]

  function assertRefused(seen: Observed): string {
    assert.equal(seen.status, 451)
    assert.equal(seen.headers.get('x-should-retry'), 'false')
    const envelope = validate('error', JSON.parse(seen.text))
    assert.equal(envelope.error.type, 'policy_denied')
    assert.deepEqual(
      envelope.error.phigate?.reasons.map(({ code }) => code),
      ['ssn-in-answer'],
    )
    assertNowhere([SSN], { 'what the client got': seen.text })
    gateway.assertNoLeak(seen, [SSN])
    return envelope.request_id
  }

  it('ends as 451, with a record of the refusal', async () => {
    const seen = await send('As JSON?', false)
    assertRefused(seen)
    assert.equal(seen.forwarded.length, 1)
    assert.deepEqual(recordsOf(seen), refusedAnswer)
  })

  it('ends a stream with an error event, before anything of what was found', async () => {
    const seen = await send('As a stream?', true)
    assert.equal(seen.status, 200)
    const events = readEvents(seen.text)
    assert.equal(events.at(-1)?.event, 'error')
    const { error } = validate('error', events.at(-1)?.data)
    assert.equal(error.type, 'policy_denied')
    assert.equal(error.phigate?.reasons[0]?.code, 'ssn-in-answer')
    const [before, begun, ...more] = assemble(events)['content'] as typeof ANSWER
    assert.deepEqual([before, more], [ANSWER[0], []])
    // The words before it may be out, as far as they had come.
    assert.ok('Her SSN '.startsWith(begun?.text ?? ''))
    assertNowhere([SSN], { 'what the client got': seen.text })
    gateway.assertNoLeak(seen, [SSN])
    assert.deepEqual(recordsOf(seen), refusedAnswer)
  })

  it('is refused again without a second call when the client asks again without a stream', async () => {
    const question = 'Once more?'
    const streamed = await send(question, true, { max_tokens: 128_000 })
    const { request_id } = validate('error', readEvents(streamed.text).at(-1)?.data)
    const again = await send(question, false, { max_tokens: 64_000 })
    assert.equal(assertRefused(again), request_id)
    assert.equal(again.forwarded.length, 0)
    assert.deepEqual(recordsOf(again), refusedAgain)
    const third = await send(question, true)
    assert.equal(assertRefused(third), request_id)
    assert.equal(third.forwarded.length, 0)
  })

  it('is refused again in the other form of the same message', async () => {
    await send('In blocks?', false)
    const blocks = [{ type: 'text', text: 'In blocks?', cache_control: { type: 'ephemeral' } }]
    const messages = [{ role: 'user', content: blocks }]
    const again = await send('', true, { messages })
    assertRefused(again)
    assert.equal(again.forwarded.length, 0)
  })

  it('says nothing about another question, another session or another caller', async () => {
    const headers = { 'x-phigate-session': 'refused' }
    const harmless = [{ type: 'text', text: 'Fine.' }]
    await send('This?', false, {}, headers)
    assert.equal((await send('That?', false, {}, headers, harmless)).status, 200)
    assert.equal(
      (await send('This?', false, {}, { 'x-phigate-session': 'other' }, harmless)).status,
      200,
    )
    const authorization = `Bearer ${await gateway.issuer.token('svc-batch')}`
    assert.equal(
      (await send('This?', false, {}, { ...headers, authorization }, harmless)).status,
      200,
    )
    assertRefused(await send('This?', false, {}, headers, harmless))
  })

  it('is denied for what stands in a tool call', async () => {
    const use = {
      type: 'tool_use',
      id: 'toolu_01Abcdefghijklmnopqrstuv',
      name: 'Bash',
      input: { command: `echo SSN ${SSN}` },
    }
    for (const stream of [false, true]) {
      const seen = await send(`In a tool, ${stream}?`, stream, {}, {}, [use])
      assertNowhere([SSN], { 'what the client got': seen.text })
      assert.deepEqual(recordsOf(seen), refusedAnswer)
    }
  })
})
