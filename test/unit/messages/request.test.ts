import assert from 'node:assert/strict'
import { GatewayError } from '../../../src/domain/index.ts'
import type { RequestJob } from '../../../src/inspect/index.ts'
import { parseRequest, type ParsedRequest, type Unit } from '../../../src/messages/index.ts'
import { requestJob } from '../../support/inspection.ts'

function parsed(body: unknown, more: Partial<RequestJob> = {}): ParsedRequest {
  return parseRequest(requestJob(body, more))
}

function units(body: unknown, more: Partial<RequestJob> = {}): readonly Unit[] {
  return parsed(body, more).units
}

/** Path, role and text of each segment, in order. */
function seen(body: unknown, more: Partial<RequestJob> = {}): readonly string[] {
  return units(body, more).flatMap((unit) =>
    unit.segments.map((s) => `${s.path} ${s.role} ${s.place} ${s.text}`),
  )
}

function hidden(body: unknown): readonly string[] {
  return units(body).flatMap((unit) =>
    unit.uninspectable.map((u) => `${u.path} ${u.role} ${u.kind}`),
  )
}

function user(...content: unknown[]): object {
  return { messages: [{ role: 'user', content }] }
}

const text = (words: string): object => ({ type: 'text', text: words })

describe('the segments of a request', () => {
  it('stand in the order of the prefix, each with its pointer and role', () => {
    const body = {
      messages: [
        { role: 'user', content: 'one' },
        { role: 'system', content: 'two' },
        { role: 'assistant', content: [text('three')] },
      ],
      max_tokens: 12,
      system: 'frame',
      model: 'a model',
      tools: [{ name: 'find', description: 'finds', input_schema: { type: 'object', min: 3 } }],
    }
    assert.deepEqual(seen(body), [
      '/tools/0/name tools text find',
      '/tools/0/description tools text finds',
      '/tools/0/input_schema/* tools key type',
      '/tools/0/input_schema/* tools text object',
      '/tools/0/input_schema/* tools key min',
      '/tools/0/input_schema/* tools number 3',
      '/system system text frame',
      '/messages/0/content user text one',
      '/messages/1/content system text two',
      '/messages/2/content/0/text assistant text three',
      '/max_tokens metadata number 12',
      '/model metadata text a model',
    ])
    assert.deepEqual(
      units(body).map((unit) => unit.kind),
      ['tools', 'system', 'message', 'message', 'message', 'rest'],
    )
  })

  it('are the same for counting as for creating', () => {
    const body = { ...user(text('hello'), { odd: 1 }), model: 'x y' }
    assert.deepEqual(seen(body), seen(body, { operation: 'messages.count_tokens' }))
  })

  it('hold tool calls and results under roles of their own, with the keys of the data', () => {
    const call = {
      type: 'tool_use',
      id: 'call one',
      name: 'find',
      input: { patient: { name: 'A' } },
    }
    const result = {
      type: 'tool_result',
      tool_use_id: 'call one',
      content: [text('found'), { type: 'json', rows: ['B'] }],
    }
    const body = {
      messages: [
        { role: 'assistant', content: [call] },
        { role: 'user', content: [result, { ...result, content: '{"mrn":"C"}' }] },
      ],
    }
    assert.deepEqual(seen(body), [
      '/messages/0/content/0/id assistant text call one',
      '/messages/0/content/0/name assistant text find',
      '/messages/0/content/0/input/* tool_use key patient',
      '/messages/0/content/0/input/*/* tool_use key name',
      '/messages/0/content/0/input/*/* tool_use text A',
      '/messages/1/content/0/tool_use_id user text call one',
      '/messages/1/content/0/content/0/text tool_result text found',
      '/messages/1/content/0/content/1/type tool_result text json',
      '/messages/1/content/0/content/1/* tool_result key rows',
      '/messages/1/content/0/content/1/*/0 tool_result text B',
      '/messages/1/content/1/tool_use_id user text call one',
      '/messages/1/content/1/content#/* tool_result inner-key mrn',
      '/messages/1/content/1/content#/* tool_result text C',
    ])
    const inner = units(body).flatMap((unit) => unit.segments)
    assert.deepEqual(inner.find((s) => s.text === 'A')?.keys, ['patient', 'name'])
    assert.deepEqual(inner.find((s) => s.text === 'C')?.keys, ['mrn'])
  })

  it('take a key that only looks like one of the API for data inside a tool call', () => {
    const call = { type: 'tool_use', name: 'n', input: { text: 'A', type: 'text', id: 'x' } }
    const [, ...inside] = seen({ messages: [{ role: 'assistant', content: [call] }] })
    assert.deepEqual(
      inside.map((line) => line.split(' ').slice(2).join(' ')),
      ['key text', 'text A', 'key type', 'text text', 'key id', 'text x'],
    )
  })

  it('hold unknown fields and block types', () => {
    const block = { type: 'novel thing', text: 'A', note: { deep: [7, 'B'] } }
    assert.deepEqual(seen({ ...user(block), novel: 'C' }), [
      '/messages/0/content/0/type user text novel thing',
      '/messages/0/content/0/text user text A',
      '/messages/0/content/0/* user key note',
      '/messages/0/content/0/*/* user key deep',
      '/messages/0/content/0/*/*/0 user number 7',
      '/messages/0/content/0/*/*/1 user text B',
      '/* metadata key novel',
      '/* metadata text C',
    ])
  })

  it('hold content of a form that the API does not have', () => {
    assert.deepEqual(seen({ messages: [{ role: 'user', content: { odd: 'A' } }] }), [
      '/messages/0/content/* user key odd',
      '/messages/0/content/* user text A',
    ])
    assert.deepEqual(seen({ messages: [], system: { odd: 5 } }), [
      '/system/* system key odd',
      '/system/* system number 5',
    ])
    assert.deepEqual(seen({ messages: [{ role: 'someone', content: ['A'] }] }), [
      '/messages/0/role user text someone',
      '/messages/0/content/0 user text A',
    ])
  })

  it('leave out ids and names of the API where they stand, and nowhere else', () => {
    const id = 'toolu_0123456789abcdefghijABCD'
    const use = { type: 'tool_use', id, name: 'n', input: {} }
    const cached = { ...text('user'), cache_control: { type: 'ephemeral', ttl: '5m' } }
    const body = { ...user(use, cached, text(id)), model: 'claude-sonnet-5-5' }
    assert.deepEqual(seen(body), [
      '/messages/0/content/0/name user text n',
      '/messages/0/content/1/text user text user',
      `/messages/0/content/2/text user text ${id}`,
    ])
  })

  it('read the user id as the JSON that it is, with the grammar of its keys', () => {
    const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e'
    const known = { device_id: 'a'.repeat(64), account_uuid: '', session_id: uuid }
    const body = (id: object) => ({ messages: [], metadata: { user_id: JSON.stringify(id) } })
    assert.deepEqual(seen(body(known)), [])
    assert.equal(parsed(body(known)).sessionId, uuid)
    assert.deepEqual(seen(body({ ...known, session_id: 'A', ward: 'B' })), [
      '/metadata/user_id#/session_id metadata text A',
      '/metadata/user_id#/* metadata inner-key ward',
      '/metadata/user_id#/* metadata text B',
    ])
    for (const user_id of [{ session_id: 'A' }, { session_id: 5 }]) {
      assert.equal(parsed(body(user_id)).sessionId, undefined)
    }
    for (const user_id of ['plain', '{"session_id"', 5]) {
      assert.equal(parsed({ messages: [], metadata: { user_id } }).sessionId, undefined)
    }
  })

  it('hold headers and query, without what is known of them', () => {
    const headers = {
      'anthropic-version': '2026-10-21',
      'anthropic-beta': 'effort-2025-11-24, odd',
      'user-agent': 'somebody',
      'x-claude-code-session-id': '0f8fad5b-d9cb-469f-a165-70867728950e',
    }
    const query = [
      ['beta', 'true'],
      ['limit', '1000'],
      ['who', 'A'],
    ] as const
    assert.deepEqual(seen({ messages: [] }, { headers, query }), [
      '/headers/anthropic-beta header header effort, odd',
      '/headers/user-agent header header somebody',
      '/query/limit metadata query 1000',
      '/query/* metadata query limit',
      '/query/* metadata query A',
      '/query/* metadata query who',
    ])
  })

  it('hold the name of a header that nobody knows', () => {
    const headers = { 'anthropic-ssn-219-09-9941': 'x', 'x-stainless-os': 'Linux' }
    assert.deepEqual(seen({ messages: [] }, { headers }), [
      '/headers/* header header x',
      '/headers/* header header anthropic-ssn-219-09-9941',
      '/headers/x-stainless-os header header Linux',
    ])
  })

  it('are those of the query and the headers alone where there is no body', () => {
    const job = { operation: 'models.list', query: [['limit', '10']] } as const
    const request = parsed('', job)
    assert.equal(request.root, undefined)
    assert.deepEqual(
      request.units.map((unit) => unit.kind),
      ['rest'],
    )
    assert.equal(request.facts.model, null)
  })
})

