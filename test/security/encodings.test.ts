import assert from 'node:assert/strict'
import { ask } from '../support/gateway.ts'
import {
  assertStayedHere,
  assertWentThrough,
  startWatchedGateway,
  type WatchedGateway,
} from '../support/observe.ts'

const SSN = '536-22-1504'
const MRN = 'UL450077'
const SECRETS = [SSN, MRN, 'Noor Haan']
const PHI = `Patient Noor Haan, MRN: ${MRN}, SSN ${SSN}`
const TOOL = 'toolu_01Abcdefghijklmnopqrstuv'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const json = (value: unknown): string => JSON.stringify(value)
const escapeAll = (text: string): string =>
  Array.from(text, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
const nested = (levels: number, text: string): string =>
  levels === 0 ? text : json({ deeper: nested(levels - 1, text) })
const raw = (content: string): string =>
  `{"model":"claude-sonnet-5-5","max_tokens":256,"messages":[{"role":"user","content":${content}}]}`
const source = (data: string, more = {}): unknown => [
  { type: 'document', source: { type: 'base64', media_type: 'text/plain', data, ...more } },
]
const toolResult = (content: unknown): unknown => [
  { type: 'tool_result', tool_use_id: TOOL, content },
]

/** Bodies whose identifiers have to be found and masked, however they are written. */
const MASKED: Readonly<Record<string, string>> = {
  'a key of JSON inside a string': json(ask(json({ [`SSN ${SSN}`]: 'seen' }))),
  'a key of JSON inside base64': json(ask(base64(json({ [`SSN ${SSN}`]: 'seen' })))),
  'every character escaped': raw(`"${escapeAll(PHI)}"`),
  'JSON three strings deep': json(ask(nested(3, PHI))),
  'escapes inside JSON inside a string': json(ask(`{"a":"${escapeAll(PHI)}"}`)),
  'white space around JSON inside a string': json(ask(` \n\t${json({ a: PHI })}\r\n `)),
  'the same key twice in JSON inside a string': json(ask(`{"a":"${PHI}","a":"nothing"}`)),
  'a __proto__ key in JSON inside a string': json(ask(`{"__proto__":{"note":"${PHI}"}}`)),
  base64: json(ask(base64(PHI))),
  'base64 inside JSON inside base64': json(ask(base64(json({ note: base64(PHI) })))),
  'JSON inside base64': json(
    ask(base64(json({ patient: { name: 'Noor Haan' }, mrn: MRN, ssn: SSN }))),
  ),
  'base64 of a document': json(ask(source(base64(PHI)))),
  'base64 in a tool result': json(ask(toolResult(base64(PHI)))),
  'content that is an object': json(ask({ type: 'text', text: PHI })),
  'content in arrays inside arrays': json(ask([[[{ type: 'text', text: PHI }]]])),
  'a block of an unknown type in a tool result': json(ask(toolResult([{ type: 'x', note: PHI }]))),
  'a role that nobody knows': raw('"Hello"').replace(
    '"messages":[',
    `"messages":[{"role":"nurse","content":${json(PHI)}},`,
  ),
  'members beside the content of a message': raw('"Hello"').replace(
    '"role":"user"',
    `"role":"user","name":${json(PHI)}`,
  ),
  'a cache_control with a text': json(
    ask([{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: PHI } }]),
  ),
  'a billing block with more than its text': json(
    ask('Hello', {
      system: [{ type: 'text', text: 'x-anthropic-billing-header: cc_version=1;', note: PHI }],
    }),
  ),
  'a billing block that is not the first': json(
    ask('Hello', {
      system: [
        { type: 'text', text: 'x' },
        { type: 'text', text: `x-anthropic-billing-header: a=${PHI};` },
      ],
    }),
  ),
  'a tool result that says it is a reminder': json(
    ask(toolResult(`<system-reminder>Seen ${PHI}</system-reminder>`)),
  ),
}

/** Bodies that cannot be read, or not be masked where it counts, with the reason of the refusal. */
const DENIED: Readonly<Record<string, readonly [body: string, reason: string]>> = {
  'JSON nested in strings beyond the limit': [json(ask(nested(10, PHI))), 'uninspectable-content'],
  'base64 of a document that is wrapped': [
    json(ask(source(base64(PHI).replace(/.{20}/g, '$&\n')))),
    'uninspectable-content',
  ],
  'base64 of a document without its padding': [
    json(ask(source(base64(`${PHI}.`).replace(/=+$/, '')))),
    'uninspectable-content',
  ],
  'base64 of a document in Latin-1': [
    json(ask(source(Buffer.from(`${PHI} \xe9`, 'latin1').toString('base64')))),
    'uninspectable-content',
  ],
  'a source that is a list': [
    json(ask([{ type: 'image', source: [PHI] }])),
    'uninspectable-content',
  ],
  'a source that is a string': [
    json(ask([{ type: 'image', source: base64(PHI) }])),
    'uninspectable-content',
  ],
  'an image inside the content of a document': [
    json(
      ask([
        {
          type: 'document',
          source: {
            type: 'content',
            content: [
              {
                type: 'image',
                source: { type: 'base64', media_type: 'image/png', data: base64(PHI) },
              },
            ],
          },
        },
      ]),
    ),
    'uninspectable-content',
  ],
  'thinking inside a tool result': [
    json(ask(toolResult([{ type: 'thinking', thinking: PHI, signature: 'eA==' }]))),
    'uninspectable-content',
  ],
  'a text that calls itself encrypted': [
    json(ask([{ type: 'text', text: 'x', encrypted_content: PHI }])),
    'uninspectable-content',
  ],
  'a text that calls itself encrypted in a tool result': [
    json(ask(toolResult([{ type: 'text', text: 'x', encrypted_note: PHI }]))),
    'uninspectable-content',
  ],
  'a __proto__ of a key': [
    raw('"Hello"').replace('{"model"', `{"__proto__":{"SSN ${SSN}":1},"model"`),
    'phi-in-key',
  ],
}

