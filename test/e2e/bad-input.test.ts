import assert from 'node:assert/strict'
import {
  assertClean,
  assertForwarded,
  assertRefused,
  errorOf,
  IDENTIFIERS,
  PHI,
} from '../support/exchanges.ts'
import { ask } from '../support/gateway.ts'
import { gatewayUnderTest, GOOD } from '../support/under-test.ts'

/** A body in which everything but one thing is right, and which holds identifiers. */
const withPhi = (more: string): string => `{"note":${JSON.stringify(PHI)},${more},${GOOD.slice(1)}`
const nested = (depth: number, value = '1'): string => '['.repeat(depth) + value + ']'.repeat(depth)
const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  )

describe('bad input', () => {
  const under = gatewayUnderTest()

  const UNREADABLE: Readonly<Record<string, Uint8Array | string>> = {
    'that is empty': '',
    'that is not JSON': `note=${PHI}`,
    'that is cut off': withPhi('"x":1').slice(0, -1),
    'with something behind it': `${withPhi('"x":1')} {}`,
    'that is a list': `[${withPhi('"x":1')}]`,
    'that is a string': JSON.stringify(PHI),
    'without messages': JSON.stringify({ model: 'claude-sonnet-5-5', note: PHI }),
    'with messages that are no list': JSON.stringify({ messages: PHI }),
    'with a message that is no object': JSON.stringify({ messages: [PHI] }),
    'with a message without a role': JSON.stringify({ messages: [{ content: PHI }] }),
    'with a byte order mark': `\uFEFF${withPhi('"x":1')}`,
    'with a byte that is not UTF-8': bytes('{"note":"', [0xff], withPhi('"x":1').slice(1)),
    'with an overlong encoding': bytes('{"a":"', [0xc0, 0xaf], `",${withPhi('"x":1').slice(1)}`),
    'with half a surrogate pair in bytes': bytes(
      '{"a":"',
      [0xed, 0xa0, 0x80],
      `",${withPhi('"x":1').slice(1)}`,
    ),
    'in UTF-16': Buffer.from(withPhi('"x":1'), 'utf16le'),
    'with half a surrogate pair, escaped': withPhi('"x":"\\ud800"'),
    'with the other half, escaped': withPhi('"x":"a\\uDC00"'),
    'with half a surrogate pair in a key': withPhi('"\\ud83d":1'),
    'with a pair in the wrong order': withPhi('"x":"\\udc00\\ud800"'),
    'with the same key twice': withPhi('"x":1,"x":2'),
    'with the same key twice, spelled in two ways': withPhi('"x":1,"\\u0078":2'),
    'with messages twice': `{"messages":[],"note":${JSON.stringify(PHI)},${GOOD.slice(1)}`,
    'with __proto__ twice': withPhi('"__proto__":{},"__proto__":{}'),
    'with a control character in a string': withPhi('"x":"\u0001"'),
    'with a number that is none': withPhi('"x":01'),
    'with a comment': withPhi('/* x */"x":1'),
    'nested 201 levels deep': withPhi(`"x":${nested(200)}`),
    'nested a million levels deep': withPhi(`"x":${nested(1_000_000)}`),
  }
  for (const [name, body] of Object.entries(UNREADABLE)) {
    it(`answers 400 to a body ${name}`, async () => {
      const envelope = await errorOf(await under.post(body), 400)
      assert.equal(envelope.error.type, 'invalid_request_error')
      under.assertNotForwarded()
      assertRefused(under.records(), 'invalid-request')
    })
  }

  it('forwards a body that is nested 200 levels deep', async () => {
    const body = `{"x":${nested(199)},${GOOD.slice(1)}`
    assert.equal((await under.post(body)).status, 200)
    assert.equal(under.forwarded().toString(), body)
    assertForwarded(under.records(), 'complete', 200)
  })

  it('inspects 200 levels down', async () => {
    const body = `{"x":${nested(199, JSON.stringify(PHI))},${GOOD.slice(1)}`
    assert.equal((await under.post(body)).status, 200)
    assertClean(under.forwarded().toString())
    assertForwarded(under.records(), 'complete', 200)
  })

  it('forwards __proto__ and its like byte for byte', async () => {
    const odd = '"__proto__":{"a":"hello"},"constructor":{"prototype":{"b":1.0}},"toString":null'
    const body = `{${odd},"hasOwnProperty":[{"__proto__":"x"}],${GOOD.slice(1)}`
    const response = await under.post(body)
    assert.equal(response.status, 200)
    assert.equal(under.forwarded().toString(), body)
    assert.equal(Object.hasOwn(Object.prototype, 'a'), false)
    assertForwarded(under.records(), 'complete', 200)
  })

  it('finds what stands below __proto__', async () => {
    const body = `{"__proto__":{"__proto__":${JSON.stringify(PHI)}},${GOOD.slice(1)}`
    assert.equal((await under.post(body)).status, 200)
    assertClean(under.forwarded().toString())
    assertForwarded(under.records(), 'complete', 200)
  })

  const WRONG_TYPES = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=iso-8859-1',
    'application/json;charset=utf-16',
    'application/jsonp',
  ]
  for (const type of WRONG_TYPES) {
    it(`answers 415 to content-type ${type}`, async () => {
      const envelope = await errorOf(
        await under.post(withPhi('"x":1'), { 'content-type': type }),
        415,
      )
      assert.equal(envelope.error.type, 'invalid_request_error')
      under.assertNotForwarded()
      assertRefused(under.records(), 'unsupported-encoding')
    })
  }

  for (const type of ['application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"']) {
    it(`takes content-type ${type}`, async () => {
      assert.equal((await under.post(GOOD, { 'content-type': type })).status, 200)
      assert.equal(under.forwarded().toString(), GOOD)
      assertForwarded(under.records(), 'complete', 200)
    })
  }

  const NOWHERE: readonly (readonly [string, string])[] = [
    ...(
      ['/', '/v1', '/v1/message', '/v1/messages/', '/v1/messages/x', '/v2/messages'] as const
    ).map((path) => ['POST', path] as const),
    ['GET', '/v1/messages'] as const,
    ['PUT', '/v1/messages'] as const,
    ['DELETE', '/v1/models'] as const,
    ['GET', '/v1/models/a/b'] as const,
    ['GET', '/v1/models/%2e%2e'],
    ['POST', '/V1/messages'] as const,
    ['POST', '/c/claude/c/claude/v1/messages'] as const,
    ['POST', '/c/nowhere/v1/messages'] as const,
    ['POST', '/c/CLAUDE/v1/messages'] as const,
    ['POST', '/c/__proto__/v1/messages'] as const,
    ['POST', '/c/constructor/v1/messages'] as const,
    ['POST', `/v1/${encodeURIComponent(PHI)}`],
    ['POST', `/c/${IDENTIFIERS[2].toLowerCase()}/v1/messages`],
  ]
  for (const [method, path] of NOWHERE) {
    const label =
      path.includes('gundersen') || path.includes('Gundersen') ? 'a path with a name' : path
    it(`answers 404 to ${method} ${label}`, async () => {
      const body = method === 'GET' ? undefined : withPhi('"x":1')
      const envelope = await errorOf(await under.send(method, path, body), 404)
      assert.equal(envelope.error.type, 'not_found_error')
      under.assertNotForwarded()
      assert.deepEqual(under.records(), [])
    })
  }

  const CLOSED = [
    'POST /v1/messages/batches',
    'GET /v1/messages/batches/msgbatch_1/results',
    'GET /v1/files',
    'POST /v1/files',
    'GET /v1/skills',
    'POST /v1/agents',
    'POST /v1/sessions',
    'POST /v1/complete',
    'POST /c/claude/v1/messages/batches',
    'GET /v1/organizations/me',
    'GET /v1/vaults',
    'POST /v1/environments',
    'POST /v1/memory_stores',
    'POST /v1/experimental/generate_prompt',
  ]
  for (const surface of CLOSED) {
    it(`answers 451 to the closed surface ${surface}, on the record`, async () => {
      const [method = '', path = ''] = surface.split(' ')
      const body = method === 'GET' ? undefined : withPhi('"x":1')
      const response = await under.send(method, path, body)
      assert.equal(response.headers.get('x-should-retry'), 'false')
      const envelope = await errorOf(response, 451)
      assert.equal(envelope.error.type, 'policy_denied')
      under.assertNotForwarded()
      assertRefused(under.records(), 'surface-closed')
    })
  }

  const OUT_OF_REACH: readonly (readonly [string, string, () => Promise<Response>, string])[] = [
    [
      'an object key',
      'phi-in-key',
      () => under.post(JSON.stringify(ask([{ type: 'text', text: 'hello', [PHI]: true }]))),
      '/messages/0/content/0/*',
    ],
    [
      'the name of a tool property',
      'phi-in-key',
      () => {
        const tool = { name: 'look', input_schema: { type: 'object', properties: { [PHI]: {} } } }
        return under.post(JSON.stringify(ask('hello', { tools: [tool] })))
      },
      '/tools/0/input_schema/*/*',
    ],
    [
      'a query parameter',
      'phi-in-query',
      () => under.send('POST', `/v1/messages?note=${encodeURIComponent(PHI)}`, GOOD),
      '/query/*',
    ],
    [
      'the name of a query parameter',
      'phi-in-query',
      () => under.send('GET', `/v1/models?${encodeURIComponent(PHI)}=1`),
      '/query/*',
    ],
    [
      'a header that is forwarded',
      'phi-in-header',
      () => under.post(GOOD, { 'anthropic-note': PHI }),
      '/headers/*',
    ],
    [
      'the user-agent',
      'phi-in-header',
      () => under.post(GOOD, { 'user-agent': `triage (${PHI})` }),
      '/headers/user-agent',
    ],
  ]
  for (const [place, code, request, path] of OUT_OF_REACH) {
    it(`answers 451 to an identifier in ${place}, which cannot be masked`, async () => {
      const envelope = await errorOf(await request(), 451)
      assert.equal(envelope.error.type, 'policy_denied')
      assert.deepEqual(
        envelope.error.phigate?.reasons.map((reason) => reason.code),
        [code],
      )
      const paths = new Set(envelope.error.phigate?.removed.map((field) => field.path))
      assert.deepEqual([...paths], [path])
      assert.equal(envelope.error.phigate?.sanitized, undefined)
      under.assertNotForwarded()
      assertRefused(under.records(), code)
    })
  }

  it('does not forward, and so does not inspect, a header that is not of the API', async () => {
    assert.equal((await under.post(GOOD, { 'x-note': PHI, cookie: `who=${PHI}` })).status, 200)
    const headers = JSON.stringify(under.gateway.simulator.received.at(-1)?.headers)
    under.forwarded()
    assertClean(headers.replaceAll(/"x-api-key":"[^"]*"/g, ''))
    assertForwarded(under.records(), 'complete', 200)
  })

  for (const name of ['x-phigate-session', 'x-claude-code-session-id']) {
    it(`answers 400 to ${name} of 257 characters, and takes 256`, async () => {
      await errorOf(await under.post(GOOD, { [name]: 's'.repeat(257) }), 400)
      under.assertNotForwarded()
      assertRefused(under.records(), 'invalid-request')
      assert.equal((await under.post(GOOD, { [name]: 's'.repeat(256) })).status, 200)
      under.forwarded()
      assertForwarded(under.records(), 'complete', 200)
    })
  }
})