describe('scaffolding', () => {
  const reminder = '<system-reminder>\nbe kind\n</system-reminder>\n'
  const roles = (body: unknown) => units(body).flatMap((u) => u.segments.map((s) => s.role))

  it('is a reminder that is all of a text of the first user message', () => {
    assert.deepEqual(roles(user(text(reminder), text('hello'))), ['system', 'user'])
    assert.deepEqual(roles({ messages: [{ role: 'user', content: reminder }] }), ['system'])
  })

  it('is no reminder with other words, in another message, or in a tool result', () => {
    const twice = `${reminder}patient ${reminder}`
    const result = { type: 'tool_result', tool_use_id: 'a b', content: [text(reminder)] }
    assert.deepEqual(roles(user(text(`${reminder} x`), text(twice), text(`x${reminder}`))), [
      'user',
      'user',
      'user',
    ])
    const later = [
      { role: 'user', content: 'one' },
      { role: 'user', content: reminder },
    ]
    assert.deepEqual(roles({ messages: later }), ['user', 'user'])
    assert.deepEqual(roles(user(result)), ['user', 'tool_result'])
  })

  it('has the billing block of the Agent SDK first, alone and plain', () => {
    const billing = 'x-anthropic-billing-header: cc_version=2.1.330.a1b; cc_entrypoint=sdk-ts;'
    const frame = (...system: unknown[]) => seen({ messages: [], system })
    assert.deepEqual(frame(text(billing), text('A')), ['/system/1/text system text A'])
    assert.deepEqual(frame(text('A'), text(billing)).length, 2)
    assert.equal(frame(text(`${billing} Patient A`)).length, 1)
    assert.deepEqual(frame({ ...text(billing), note: 'A' }), [
      `/system/0/text system text ${billing}`,
      '/system/0/* system key note',
      '/system/0/* system text A',
    ])
  })
})