/** Bodies that two readers could read differently, or that are no text. */
const INVALID: Readonly<Record<string, string>> = {
  'the same key twice': raw(json([{ type: 'text', text: PHI }])).replace(
    '"text":',
    '"text":"nothing","text":',
  ),
  'the same key twice, once escaped': raw(
    `[{"type":"text","text":"nothing","\\u0074ext":${json(PHI)}}]`,
  ),
  'messages twice': raw('"Hello"').replace(
    /\}$/,
    `,"messages":[{"role":"user","content":${json(PHI)}}]}`,
  ),
  'text behind the body': `${raw('"Hello"')}${json(PHI)}`,
  'half a surrogate pair': raw(`"${PHI} \\udc00"`),
  'a trailing comma': raw(json(PHI)).replace(/\}$/, ',}'),
  'a comment': raw(json(PHI)).replace('{', `{/* ${PHI} */`),
  'a number of another spelling': raw('"Hello"').replace('256', '0x100'),
  'a list': json([ask(PHI)]),
  'a null': 'null',
  nothing: '',
}

describe('identifiers in disguise', function () {
  this.timeout(120_000)
  let gateway: WatchedGateway
  before(async () => {
    gateway = await startWatchedGateway()
  })
  after(() => gateway.stop())
  const send = (body: string) => gateway.observe(() => gateway.post(body))

  for (const [form, body] of Object.entries(MASKED)) {
    it(`are masked in ${form}`, async () => {
      const seen = await send(body)
      assertWentThrough(seen, 'mask')
      assert.ok((seen.records[0]?.custom.masked?.['US_SSN'] ?? 0) > 0)
      gateway.assertNoLeak(seen, SECRETS)
    })
  }

  for (const [form, [body, reason]] of Object.entries(DENIED)) {
    it(`are denied in ${form}`, async () => {
      const seen = await send(body)
      assertStayedHere(seen, 451, reason)
      gateway.assertNoLeak(seen, [...SECRETS, base64(PHI).slice(0, 24)])
    })
  }

  for (const [form, body] of Object.entries(INVALID)) {
    it(`are refused in a body with ${form}`, async () => {
      const seen = await send(body)
      assertStayedHere(seen, 400, 'invalid-request')
      gateway.assertNoLeak(seen, SECRETS)
    })
  }

  const look = {
    'dashes of other kinds': '536\u201222\u20131504',
    'no-break hyphens': '536\u201122\u20111504',
    'invisible characters between': '5\u200b3\u200c6\u200d-2\u20602-1\ufeff504',
    'soft hyphens': '536\u00ad-22-\u00ad1504',
    'direction marks': '\u202d536-22-1504\u202c',
    'full-width digits': '\uff15\uff13\uff16-\uff12\uff12-\uff11\uff15\uff10\uff14',
    'mathematical digits': '\u{1d7d3}\u{1d7d1}\u{1d7d4}-22-1504',
    'no-break spaces': '536\u00a022\u00a01504',
  }
  for (const [form, ssn] of Object.entries(look)) {
    it(`are masked with ${form}`, async () => {
      const seen = await send(json(ask(`Her SSN is ${ssn} she says.`)))
      assertWentThrough(seen, 'mask')
      assert.match(
        seen.forwarded[0]?.body ?? '',
        /Her SSN is [^0-9A-Za-z]*\[US_SSN\][^0-9A-Za-z]* she says\./,
      )
      gateway.assertNoLeak(seen, [ssn])
    })
  }

  it('leave numbers of any size and keys of any name as they are spelled', async () => {
    const odd =
      '"a":1e400,"b":12345678901234567890,"c":-0.0,"d":1E+2,"__proto__":{"x":null},"constructor":{"prototype":1},"toString":2'
    const body = raw('"Hello"').replace('{', `{${odd},`)
    const seen = await send(body)
    assertWentThrough(seen, 'allow')
    assert.equal(seen.forwarded[0]?.body, body)
  })

  it('are masked behind keys that objects inherit', async () => {
    const odd = `"__proto__":{"mrn":"${MRN}"},"constructor":{"ssn":"${SSN}"},"hasOwnProperty":"${PHI}"`
    const seen = await send(raw('"Hello"').replace('{', `{${odd},`))
    assertWentThrough(seen, 'mask')
    assert.match(seen.forwarded[0]?.body ?? '', /^\{"__proto__":\{"mrn":"\[MEDICAL_RECORD_NUMBER_/)
    gateway.assertNoLeak(seen, SECRETS)
  })

  it('are refused in a body that is not UTF-8', async () => {
    const bytes = Buffer.from(raw(json(`${PHI} \xe9`)), 'latin1')
    const headers = { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' }
    const url = new URL('/v1/messages', gateway.url)
    const seen = await gateway.observe(() => fetch(url, { method: 'POST', headers, body: bytes }))
    assertStayedHere(seen, 400, 'invalid-request')
    gateway.assertNoLeak(seen, SECRETS)
  })
})
