import assert from 'node:assert/strict'
import { DEFAULT_APPROVALS } from '../../src/config/index.ts'
import type { ErrorEnvelope } from '../../src/schema/index.ts'
import { consoleAs, consoleWith, type ConsoleCaller } from '../support/console.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'

const TIMES = { quietSeconds: 0.4, streamSeconds: 2.5, silentSeconds: 1.5, pingSeconds: 0.1 }
const approvals = { ...DEFAULT_APPROVALS, ...TIMES }

let chats = 0
/** A request that waits, new to the gateway each time. */
function summary(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  chats += 1
  const text = `Give me a full chart summary for the patient with MRN: 9988${chats}.`
  return ask(text, more)
}

async function errorOf(response: Response): Promise<ErrorEnvelope['error']> {
  return ((await response.json()) as ErrorEnvelope).error
}

describe('an exchange that needs approval', function () {
  this.timeout(120_000)
  let gateway: TestGateway
  let officer: ConsoleCaller

  beforeEach(async () => {
    gateway = await startTestGateway({ approvals })
    officer = await consoleAs(gateway, 'reviewer')
  })
  afterEach(() => gateway.stop())

  const sent = (): number => gateway.simulator.received.length
  const kinds = (): string[] =>
    gateway.records().flatMap(({ custom }) => {
      if (!['decision', 'review', 'grant-use', 'completion'].includes(custom.kind)) return []
      return [`${custom.kind} ${custom.reviewStatus ?? custom.use ?? custom.end ?? ''}`.trim()]
    })

  it('is held, and goes on masked when somebody has approved what they saw', async () => {
    const waiting = gateway.post(summary())
    const [review] = await officer.pending()
    assert.ok(review !== undefined)
    assert.equal(sent(), 0)
    const shown = (await (await officer.get(`/api/reviews/${review.id}`)).json()) as typeof review
    const content = shown.payload?.messages[0]?.content ?? ''
    assert.match(content, /MRN: \[MEDICAL_RECORD_NUMBER_/)
    assert.deepEqual(review.totals, { MEDICAL_RECORD_NUMBER: 1 })
    assert.equal(await officer.answer(review.id, 'approve', 'for the ward round'), 200)
    const answer = await waiting
    assert.equal(answer.status, 200)
    const body = gateway.simulator.received[0]?.body as { messages: { content: string }[] }
    assert.equal(body.messages[0]?.content, content, 'what was approved is what left')
    assert.deepEqual(kinds(), [
      'review pending',
      'decision',
      'review approved',
      'grant-use consuming',
      'completion consumed',
    ])
    const use = gateway.records().find(({ custom }) => custom.kind === 'grant-use')?.custom
    assert.equal(use?.review, review.id)
    assert.equal(use?.reviewDigest, review.reviewDigest)
    assert.ok(!gateway.written().includes(`9988${chats}`))
  })

  it('is refused when somebody denies, also when it is sent again', async () => {
    const body = summary({ stream: true })
    const waiting = gateway.post(body)
    const [review] = await officer.pending()
    assert.equal(await officer.answer(review?.id ?? '', 'deny'), 200)
    for (const answer of [await waiting, await gateway.post(body)]) {
      assert.equal(answer.status, 451)
      const error = await errorOf(answer)
      assert.equal(error.type, 'approval_denied')
      assert.deepEqual(
        [error.phigate?.review?.id, error.phigate?.review?.status],
        [review?.id, 'denied'],
      )
    }
    assert.equal(sent(), 0)
  })

  it('waits in silence as long as a client bears it, and passes once it is approved', async () => {
    const body = summary()
    const headers = { 'x-phigate-session': 'ward-7' }
    const answer = await gateway.post(body, { headers })
    assert.equal(answer.status, 451)
    assert.equal(answer.headers.get('x-should-retry'), 'false')
    const error = await errorOf(answer)
    assert.equal(error.type, 'approval_required')
    const { id = '', url } = error.phigate?.review ?? {}
    assert.match(error.message, new RegExp(`${id} is pending: .*x-phigate-session: ward-7`))
    assert.equal(url, new URL(`/reviews/${id}`, gateway.server.consoleUrl).href)
    assert.equal(sent(), 0)
    assert.equal(await officer.answer(id, 'approve'), 200)
    assert.equal((await gateway.post(body, { headers })).status, 200)
    assert.equal(sent(), 1)
  })

  it('keeps a stream alive with pings, and then streams the answer', async () => {
    const answer = await gateway.post(summary({ stream: true }))
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'text/event-stream')
    assert.equal(answer.headers.get('x-accel-buffering'), 'no', 'pings get through nginx')
    assert.equal(sent(), 0)
    const [review] = await officer.pending()
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 200)
    const text = await answer.text()
    assert.match(text, /^event: ping\n(.|\n)*event: message_start\n(.|\n)*event: message_stop\n/)
  })

  it('ends a stream whose time is up with an error, and refuses the second try at once', async () => {
    const body = summary({ stream: true })
    const text = await (await gateway.post(body)).text()
    assert.match(text, /event: error\ndata: \{.*"type":"approval_required"/)
    const started = performance.now()
    const again = await gateway.post({ ...body, stream: false, max_tokens: 128 })
    assert.equal(again.status, 451)
    assert.ok(performance.now() - started < TIMES.silentSeconds * 1000, 'it did not wait again')
    const [review] = await officer.pending()
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 200)
    assert.equal((await gateway.post({ ...body, stream: false })).status, 200)
    assert.equal(sent(), 1)
  })

  for (const [status, type] of [
    [529, 'overloaded_error'],
    // Of the connection's key: no fault of who asked.
    [401, 'authentication_error'],
  ] as const) {
    it(`maps a ${status} of the upstream after a wait into the stream, and gives the grant back`, async () => {
      gateway.simulator.respondWith((_request, response) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ type: 'error', error: { type, message: 'Not now' } }))
      })
      const body = summary({ stream: true })
      const answer = await gateway.post(body)
      const [review] = await officer.pending()
      await officer.answer(review?.id ?? '', 'approve')
      assert.match(await answer.text(), new RegExp(`event: error\\ndata: \\{.*"${type}"`))
      gateway.simulator.respondWith(undefined)
      assert.equal((await gateway.post(body)).status, 200)
      const [after] = await officer.reviews('approved')
      assert.equal(after?.grant?.used, 1)
      assert.ok(kinds().includes('completion returned'))
    })
  }

  it('stays open when the client goes, and passes later', async () => {
    const body = summary()
    const gone = new AbortController()
    const waiting = gateway.post(body, { signal: gone.signal })
    const [review] = await officer.pending()
    gone.abort()
    await assert.rejects(waiting)
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 200)
    assert.equal(sent(), 0)
    assert.equal((await gateway.post(body)).status, 200)
    assert.equal(sent(), 1)
  })

  it('needs one approval for the steps of an agent, and another for what a person adds', async () => {
    const first = summary()
    const waiting = gateway.post(first)
    const [review] = await officer.pending()
    await officer.answer(review?.id ?? '', 'approve')
    assert.equal((await waiting).status, 200)
    const [opening] = first['messages'] as object[]
    const use = {
      type: 'tool_use',
      id: 'toolu_01Abcdefghijklmnopqrstuv',
      name: 'Read',
      input: { path: 'chart' },
    }
    const result = {
      type: 'tool_result',
      tool_use_id: 'toolu_01Abcdefghijklmnopqrstuv',
      content: 'blood pressure 120/80',
    }
    const messages = [
      opening,
      { role: 'assistant', content: [use] },
      { role: 'user', content: [result] },
    ]
    const session = { 'x-phigate-session': 'one' }
    assert.equal((await gateway.post({ ...first, messages })).status, 200)
    const more = [...messages, { role: 'user', content: 'go on, and add the history' }]
    for (const changed of [
      { messages: more },
      { messages, system: 'Answer in full.' },
      { messages, tools: [{ name: 'Send', description: 'x', input_schema: { type: 'object' } }] },
      { messages, model: 'claude-opus-5-5' },
    ]) {
      const answer = await gateway.post({ ...first, ...changed })
      assert.equal(answer.status, 451, Object.keys(changed).join())
      await answer.text()
    }
    const beta = { 'anthropic-beta': 'interleaved-thinking-2025-05-14' }
    for (const headers of [session, beta]) {
      const answer = await gateway.post({ ...first, messages }, { headers })
      assert.equal(answer.status, 451)
      await answer.text()
    }
    assert.equal(sent(), 2)
  })

  it('is not approved by services, by whoever is not asked, or with another token', async () => {
    const waiting = gateway.post(summary())
    const [review] = await officer.pending()
    const id = review?.id ?? ''
    const auditor = await consoleAs(gateway, 'auditor')
    assert.equal(await auditor.answer(id, 'approve'), 403)
    assert.equal((await auditor.get(`/api/reviews/${id}`)).status, 200)
    assert.equal(await (await consoleAs(gateway, 'admin')).answer(id, 'approve'), 403)
    assert.equal(await consoleWith(gateway, gateway.token).answer(id, 'approve'), 401)
    assert.equal(await officer.answer(id, 'approve', ' '), 400)
    assert.equal(await officer.answer('rev_nothing', 'approve'), 404)
    assert.equal(await officer.answer(id, 'approve'), 200)
    assert.equal(await officer.answer(id, 'approve'), 409)
    assert.equal((await waiting).status, 200)
  })

  it('shows a service account how its own stands, and lets it answer nothing', async () => {
    const service = async (id: string): Promise<ConsoleCaller> =>
      consoleWith(gateway, await gateway.issuer.token(id, 'console'))
    const [own, other] = [await service('svc-triage'), await service('svc-batch')]
    const waiting = gateway.post(summary())
    const [review] = await officer.pending()
    const path = `/api/reviews/${review?.id ?? ''}`
    const shown = (await (await own.get(path)).json()) as Readonly<Record<string, unknown>>
    assert.equal(shown['status'], 'pending')
    assert.ok(!('payload' in shown))
    assert.equal((await own.reviews('pending')).length, 1)
    assert.equal((await other.get(path)).status, 404)
    assert.deepEqual(await other.reviews('pending'), [])
    for (const one of [own, other]) {
      for (const verb of ['approve', 'deny', 'revoke'] as const) {
        assert.equal(await one.answer(review?.id ?? '', verb), 403)
      }
    }
    const watching = own.get(`${path}?wait=10`)
    await officer.answer(review?.id ?? '', 'deny', 'asked for by mistake')
    const denied = await (await watching).text()
    assert.equal((JSON.parse(denied) as { status: string }).status, 'denied')
    for (const text of [denied, JSON.stringify(await own.reviews('denied'))]) {
      assert.doesNotMatch(text, /asked for by mistake/)
      assert.ok(!text.includes('"approvals"'))
    }
    assert.equal((await waiting).status, 451)
  })

  it('is asked for anew when somebody says "go on" after a denial', async () => {
    const first = summary()
    const headers = { 'x-phigate-session': 'ward-9' }
    const waiting = gateway.post(first, { headers })
    const [review] = await officer.pending()
    assert.equal(await officer.answer(review?.id ?? '', 'deny'), 200)
    assert.equal((await waiting).status, 451)
    const messages = [
      ...(first['messages'] as object[]),
      { role: 'assistant', content: 'I may not do that.' },
      { role: 'user', content: 'Go on.' },
    ]
    const answer = await gateway.post({ ...first, messages }, { headers })
    assert.equal(answer.status, 451)
    assert.equal((await errorOf(answer)).type, 'approval_required')
    assert.equal((await officer.reviews('pending')).length, 1)
    assert.equal(sent(), 0)
  })

  it('shows a waiting program when it was answered', async () => {
    const waiting = gateway.post(summary())
    const [review] = await officer.pending()
    const id = review?.id ?? ''
    const watching = officer.get(`/api/reviews/${id}?wait=10`)
    await officer.answer(id, 'approve')
    assert.equal(((await (await watching).json()) as { status: string }).status, 'approved')
    assert.equal((await officer.get(`/api/reviews/${id}?wait=61`)).status, 400)
    assert.equal((await waiting).status, 200)
  })

  it('is cancelled when its caller is blocked', async () => {
    const waiting = gateway.post(summary())
    const [review] = await officer.pending()
    const admin = await consoleAs(gateway, 'admin')
    const id = review?.principal ?? ''
    const blocked = await admin.post('/api/principals/block', { id, reason: 'stolen' })
    assert.equal(blocked.status, 200)
    assert.equal((await waiting).status, 451)
    assert.equal((await officer.reviews('cancelled')).length, 1)
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 409)
  })

  it('is answered by nobody who is blocked', async () => {
    const waiting = gateway.post(summary())
    const [review] = await officer.pending()
    const admin = await consoleAs(gateway, 'admin')
    const about = { id: `${gateway.issuer.issuer.origin}|reviewer`, reason: 'a stolen sign-in' }
    assert.equal((await admin.post('/api/principals/block', about)).status, 200)
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 403)
    assert.equal(await officer.answer(review?.id ?? '', 'deny'), 403)
    assert.equal(sent(), 0)
    assert.equal((await admin.post('/api/principals/unblock', about)).status, 200)
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 200)
    assert.equal((await waiting).status, 200)
  })

  for (const verb of ['end', 'shred'] as const) {
    it(`is cancelled when somebody ${verb}s its session`, async () => {
      const headers = { 'x-phigate-session': 'ward-5' }
      const hello = ask('Which vaccines are given at twelve months?')
      assert.equal((await gateway.post(hello, { headers })).status, 200)
      const waiting = gateway.post(summary(), { headers })
      const [review] = await officer.pending()
      const path = `/api/reviews/${review?.id ?? ''}`
      const shown = async (): Promise<{ session: string; payload: object }> =>
        (await (await officer.get(path)).json()) as { session: string; payload: object }
      const { session } = await shown()
      const over = await officer.post(`/api/sessions/${session}/${verb}`, { reason: 'asked to' })
      assert.equal(over.status, 200)
      const answer = await waiting
      assert.equal(answer.status, 451)
      assert.equal((await errorOf(answer)).phigate?.review?.status, 'cancelled')
      const { payload } = await shown()
      assert.equal(Object.keys(payload).length === 0, verb === 'shred', 'the body is destroyed')
      assert.equal(await officer.answer(review?.id ?? '', 'approve'), 409)
    })
  }

  it('does not hold up a stop, and its review is there after a restart', async () => {
    const waiting = gateway.post(summary())
    await officer.pending()
    const stopping = gateway.server.stop()
    const answer = await waiting
    assert.equal(answer.status, 451)
    assert.equal((await errorOf(answer)).type, 'approval_required')
    await stopping
    gateway.server.stop = async () => {}
  })

  it('passes exactly once for each approval, however many ask at once', async () => {
    const body = summary()
    const waiting = Array.from({ length: 8 }, () => gateway.post(body))
    const [review] = await officer.pending()
    assert.equal((await officer.reviews('pending')).length, 1)
    await officer.answer(review?.id ?? '', 'approve')
    const answers = await Promise.all(waiting)
    assert.ok(answers.every(({ status }) => status === 200))
    const uses = gateway.records().filter(({ custom }) => custom.kind === 'grant-use')
    assert.equal(uses.length, sent())
  })
})