describe('what cannot be read', () => {
  const source = (fields: object) => ({ type: 'document', source: fields })

  it('is media, with what stands beside it still read', () => {
    const png = { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=', note: 'A' }
    const body = user({ type: 'image', source: png, title: 'B' })
    assert.deepEqual(hidden(body), ['/messages/0/content/0 user image'])
    assert.deepEqual(seen(body), [
      '/messages/0/content/0/source/* user key note',
      '/messages/0/content/0/source/* user text A',
      '/messages/0/content/0/title user text B',
    ])
  })

  it('is every source but text', () => {
    const note = Buffer.from('Patient: Jorvina Quillmark').toString('base64')
    const sources = [
      { type: 'text', media_type: 'text/plain', data: 'A' },
      { type: 'content', content: [text('B')] },
      { type: 'base64', media_type: 'text/plain', data: note },
      { type: 'base64', media_type: 'text/plain', data: '////' },
      { type: 'base64', media_type: 'application/pdf', data: note },
      { type: 'url', url: 'https://x.example/a.pdf' },
      { type: 'file', file_id: 'file one' },
      { type: 'novel one', data: 'C' },
    ]
    const body = user(...sources.map(source))
    assert.deepEqual(hidden(body), [
      '/messages/0/content/3 user document',
      '/messages/0/content/4 user document',
      '/messages/0/content/5 user url',
      '/messages/0/content/6 user file',
      '/messages/0/content/7 user document',
    ])
    assert.deepEqual(seen(body), [
      '/messages/0/content/0/source/data user text A',
      '/messages/0/content/1/source/content/0/text user text B',
      '/messages/0/content/2/source/data user text Patient: Jorvina Quillmark',
      '/messages/0/content/5/source/url user text https://x.example/a.pdf',
      '/messages/0/content/6/source/file_id user text file one',
      '/messages/0/content/7/source/type user text novel one',
      '/messages/0/content/7/source/data user text C',
    ])
  })

  it('is media in a tool result too', () => {
    const image = {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: 'AA==' },
    }
    const result = { type: 'tool_result', content: [image] }
    assert.deepEqual(hidden(user(result)), ['/messages/0/content/0/content/0 tool_result image'])
  })

  it('is thinking with a signature; without one it is text', () => {
    const signed = { type: 'thinking', thinking: 'A', signature: 'sig', note: 'B' }
    const bare = { type: 'thinking', thinking: 'C' }
    const empty = { ...bare, signature: '' }
    const body = { messages: [{ role: 'assistant', content: [signed, bare, empty] }] }
    assert.deepEqual(hidden(body), ['/messages/0/content/0 assistant signed'])
    assert.deepEqual(seen(body), [
      '/messages/0/content/0/* assistant key note',
      '/messages/0/content/0/* assistant text B',
      '/messages/0/content/1/thinking assistant text C',
      '/messages/0/content/2/thinking assistant text C',
    ])
  })

  it('is redacted thinking and whatever is encrypted', () => {
    const redacted = { type: 'redacted_thinking', data: 'abc' }
    const result = {
      type: 'web_search_tool_result',
      content: [
        { type: 'web_search_result', encrypted_content: 'e', title: 'A', encrypted_x: 'f' },
      ],
    }
    const body = { messages: [{ role: 'assistant', content: [redacted, result] }] }
    assert.deepEqual(hidden(body), [
      '/messages/0/content/0 assistant signed',
      '/messages/0/content/1/content/0/encrypted_content tool_result encrypted',
      '/messages/0/content/1/content/0/* tool_result encrypted',
    ])
    const issues = units(body).flatMap((u) => u.uninspectable.map((source_) => source_.issue))
    assert.equal(new Set(issues).size, 3)
    assert.ok(issues.every((issue) => issue !== undefined))
  })

  it('is JSON in JSON deeper than eight times, or nested too deep', () => {
    const wrap = (times: number): string =>
      times === 0 ? 'A' : JSON.stringify({ a: wrap(times - 1) })
    assert.ok(seen(user(text(wrap(8)))).some((line) => line.endsWith('text A')))
    assert.deepEqual(hidden(user(text(wrap(8)))), [])
    assert.equal(hidden(user(text(wrap(9)))).length, 1)
    assert.ok(hidden(user(text(wrap(9))))[0]?.endsWith('user depth'))
    const deep = '['.repeat(201) + ']'.repeat(201)
    assert.deepEqual(hidden(user(text(deep))), ['/messages/0/content/0/text user depth'])
  })

  it('is base64 at the depth where nothing is looked into', () => {
    const encoded = Buffer.from('Patient: Jorvina Quillmark').toString('base64')
    const wrap = (times: number): string =>
      times === 0 ? encoded : JSON.stringify({ a: wrap(times - 1) })
    assert.deepEqual(hidden(user(text(wrap(7)))), [])
    assert.ok(seen(user(text(wrap(7)))).some((line) => line.endsWith('Quillmark')))
    assert.equal(hidden(user(text(wrap(8)))).length, 1)
  })
})

