import assert from 'node:assert/strict'
import {
  canonicalBody,
  canonicalMessage,
  canonicalSystem,
  canonicalTools,
  type Feed,
} from '../../../src/messages/canonical.ts'
import { items, member, parseJson, type JsonNode } from '../../../src/messages/json.ts'
import { parseRequest } from '../../../src/messages/index.ts'
import { bodyText } from '../../support/bodies.ts'
import { requestJob } from '../../support/inspection.ts'
import { holds } from '../../support/property.ts'

type Canonical = (node: JsonNode, document: { text: string; holder: undefined }, feed: Feed) => void

function formOf(canonical: Canonical, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  let form = ''
  canonical(
    parseJson(text, { maxDepth: 99, unambiguous: true }),
    { text, holder: undefined },
    (part) => {
      form += part
    },
  )
  return form
}

const message = (value: unknown): string => formOf(canonicalMessage, value)
const system = (value: unknown): string => formOf(canonicalSystem, JSON.stringify(value))
const body = (value: unknown): string =>
  formOf((node, document, feed) => {
    assert.equal(node.kind, 'object')
    if (node.kind === 'object') canonicalBody(node, document, feed)
  }, value)

const text = (words: string, more: object = {}): object => ({ type: 'text', text: words, ...more })
const CACHED = { cache_control: { type: 'ephemeral' } }

describe('the canonical form of a message', () => {
  it('is the same for a string and for one text block', () => {
    const one = message({ role: 'user', content: 'A "quoted" \u{1F642}' })
    assert.equal(message({ role: 'user', content: [text('A "quoted" \u{1F642}')] }), one)
    assert.equal(message('{"role":"user" , "content":"A \\"quoted\\" \\ud83d\\ude42"}'), one)
    assert.notEqual(message({ role: 'user', content: [text('A'), text('B')] }), one)
    assert.notEqual(message({ role: 'assistant', content: 'A "quoted" \u{1F642}' }), one)
  })

  it('writes a text as JSON.stringify does, however the client escaped it', () => {
    for (const words of ['plain', '', 'a\u2028b', 'caf\u00e9 \u{1F642}', 'tab\t "quote" \\', '/']) {
      const escaped = JSON.stringify(words).replaceAll(/[/a\u0080-\uffff]/g, (unit) => {
        return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
      })
      const one = message({ role: 'user', content: words })
      assert.ok(one.includes(`:${JSON.stringify(words)},`))
      assert.equal(message(`{"role":"user","content":${escaped}}`), one)
    }
  })

  it('has no cache_control and no members that are null', () => {
    const one = message({ role: 'user', content: [text('A')] })
    assert.equal(message({ role: 'user', content: [text('A', CACHED)] }), one)
    assert.equal(message({ role: 'user', content: [text('A', { citations: null })] }), one)
    assert.equal(message({ ...CACHED, role: 'user', content: 'A' }), one)
    assert.notEqual(message({ role: 'user', content: [text('A', { citations: [] })] }), one)
  })

  it('has all that stands in data, whatever it is called', () => {
    const call = (input: unknown): string =>
      message({ role: 'assistant', content: [{ type: 'tool_use', id: 'x', name: 'n', input }] })
    const forms = [
      { a: 1 },
      { a: 1, b: null },
      { a: 1, ...CACHED },
      { a: { cache_control: 1 } },
    ].map(call)
    assert.equal(new Set(forms).size, 4)
    const tool = (schema: unknown): string =>
      formOf(canonicalTools, [{ name: 'n', input_schema: schema, ...CACHED }])
    const schemas = [{}, { default: null }, { properties: CACHED }, { cache_control: 'x' }].map(
      tool,
    )
    assert.equal(new Set(schemas).size, 4)
    assert.equal(tool({}), formOf(canonicalTools, [{ name: 'n', input_schema: {} }]))
  })

  it('has numbers as they are written and texts as they read', () => {
    const of = (content: string): string => message(`{"role":"user","content":${content}}`)
    assert.notEqual(of('[1.0]'), of('[1]'))
    assert.notEqual(of('[true]'), of('["true"]'))
    assert.equal(of('["\\u0041\\/"]'), of('["A/"]'))
    assert.equal(of('[ 1 , {} ]'), of('[1,{}]'))
  })

  it('does not take one shape for another', () => {
    const forms = [
      [],
      [[]],
      [''],
      [{}],
      [{ a: '' }],
      [{ a: {} }],
      ['a', 'b'],
      ['a,b'],
      [{ a: 'b' }],
    ]
    assert.equal(new Set(forms.map((content) => message({ role: 'user', content }))).size, 9)
  })
})

describe('the canonical form of the system prompt', () => {
  const billing = text('x-anthropic-billing-header: cc_version=2.1.330.a1b; cc_entrypoint=sdk-ts;')

  it('is the same with and without the billing block, as string and as block', () => {
    assert.equal(system('A'), system([text('A')]))
    assert.equal(system([billing, text('A', CACHED)]), system('A'))
  })

  it('has a billing block that is not first or not plain', () => {
    assert.notEqual(system([text('A'), billing]), system('A'))
    assert.notEqual(system([{ ...billing, note: 'B' }, text('A')]), system('A'))
  })
})

describe('the canonical form of a body', () => {
  const base = { model: 'm', messages: [{ role: 'user', content: 'A' }] }

  it('leaves out stream, max_tokens and metadata', () => {
    const extra = { stream: true, max_tokens: 5, metadata: { user_id: 'x' } }
    assert.equal(body({ ...base, ...extra }), body(base))
  })

  it('has everything else', () => {
    const forms = [
      base,
      { ...base, model: 'n' },
      { ...base, temperature: 1 },
      { ...base, tools: [] },
      { ...base, system: 'S' },
      { ...base, messages: [...base.messages, { role: 'assistant', content: 'B' }] },
      { ...base, messages: 5 },
      { ...base, thinking: { type: 'enabled' } },
    ].map(body)
    assert.equal(new Set(forms).size, forms.length)
    assert.equal(body({ ...base, system: 'S' }), body({ ...base, system: [text('S', CACHED)] }))
  })
})

describe('messages with the same canonical form', () => {
  it('have the same remembered places and texts', async () => {
    await holds(
      bodyText,
      (one) => {
        const value = JSON.parse(one) as { messages: { content: unknown }[] }
        const other = JSON.stringify(value, (key, v: unknown) => {
          const block = typeof v === 'object' && v !== null && !Array.isArray(v) && 'type' in v
          return block && key !== 'cache_control' ? { odd_null: null, ...v, odd_last: null } : v
        })
        const [a, b] = [one, other].map((text_) => {
          const request = parseRequest(requestJob(text_))
          const nodes = items(member(request.root, 'messages'))
          const forms = nodes.map((node) => {
            let form = ''
            canonicalMessage(node, request.document, (part) => (form += part))
            return form
          })
          const units = request.units.filter((unit) => unit.kind === 'message')
          return forms.map((form, index) => ({
            form,
            places: (units[index]?.segments ?? [])
              .filter((s) => !s.local.includes('!'))
              .map((s) => `${s.local} ${s.place} ${s.role} ${s.text}`),
          }))
        })
        for (const [index, first] of (a ?? []).entries()) {
          const second = b?.[index]
          if (second?.form === first.form) assert.deepEqual(second.places, first.places)
        }
      },
      { runs: 400 },
    )
  })
})
