import assert from 'node:assert/strict'
import type { Config } from '../../src/config/index.ts'
import { startSimulator, type Simulator } from '../../src/demo/simulator/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { assertRefused, errorOf, PHI, watchRecords } from '../support/exchanges.ts'
import {
  ask,
  connectionsTo,
  startTestGateway,
  UPSTREAM_KEY,
  type TestGateway,
} from '../support/gateway.ts'

const HEADERS = { 'user-agent': 'sdk/1', 'x-app': 'cli', 'anthropic-version': '2026-10-21' }

describe('a connection that does not allow everything', () => {
  let upstream: Simulator
  let gateway: TestGateway
  let records: () => AuditRecord[]

  before(async () => {
    upstream = await startSimulator({ port: 0, apiKey: UPSTREAM_KEY })
    const [claude, strict] = connectionsTo(upstream.url)
    assert.ok(claude !== undefined && strict !== undefined)
    const connections: Config['connections'] = [
      {
        ...claude,
        models: ['claude-haiku-5-5', 'claude-sonnet-*'],
        dropHeaders: ['x-app', 'user-agent'],
      },
      { ...strict, operations: ['messages.count_tokens', 'models.list'] },
    ]
    gateway = await startTestGateway({ connections })
    records = watchRecords(gateway)
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })
  beforeEach(() => void records())

  const get = (path: string): Promise<Response> =>
    fetch(new URL(path, gateway.url), { headers: { authorization: `Bearer ${gateway.token}` } })

  /** Checks that it was refused with 451, recorded with this reason, and that nothing left. */
  async function refused(
    send: () => Promise<Response>,
    ...codes: readonly string[]
  ): Promise<void> {
    const before = upstream.received.length
    const response = await send()
    assert.equal(response.headers.get('x-should-retry'), 'false')
    const { error } = await errorOf(response, 451)
    assert.equal(error.type, 'policy_denied')
    assert.match(error.message, /^Blocked by policy: (?!Blocked by policy)/)
    assertRefused(records(), ...codes)
    assert.equal(upstream.received.length, before)
  }

  it('refuses an operation that is not on its list, whatever the body', async () => {
    for (const body of [ask('good morning'), ask(PHI), 'no JSON']) {
      const path = '/c/claude-strict/v1/messages'
      await refused(() => gateway.post(body, { path }), 'operation-not-allowed')
    }
    await refused(() => get('/c/claude-strict/v1/models/claude-haiku-5-5'), 'operation-not-allowed')
  })

  it('serves the operations on its list', async () => {
    const path = '/c/claude-strict/v1/messages/count_tokens'
    assert.equal((await gateway.post(ask('good morning'), { path })).status, 200)
    assert.equal((await get('/c/claude-strict/v1/models')).status, 200)
  })

  it('serves the models on its list, by name and by beginning', async () => {
    for (const model of ['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-sonnet-']) {
      const response = await gateway.post(ask('good morning', { model }))
      assert.equal(response.status, 200)
    }
    assert.equal((await get('/v1/models')).status, 200)
    assert.equal((await get('/v1/models/claude-haiku-5-5')).status, 200)
  })

  const others: readonly (readonly [string, Record<string, unknown>, string?])[] = [
    ['another model', { model: 'claude-opus-5-5' }],
    ['a name that only begins like one on its list', { model: 'claude-haiku-5-5-20270101' }],
    ['a name that is not printed', { model: 'claude-sonnet-5-5 (mine)' }],
    ['no model', { model: undefined }],
    ['a model that is no string', { model: ['claude-haiku-5-5'] }],
    ['fallbacks, which name other models', { fallbacks: [{ model: 'claude-opus-5-5' }] }],
    [
      'an advisor, which is another model',
      { tools: [{ type: 'advisor_20260301', name: 'advisor', model: 'claude-opus-5-5' }] },
      'outside-baa',
    ],
  ]
  for (const [what, more, first] of others) {
    const codes = [...(first === undefined ? [] : [first]), 'model-not-allowed']
    it(`refuses ${what}`, async () => {
      for (const path of ['/v1/messages', '/v1/messages/count_tokens']) {
        const body = ask('good morning', more)
        await refused(() => gateway.post(body, { path }), ...codes)
      }
    })
  }

  it('refuses to tell about a model that is not on its list', async () => {
    await refused(() => get('/v1/models/claude-opus-5-5'), 'model-not-allowed')
  })

  it('refuses another model even where a person could have approved', async () => {
    const text = 'Summarize the full chart of the patient.'
    const model = 'claude-opus-5-5'
    await refused(() => gateway.post(ask(text, { model })), 'model-not-allowed')
  })

  it('leaves out the headers that it drops, and no other', async () => {
    const response = await gateway.post(ask('good morning'), { headers: HEADERS })
    assert.equal(response.status, 200)
    const sent = upstream.received.at(-1)?.headers ?? {}
    assert.equal(sent['anthropic-version'], '2026-10-21')
    assert.equal(sent['x-app'], undefined)
    assert.notEqual(sent['user-agent'], 'sdk/1')
  })
})