describe('base64', () => {
  const read = (value: string) =>
    seen(user(text(value)))
      .at(-1)
      ?.replace(/^.* text /, '')

  it('is read where it stands for a text', () => {
    const encoded = (plain: string) => Buffer.from(plain).toString('base64')
    for (const plain of ['John Smith, DOB', 'Zo\u00eb \u{1F642} \n\tand more', 'x'.repeat(500)]) {
      assert.equal(read(encoded(plain)), plain)
    }
    const json = encoded('{"patient":{"name":"A"}}')
    assert.equal(read(json), 'A')
  })

  it('is a word where it is one, and bytes where it does not read as text', () => {
    const words = [
      'patients',
      'thisisalongwordhere0',
      'THISISALONGWORDHERE1',
      'abcdefghijklmnop',
      Buffer.from('ab').toString('base64'),
      Buffer.from(Uint8Array.of(...Array(15).keys(), 250)).toString('base64'),
      Buffer.from('text\u0000with a zero').toString('base64'),
      'Abc1+/=Abc1+/=Ab',
      `${'Ab1'.repeat(100)} x`,
    ]
    for (const word of words) assert.equal(read(word), word)
  })
})

describe('facts', () => {
  it('name tools, servers and features, and hide what is no name', () => {
    const body = {
      model: 'claude-test',
      stream: true,
      messages: [{ role: 'user', content: 'hello' }],
      tools: [
        { name: 'Bash' },
        { name: 'Find it', type: 'custom' },
        { type: 'web_search_20250305', name: 'web_search' },
        { type: 'custom' },
      ],
      mcp_servers: [{ name: 'charts' }],
      context_management: {},
      'Jorvina Quillmark': 1,
    }
    const headers = { 'anthropic-beta': 'a-2025-01-01,, 5 b' }
    const { facts } = parsed(body, { headers })
    assert.deepEqual(facts, {
      operation: 'messages.create',
      model: 'claude-test',
      stream: true,
      tools: ['Bash', '*'],
      serverTools: ['web_search_20250305'],
      mcpServers: ['charts'],
      features: ['mcp_servers', 'context_management', '*'],
      betas: ['a-2025-01-01', '*'],
      messages: 1,
      characters: facts.characters,
    })
  })
})

