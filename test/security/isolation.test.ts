import assert from 'node:assert/strict'
import { ask } from '../support/gateway.ts'
import { startWatchedGateway, type Observed, type WatchedGateway } from '../support/observe.ts'
import { placeholdersIn } from '../support/placeholders.ts'
import { messageWith, type Json } from '../support/sse.ts'

const QUESTION = 'Patient Hubert Brandt, MRN: UL660021.'
const SECRETS = ['Hubert', 'Brandt', 'UL660021']
const UUID = '0b7e5c1e-6f6e-4f6e-9a51-3f2d8f0c1a2b'

/** Who asks, on which connection, in which session. */
interface Caller {
  readonly client?: 'svc-triage' | 'svc-batch'
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly more?: Json
}

describe('sessions and callers', function () {
  this.timeout(120_000)
  let gateway: WatchedGateway
  before(async () => {
    gateway = await startWatchedGateway()
  })
  after(() => gateway.stop())
  beforeEach(() => gateway.simulator.respondWith(undefined))

  async function send(caller: Caller, body: Json): Promise<Observed> {
    const { client = 'svc-triage', path = '/v1/messages', headers = {} } = caller
    const authorization = `Bearer ${await gateway.issuer.token(client)}`
    const all = { 'x-phigate-accept-masked': 'true', ...headers, authorization }
    return gateway.observe(() => gateway.post({ ...body, ...caller.more }, { path, headers: all }))
  }

  async function maskedFor(caller: Caller): Promise<readonly string[]> {
    const seen = await send(caller, ask(QUESTION))
    assert.equal(seen.status, 200)
    gateway.assertNoLeak(seen, SECRETS)
    const forwarded = seen.forwarded[0]?.body ?? ''
    const found = ['PERSON', 'MEDICAL_RECORD_NUMBER'].flatMap((type) =>
      placeholdersIn(forwarded, type),
    )
    assert.equal(found.length, 2)
    return found
  }

  const session = (id: string): Record<string, string> => ({ 'x-phigate-session': id })
  const apart: Readonly<Record<string, readonly [Caller, Caller]>> = {
    'two callers without a session': [{}, { client: 'svc-batch' }],
    'two callers with the same session': [
      { headers: session('s') },
      { headers: session('s'), client: 'svc-batch' },
    ],
    'two sessions of a caller': [{ headers: session('s-1') }, { headers: session('s-2') }],
    'two connections with the same session': [
      { headers: session('s-3') },
      { headers: session('s-3'), path: '/c/claude-strict/v1/messages' },
    ],
    'two sessions of the Agent SDK': [
      { headers: { 'x-claude-code-session-id': UUID } },
      { headers: { 'x-claude-code-session-id': UUID.replace('0b', '0c') } },
    ],
    'two sessions in the metadata': [
      { more: { metadata: { user_id: JSON.stringify({ session_id: UUID.replace('0b', '0d') }) } } },
      { more: { metadata: { user_id: JSON.stringify({ session_id: UUID.replace('0b', '0e') }) } } },
    ],
    'two system prompts without a session': [
      { more: { system: 'Be brief.' } },
      { more: { system: 'Be kind.' } },
    ],
  }
  for (const [what, [one, other]] of Object.entries(apart)) {
    it(`name the same value differently in ${what}`, async () => {
      const [first, second] = [await maskedFor(one), await maskedFor(other)]
      assert.ok(first.every((placeholder) => !second.includes(placeholder)))
    })
  }

  it('name the same value alike in one session, from whichever header it comes', async () => {
    const first = await maskedFor({ headers: session(UUID) })
    assert.deepEqual(await maskedFor({ headers: session(UUID) }), first)
    assert.deepEqual(await maskedFor({ headers: { 'x-claude-code-session-id': UUID } }), first)
    const metadata = { user_id: JSON.stringify({ session_id: UUID }) }
    assert.deepEqual(await maskedFor({ more: { metadata } }), first)
  })

  for (const [what, [one, other]] of Object.entries(apart)) {
    it(`restore nothing of the other in ${what}`, async () => {
      const [foreign = ''] = await maskedFor(one)
      gateway.simulator.respondWith((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(JSON.stringify(messageWith([{ type: 'text', text: `It is ${foreign}.` }])))
      })
      const seen = await send(other, ask(`${QUESTION} Who is ${foreign}?`))
      const { content } = JSON.parse(seen.text) as { content: Json[] }
      assert.deepEqual(content, [{ type: 'text', text: `It is ${foreign}.` }])
      assert.deepEqual(seen.records[1]?.custom.restored, {})
      gateway.assertNoLeak(seen, SECRETS)
    })
  }

  it('accept signed thinking only from the caller it was issued to', async () => {
    const thinking = {
      type: 'thinking',
      thinking: 'Hm.',
      signature: 'Zm9yLW9uZS1jYWxsZXItb25seQ==',
    }
    gateway.simulator.respondWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(messageWith([thinking, { type: 'text', text: 'Yes.' }])))
    })
    const headers = session('thinking')
    await send({ headers }, ask('Hello'))
    const messages = [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: [thinking, { type: 'text', text: 'Yes.' }] },
      { role: 'user', content: 'Go on.' },
    ]
    assert.equal((await send({ headers }, ask('', { messages }))).status, 200)
    const other = await send({ headers, client: 'svc-batch' }, ask('', { messages }))
    assert.equal(other.status, 451)
    assert.equal(other.forwarded.length, 0)
    assert.equal(other.records[0]?.result?.reasons[0]?.code, 'uninspectable-content')
  })

  it('are recorded under names that hold neither the session id nor what it says', async () => {
    const id = 'visit of Hubert Brandt, MRN: UL660021'
    const one = await send({ headers: session(id) }, ask('Hello'))
    const other = await send({ headers: session(id), client: 'svc-batch' }, ask('Hello'))
    const [first, second] = [one, other].map(({ records }) => records[0]?.custom.session)
    assert.match(first ?? '', /^ses_[0-9A-Z]{26}$/)
    assert.notEqual(first, second)
    gateway.assertNoLeak(one, [id, ...SECRETS])
  })

  it('do not take a session id that is too long', async () => {
    const seen = await send({ headers: session('x'.repeat(257)) }, ask(QUESTION))
    assert.equal(seen.status, 400)
    assert.equal(seen.forwarded.length, 0)
    gateway.assertNoLeak(seen, SECRETS)
  })
})