describe('a request that cannot be read', () => {
  const refused: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['no UTF-8', Uint8Array.of(0x7b, 0xff), /UTF-8/],
    ['no JSON', 'hello', /not JSON, at character 0/],
    ['no object', '[]', /not an object/],
    ['no messages', '{}', /^\/messages: an array/],
    ['messages of another form', '{"messages":{}}', /^\/messages: an array/],
    ['a message that is none', '{"messages":[{"role":"user"},5]}', /^\/messages\/1: an object/],
    ['a message without a role', '{"messages":[{"content":"x"}]}', /^\/messages\/0: an object/],
    ['a key twice', '{"messages":[],"a":1,"a":2}', /same key twice/],
    ['half a surrogate pair', '{"messages":[],"a":"\\ud800"}', /surrogate/],
    ['too deep', `{"messages":[],"a":${'['.repeat(200)}${']'.repeat(200)}}`, /deeper than 200/],
  ]
  for (const [what, body, message] of refused) {
    it(`is refused with its place: ${what}`, () => {
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
      assert.throws(
        () => parseRequest({ ...requestJob(''), body: bytes }),
        (error) =>
          error instanceof GatewayError &&
          error.code === 'invalid-request' &&
          message.test(error.message),
      )
    })
  }

  it('keeps a member called __proto__ and looks into it', () => {
    const body = '{"messages":[],"__proto__":{"polluted":"A"}}'
    assert.deepEqual(seen(body), [
      '/* metadata key __proto__',
      '/*/* metadata key polluted',
      '/*/* metadata text A',
    ])
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
  })
})
