import assert from 'node:assert/strict'
import { GatewayError, type MaskMemory } from '../../../src/domain/index.ts'
import {
  inspectJsonAnswer,
  inspectRequest,
  inspectStream,
  type AnswerContext,
  type AnswerReport,
  type Inspector,
} from '../../../src/inspect/index.ts'
import { formatEvent, sseEvents } from '../../../src/messages/index.ts'
import type { Policy } from '../../../src/policy/index.ts'
import type { Profile } from '../../../src/schema/index.ts'
import {
  committedPolicy,
  forwarded,
  inspector,
  memoryInMemory,
  requestJob,
  textOf,
} from '../../support/inspection.ts'
import { rosterOf } from '../../support/listed-people.ts'
import { accumulate, eventsIn } from '../../support/sdk-accumulate.ts'
import { streamed } from '../../support/streamed.ts'

const NAME = 'Jorvina Quillmark'
const MRN = '48210377'

const SENT = [
  { type: 'tool_result', tool_use_id: 'x', content: `Patient: QUILLMARK, JORVINA` },
  { type: 'text', text: `Patient: ${NAME}, MRN: ${MRN}` },
]

interface Asked {
  readonly by: Inspector
  readonly memory: MaskMemory
  readonly context: AnswerContext
  readonly name: string
  readonly mrn: string
}

/** A request that shows a name and a number to the upstream. */
async function asked(policy: Policy = committedPolicy()): Promise<Asked> {
  const memory = memoryInMemory()
  const by = inspector(memory, policy)
  const body = { model: 'claude-test', messages: [{ role: 'user', content: SENT }] }
  const { body: sent, context } = forwarded(await inspectRequest(requestJob(body), by))
  const [name = '', mrn = ''] = new Set(textOf(sent).match(/\[[A-Z][A-Z0-9_.]+\]/g))
  return { by, memory, context, name, mrn }
}

function responsePolicy(change: (profile: Profile) => Profile): Policy {
  const policy = committedPolicy()
  return {
    ...policy,
    profile: (input) =>
      input.direction === 'response' ? change(policy.profile(input)) : policy.profile(input),
  }
}

/** The committed policy, which refuses an answer in which something was found. */
function refusing(): Policy {
  const policy = committedPolicy()
  return {
    ...policy,
    decide: (input) =>
      input.direction === 'response' && input.findings.length > 0
        ? { outcome: 'deny', reasons: [{ code: 'test', message: 'no' }], approval: [] }
        : policy.decide(input),
  }
}

async function answered(
  blocks: readonly Record<string, unknown>[],
  { context, by }: Asked,
  more: object = {},
): Promise<{ blocks: Record<string, unknown>[]; report: AnswerReport; text: string }> {
  const message = { id: 'msg_1', type: 'message', role: 'assistant', content: blocks, ...more }
  const { body, report } = await inspectJsonAnswer(
    Buffer.from(JSON.stringify(message)),
    context,
    by,
  )
  const text = textOf(body)
  return {
    blocks: (JSON.parse(text) as { content: Record<string, unknown>[] }).content,
    report,
    text,
  }
}

describe('an answer', () => {
  it('is the very bytes that came where there is nothing to do', async () => {
    const { context, by } = await asked()
    for (const text of [
      ' {"type":"message", "content":[ {"type":"text","text":"a\\u0041"} ] } ',
      '{"input_tokens": 12}',
      '{"data":[{"id":"claude-x"}],"type":"list"}',
    ]) {
      const body = Buffer.from(text)
      const told = await inspectJsonAnswer(body, context, by)
      assert.equal(told.body, body)
      assert.deepEqual(told.report.restored, {})
    }
  })

  it('is restored in text and citations, and in the input of the tools that the profile lists', async () => {
    const at = await asked()
    const input = { who: at.name, deep: [{ mrn: at.mrn }], [at.name]: 1 }
    const tool = (name: string, type = 'tool_use') => ({ type, id: 'x', name, input })
    const { blocks, report } = await answered(
      [
        { type: 'text', text: `${at.name} (${at.mrn})`, citations: [{ cited_text: at.name }] },
        tool('Read'),
        tool('ehr_find'),
        tool('Bash'),
        tool('Read', 'server_tool_use'),
        tool('Read', 'mcp_tool_use'),
        { type: 'novel', text: at.name },
      ],
      at,
    )
    assert.deepEqual(blocks[0], {
      type: 'text',
      text: `${NAME} (${MRN})`,
      citations: [{ cited_text: NAME }],
    })
    // Tools know the spelling of the tools.
    const given = { who: 'QUILLMARK, JORVINA', deep: [{ mrn: MRN }], [at.name]: 1 }
    for (const index of [1, 2]) assert.deepEqual(blocks[index]?.['input'], given)
    for (const index of [3, 4, 5]) assert.deepEqual(blocks[index]?.['input'], input)
    assert.equal(blocks[6]?.['text'], at.name)
    assert.deepEqual(report.restored, {
      text: 2,
      citations: 1,
      'tool_use:Read': 2,
      'tool_use:ehr_find': 2,
    })
  })

  it('is restored in the keys of a document inside a string', async () => {
    const at = await asked()
    const input = { body: JSON.stringify({ [at.name]: { [at.mrn]: 1 } }) }
    const { blocks } = await answered([{ type: 'tool_use', name: 'Read', input }], at)
    const given = { body: JSON.stringify({ 'QUILLMARK, JORVINA': { [MRN]: 1 } }) }
    assert.deepEqual(blocks[0]?.['input'], given)
  })

  it('is restored only where the profile says so', async () => {
    const none = responsePolicy((p) => ({
      ...p,
      restore: { text: false, citations: false, tools: [] },
    }))
    const texts = responsePolicy((p) => ({
      ...p,
      restore: { text: true, citations: false, tools: ['*'] },
    }))
    const block = (name: string) => ({
      type: 'text',
      text: name,
      citations: [{ cited_text: name }],
    })
    const one = await asked(none)
    const tool = { type: 'tool_use', id: 'x', name: 'Read', input: { a: one.name } }
    const plain = await answered([block(one.name), tool], one)
    assert.deepEqual(plain.blocks, [block(one.name), tool])
    const two = await asked(texts)
    const odd = { ...tool, name: 'strange name!' }
    const some = await answered([block(two.name), odd, { type: 'tool_use', name: 'x' }], two)
    assert.deepEqual(some.blocks[0], { ...block(two.name), text: NAME })
    assert.deepEqual(some.report.restored, { text: 1, 'tool_use:*': 1 })
  })

  it('is not restored in thinking, nor changed there at all', async () => {
    const at = await asked()
    const thinking = `SSN 219-09-9941 of ${at.name}`
    const blocks = [
      { type: 'thinking', thinking, signature: 's' },
      { type: 'thinking', thinking },
      { type: 'redacted_thinking', data: 'abc' },
    ]
    const told = await answered(blocks, at)
    assert.deepEqual(told.blocks, blocks)
    // Counted, where it could be read.
    assert.deepEqual(told.report.kept, { US_SSN: 1 })
    assert.deepEqual(told.report.masked, {})
  })

  it('is masked where the profile masks, beside what is restored', async () => {
    const at = await asked()
    const { blocks, report } = await answered(
      [{ type: 'text', text: `${at.name} SSN 219-09-9941 ${at.mrn}` }],
      at,
    )
    assert.match(String(blocks[0]?.['text']), /^Jorvina Quillmark SSN \[US_SSN_\w{10}\] 48210377$/)
    assert.deepEqual(report.masked, { US_SSN: 1 })
    assert.equal(report.decision.outcome, 'mask')
    assert.ok(!JSON.stringify(report).includes('219-09-9941'))
    assert.ok(!JSON.stringify(report).includes('Quillmark'))
  })

  it('is masked around its content too', async () => {
    const at = await asked()
    const { text, blocks } = await answered([{ type: 'text', text: at.name }], at, {
      note: 'SSN 219-09-9941',
    })
    assert.ok(!text.includes('219-09-9941'))
    assert.equal(blocks[0]?.['text'], NAME)
  })

  it('is masked where it is no message', async () => {
    const at = await asked()
    const body = Buffer.from('{"data":["SSN 219-09-9941"]}')
    const told = await inspectJsonAnswer(body, at.context, at.by)
    assert.match(textOf(told.body), /^\{"data":\["SSN \[US_SSN_\w{10}\]"\]\}$/)
    assert.equal(told.report.facts.direction, 'response')
  })

  it('leaves a value in a key, which no mask can reach', async () => {
    const at = await asked()
    const input = { 'SSN 219-09-9941': 1 }
    const { blocks, report } = await answered([{ type: 'tool_use', name: 'Read', input }], at)
    assert.deepEqual(blocks[0]?.['input'], input)
    assert.equal(report.facts.findings[0]?.place, 'key')
  })

  it('is masked in a key of a document inside a string', async () => {
    const at = await asked()
    const input = { body: '{"SSN 219-09-9941":1}' }
    const { blocks, report } = await answered([{ type: 'tool_use', name: 'Read', input }], at)
    const body = JSON.stringify(blocks[0]?.['input'])
    assert.match(body, /"\{\\"SSN \[US_SSN_\w{10}\]\\":1\}"/)
    assert.equal(report.facts.findings[0]?.place, 'text')
  })

  it('tells how many tokens it took', async () => {
    const at = await asked()
    const cache = { cache_read_input_tokens: 33, cache_creation_input_tokens: 44 }
    const usage = { input_tokens: 11, output_tokens: 22, ...cache }
    assert.deepEqual((await answered([], at, { usage })).report.usage, {
      inputTokens: 11,
      outputTokens: 22,
      cacheReadTokens: 33,
      cacheWriteTokens: 44,
    })
    const odd = { input_tokens: 1.5, output_tokens: '22' }
    assert.deepEqual((await answered([], at, { usage: odd })).report.usage, {})
  })

  it('is refused where it is no JSON', async () => {
    const { context, by } = await asked()
    for (const body of ['<html>', '', Uint8Array.of(0xff), '{"a":1} {}']) {
      await assert.rejects(
        inspectJsonAnswer(Buffer.from(body), context, by),
        (error) => error instanceof GatewayError && error.code === 'upstream-garbage',
      )
    }
  })

  it('is remembered as it came only when it passes', async () => {
    const at = await asked(refusing())
    const remembered: string[] = []
    const memory: MaskMemory = {
      ...at.memory,
      remember: async (_, entries) => {
        remembered.push('mask')
        return entries.map(({ entry }) => entry)
      },
      addIssued: async () => void remembered.push('issued'),
    }
    const by = { ...at.by, memory }
    const signed = { type: 'thinking', thinking: 'x', signature: 's' }
    const refused = await answered([signed, { type: 'text', text: 'SSN 219-09-9941' }], {
      ...at,
      by,
    })
    assert.equal(refused.report.decision.outcome, 'deny')
    assert.deepEqual(remembered, [])
    await answered([signed], { ...at, by })
    assert.deepEqual(remembered, ['issued', 'mask'])
    await answered([], { ...at, by })
    assert.deepEqual(remembered, ['issued', 'mask'])
  })
})

describe('an answer that names people', () => {
  const people = rosterOf([
    {
      names: [{ given: 'Morwenna', family: 'Tregarthen' }],
      values: [{ type: 'DATE', value: '1961-03-14' }],
    },
  ])
  const text =
    'Both morwenna tregarthen, born 03/14/1961, and Dr. Lou Finch came on 04/02/2026. Tregarthen left.'

  it('is masked where they are known people, and left where they are guesses', async () => {
    const at = await asked()
    const by = { ...at.by, roster: () => people }
    const { blocks, report } = await answered([{ type: 'text', text }], { ...at, by })
    assert.match(
      String(blocks[0]?.['text']),
      /^Both \[PERSON_[\w.]+\], born \[DATE_1961_\w+\], and Dr\. Lou Finch came on 04\/02\/2026\. \[PERSON_\w+\] left\.$/,
    )
    assert.deepEqual(report.masked, { PERSON: 2, DATE: 1 })
    assert.deepEqual(report.kept, { PERSON: 1, DATE: 1 })
  })

  it('says the same in a stream', async () => {
    const at = await asked()
    const by = { ...at.by, roster: () => people }
    const { blocks } = await answered([{ type: 'text', text }], { ...at, by })
    const stream = inspectStream(at.context, by)
    const events = sseEvents(streamed([{ type: 'text', text }], () => 3))
    const told = events.map((one) => stream.push(one.raw).out)
    assert.deepEqual(await accumulate(eventsIn(told.join(''))), blocks)
  })
})

describe('a placeholder that the model altered', () => {
  it('is restored, and comes back as the model wrote it', async () => {
    const at = await asked()
    const altered = [at.name.slice(1, -1), at.name.toLowerCase()]
    const said = `First ${altered[0]}, then **${altered[1]}** and ${at.name}.`
    const { blocks, report } = await answered([{ type: 'text', text: said }], at)
    assert.deepEqual(blocks, [
      { type: 'text', text: `First ${NAME}, then **${NAME}** and ${NAME}.` },
    ])
    assert.deepEqual(report.restored, { text: 3 })
    const next = requestJob({
      model: 'claude-test',
      messages: [
        { role: 'user', content: SENT },
        { role: 'assistant', content: blocks },
        { role: 'user', content: 'go on' },
      ],
    })
    const { body } = forwarded(await inspectRequest(next, at.by))
    assert.ok(textOf(body).includes(JSON.stringify(said)))
  })
})

describe('an answer that calls a tool with numbers', () => {
  const said = 'Dr. Lou Finch of Boston asked on 04/02/2026.'
  const input = (name: string, more: string): string =>
    `{"temp": 37.0, "who": "${name}", "dose": [1.50, 1e3, 2e-7, 1E400], ${more} "ids": "[{\\"n\\": 1.0}, \\"${name}\\"]"}`
  const whole = '"10": "b", "2": {"7": 0, "1": "of "},'
  const forms = {
    'as it was given': (name: string) => input(name, ''),
    'by JavaScript': (name: string) =>
      JSON.stringify(JSON.parse(input(name, whole).replace('of ', `of ${name}`))),
    'by Python': (name: string) =>
      `{"temp":37.0,"who":"${name}","dose":[1.5,1000.0,2e-07,1E400],"ids":"[{\\"n\\": 1.0}, \\"${name}\\"]"}`,
  }

  for (const [writer, form] of Object.entries(forms)) {
    it(`comes back as the model wrote it, its numbers written ${writer}`, async () => {
      const at = await asked()
      const given = writer === 'by JavaScript' ? input(at.name, whole) : input(at.name, '')
      const call = `{"type":"tool_use","id":"x","name":"ehr_find","input":${given.replace('of ', `of ${at.name}`)}}`
      const content = `[{"type":"text","text":${JSON.stringify(said)}},${call}]`
      const message = `{"type":"message","role":"assistant","content":${content}}`
      const { report } = await inspectJsonAnswer(Buffer.from(message), at.context, at.by)
      assert.equal(report.restored['tool_use:ehr_find'], writer === 'by JavaScript' ? 3 : 2)
      const back = (name: string): string =>
        `[{"type":"text","text":${JSON.stringify(said)}},{"type":"tool_use","id":"x","name":"ehr_find","input":${form(name)}}]`
      const next = requestJob(
        `{"model":"claude-test","messages":[{"role":"user","content":${JSON.stringify(SENT)}},{"role":"assistant","content":${back('QUILLMARK, JORVINA')}}]}`,
      )
      const { body } = forwarded(await inspectRequest(next, at.by))
      assert.ok(textOf(body).endsWith(`"content":${back(at.name)}}]}`), textOf(body))
    })
  }

  it('comes back without a value where a key stood twice', async () => {
    const at = await asked()
    const call = `{"type":"tool_use","id":"x","name":"ehr_find","input":{"n":1.0,"who":"${at.name}","who":"of ${at.name}"}}`
    const message = `{"type":"message","role":"assistant","content":[${call}]}`
    const { body } = await inspectJsonAnswer(Buffer.from(message), at.context, at.by)
    const { content } = JSON.parse(textOf(body)) as { content: { input: object }[] }
    assert.deepEqual(content[0]?.input, { n: 1, who: 'of QUILLMARK, JORVINA' })
    const messages = [
      { role: 'user', content: SENT },
      { role: 'assistant', content },
    ]
    const next = requestJob({ model: 'claude-test', messages })
    const sent = textOf(forwarded(await inspectRequest(next, at.by)).body)
    assert.ok(sent.endsWith(`"input":{"n":1,"who":"of ${at.name}"}}]}]}`), sent)
  })
})

describe('signed blocks', () => {
  const signed = { type: 'thinking', thinking: 'hm', signature: 'sig' }
  const back = (block: object) =>
    requestJob({
      model: 'claude-test',
      messages: [
        { role: 'user', content: 'hello' },
        { role: 'assistant', content: [block] },
      ],
    })

  it('pass unaltered when the upstream issued them in this session', async () => {
    const at = await asked()
    await answered([signed, { type: 'redacted_thinking', data: 'abc' }], at)
    for (const block of [signed, { type: 'redacted_thinking', data: 'abc' }]) {
      const verdict = forwarded(await inspectRequest(back(block), at.by))
      assert.deepEqual(verdict.facts.uninspectable, [])
      assert.ok(textOf(verdict.body).includes(JSON.stringify(block)))
    }
  })

  it('do not pass when they were changed, or come from elsewhere', async () => {
    const at = await asked()
    await answered([signed], at)
    const foreign = [
      back({ ...signed, thinking: 'other' }),
      back({ ...signed, signature: 'other' }),
      back({ type: 'redacted_thinking', data: 'abc' }),
      { ...back(signed), session: 'another session' },
    ]
    for (const job of foreign) {
      const verdict = await inspectRequest(job, at.by)
      assert.equal(verdict.kind, 'refuse')
      assert.deepEqual(
        verdict.decision.reasons.map((reason) => reason.code),
        ['uninspectable-content'],
      )
    }
  })
})

describe('a streamed answer', () => {
  const events = sseEvents
  const event = (data: unknown) => `event: x\ndata: ${JSON.stringify(data)}\n\n`

  it('goes out as it came where there is nothing to do', async () => {
    const { context, by } = await asked()
    const text = streamed([{ type: 'text', text: 'hello \u{1F642}' }], () => 2)
    const stream = inspectStream(context, by)
    const step = stream.push(text)
    assert.equal(step.out, text)
    assert.equal(step.refused, undefined)
    const report = await stream.finish()
    assert.deepEqual(report.usage, { inputTokens: 7, outputTokens: 9 })
  })

  /** What each delta of a text brings, and the whole of it. */
  async function told(text: string, piece: number): Promise<{ outs: string[]; whole: string }> {
    const { context, by, name, mrn } = await asked()
    const stream = inspectStream(context, by)
    const said = text.replaceAll('<name>', name).replaceAll('<mrn>', mrn)
    const all = events(streamed([{ type: 'text', text: said }], () => piece))
    const outs = all.map((one) => textsIn(stream.push(one.raw).out)).slice(2, -2)
    return { outs, whole: outs.join('') }
  }
  function textsIn(out: string): string {
    return [...out.matchAll(/"type":"text_delta","text":("(?:[^"\\]|\\.)*")/g)]
      .map((match) => String(JSON.parse(match[1] ?? '')))
      .join('')
  }

  it('lets each word go with the delta that ends it, where nothing can be open', async () => {
    const text = 'The plan stays as it was, and the next visit follows in the spring.'
    const { outs, whole } = await told(text, 8)
    assert.equal(whole, text)
    // Each delta but the last leaves at most a word behind.
    for (let count = 1; count < outs.length - 1; count += 1) {
      const out = outs.slice(0, count).join('')
      assert.equal(
        out.trim(),
        text
          .slice(0, count * 8)
          .replace(/\S*$/, '')
          .trim(),
      )
    }
  })

  it('holds a number until four words follow, and masks it where it is one', async () => {
    const words = 'was called in May and then no more of it was heard'.split(' ')
    const { outs, whole } = await told(`The number (617) 555-0142 ${words.join(' ')}.`, 1)
    assert.match(
      whole,
      /^The number \[PHONE_\w{10}\] was called in May and then no more of it was heard\.$/,
    )
    const first = outs.findIndex((out) => out.includes('PHONE'))
    const four = `The number (617) 555-0142 ${words.slice(0, 4).join(' ')} `
    assert.equal(first + 1, four.length)
  })

  it('restores a placeholder as soon as it is complete', async () => {
    const { outs, whole } = await told('So <name> came in time.', 1)
    assert.equal(whole, `So ${NAME} came in time.`)
    const first = outs.findIndex((out) => out.includes(NAME))
    assert.match(outs.slice(0, first + 1).join(''), new RegExp(`^So ${NAME} ?$`))
  })

  it('sends a delta as it came where all of it is decided and nothing changed', async () => {
    const { context, by } = await asked()
    const stream = inspectStream(context, by)
    const text = streamed(
      [{ type: 'text', text: 'the plan stays the plan stays the plan stays ' }],
      () => 15,
    )
    const all = events(text)
    for (const one of all) assert.equal(stream.push(one.raw).out, one.raw)
  })

  it('holds a document until it is complete, and inspects it as one', async () => {
    const record = '{ "patient": { "mrn": "77aa812", "note": "none" } }'
    const { outs, whole } = await told(`Here it is: ${record} and that is all there is.`, 4)
    assert.match(whole, /"mrn": "\[MEDICAL_RECORD_NUMBER_\w{10}\]", "note": "none" \} \} and/)
    assert.ok(outs.every((out) => !out.includes('{') || out.includes('} }')))
  })

  it('reads a row of a table below its header, however far above that stands', async () => {
    const row = (mrn: string) => `| stable | ${mrn} |\n`
    const rows = Array.from({ length: 60 }, (_, at) => row(`77aa8${at + 10}`)).join('')
    const { whole } = await told(`| Patient | MRN |\n|---|---|\n${rows}`, 9)
    assert.equal(whole.match(/\[MEDICAL_RECORD_NUMBER_\w{10}\]/g)?.length, 60)
    assert.ok(!whole.includes('77aa8'))
  })

  it('masks again what it has masked before, without its label', async () => {
    const { whole } = await told(
      'MRN: 5512987. Later in the day the 5512987 was asked for again by them.',
      6,
    )
    assert.equal(whole.match(/\[MEDICAL_RECORD_NUMBER_\w{10}\]/g)?.length, 2)
  })

  it('holds whole sentences where the profile masks what words make up', async () => {
    const policy = responsePolicy((p) => ({
      ...p,
      entities: {},
      roles: {},
      default: 'placeholder',
    }))
    const { context, by } = await asked(policy)
    const stream = inspectStream(context, by)
    const text =
      'After a night in which she slept very little and was asked again and again how she was, she was ' +
      'seen early by Dr. Lou Finch. He found her well and let her go home then.'
    const all = events(streamed([{ type: 'text', text }], () => 5))
    const outs = all.map((one) => textsIn(stream.push(one.raw).out))
    assert.match(
      outs.join(''),
      / she was seen early by (?:Dr\. )?\[PERSON_[\w.]+\]\. He found her well/,
    )
    assert.ok(outs.some((out) => out !== '' && !out.includes('go home')))
  })

  it('lets thinking go at once, and counts at its end what could be read', async () => {
    const { context, by } = await asked()
    const stream = inspectStream(context, by)
    const text = streamed([{ type: 'thinking', thinking: 'SSN 219-09-9941, hm' }], () => 3)
    for (const one of events(text)) assert.equal(stream.push(one.raw).out, one.raw)
    assert.deepEqual((await stream.finish()).kept, { US_SSN: 1 })
  })

  it('keeps citations behind the text that they came behind', async () => {
    const { context, by } = await asked()
    const stream = inspectStream(context, by)
    const delta = (value: object) => event({ type: 'content_block_delta', index: 0, delta: value })
    stream.push(
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    )
    assert.equal(stream.push(delta({ type: 'text_delta', text: '219-09-' })).out, '')
    const cited = { type: 'char_location', cited_text: 'SSN 219-09-9941' }
    assert.equal(stream.push(delta({ type: 'citations_delta', citation: cited })).out, '')
    stream.push(delta({ type: 'text_delta', text: '9941 is' }))
    const { out } = stream.push(event({ type: 'content_block_stop', index: 0 }))
    assert.match(
      out,
      /"\[US_SSN_\w{10}\].*\n\n.*\n.*"cited_text":"SSN \[US_SSN_.*\n\n.*\n.*" is"[^]*content_block_stop/,
    )
  })

  it('gives nothing of what policy refuses', async () => {
    const at = await asked(refusing())
    const stream = inspectStream(at.context, at.by)
    const blocks = [
      { type: 'text', text: 'fine' },
      { type: 'text', text: 'SSN 219-09-9941' },
      { type: 'text', text: 'after' },
    ]
    const step = stream.push(streamed(blocks, () => 50))
    assert.equal(step.refused?.outcome, 'deny')
    assert.ok(step.out.includes('fine'))
    assert.ok(
      !step.out.includes('219-09') && !step.out.includes('US_SSN') && !step.out.includes('after'),
    )
    assert.equal((await stream.finish()).decision.outcome, 'deny')
  })

  const writings: Readonly<Record<string, (all: string) => string>> = {
    'with space behind': (all) => all.replaceAll('}\n\n', '     }\n\n'),
    'with other ends of lines': (all) => all.replaceAll('\n', '\r\n'),
    'with space inside': (all) => all.replaceAll('"delta":', '"delta" : '),
    'with its members in another order': (all) =>
      all.replaceAll(/"index":(\d+),"delta":(.*)\}\n/g, '"delta":$2,"index":$1}\n'),
    'with more beside': (all) => all.replaceAll('"delta":', '"more":[1],"delta":'),
    'with escapes': (all) => all.replaceAll(' s', '\\u0020s'),
  }
  for (const [how, write] of Object.entries(writings)) {
    it(`is the same where its events are written ${how}`, async () => {
      const { context, by, name } = await asked()
      const text = `For ${name}: SSN 219-09-9941 is no number of theirs, and the plan stays as it was. `
      const blocks = [
        { type: 'thinking', thinking: text, signature: 'c2ln' },
        { type: 'text', text: text.repeat(3) },
        { type: 'tool_use', id: 'toolu_1', name: 'Read', input: { text } },
      ]
      const asWritten = streamed(blocks, () => 7)
      const tell = async (all: string): Promise<unknown> => {
        const stream = inspectStream(context, by)
        const { out } = stream.push(all)
        return [await accumulate(eventsIn(out)), (await stream.finish()).masked]
      }
      const other = write(asWritten)
      assert.notEqual(other, asWritten)
      assert.deepEqual(await tell(other), await tell(asWritten))
    })
  }

  it('keeps blocks apart whose deltas take turns in one read', async () => {
    const { context, by } = await asked()
    const stream = inspectStream(context, by)
    const of = (type: string, index: number, more: object): string =>
      formatEvent(type, JSON.stringify({ type, index, ...more }))
    const words = ['the SSN ', '219-09-', '9941 was ', 'asked for ', 'again by ', 'all of them ']
    const { out } = stream.push(
      [0, 1]
        .map((index) =>
          of('content_block_start', index, { content_block: { type: 'text', text: '' } }),
        )
        .concat(
          words.flatMap((text) =>
            [0, 1].map((index) =>
              of('content_block_delta', index, { delta: { type: 'text_delta', text } }),
            ),
          ),
          [0, 1].map((index) => of('content_block_stop', index, {})),
        )
        .join(''),
    )
    const said = [0, 1].map((index) => {
      const own = sseEvents(out).filter(({ data }) => data.includes(`"index":${index}`))
      assert.match(own.at(-1)?.data ?? '', /content_block_stop/)
      return textsIn(own.map(({ raw }) => raw).join(''))
    })
    assert.match(said[0] ?? '', /^the SSN \[US_SSN_\w{10}\] was asked for again by all of them $/)
    assert.equal(said[1], said[0])
  })

  it('is masked in the events around its blocks', async () => {
    const at = await asked()
    const stream = inspectStream(at.context, at.by)
    const { out } = stream.push(
      event({ type: 'message_start', message: { note: 'SSN 219-09-9941' } }),
    )
    assert.match(out, /^event: message_start\ndata: .*\[US_SSN_\w{10}\]/)
  })

  it('lets a delta of an unknown kind pass unless it would need a mask', async () => {
    const at = await asked()
    const start = event({ type: 'content_block_start', index: 0, content_block: { type: 'novel' } })
    const delta = (more: string) =>
      event({ type: 'content_block_delta', index: 0, delta: { type: 'novel_delta', more } })
    const stop = event({ type: 'content_block_stop', index: 0 })
    const stream = inspectStream(at.context, at.by)
    const { out } = stream.push(start + delta('words') + stop)
    assert.ok(out.includes('novel_delta') && out.includes('words'))
    const other = inspectStream(at.context, at.by)
    other.push(start)
    assert.throws(
      () => other.push(delta('SSN 219-09-9941')),
      (error) => error instanceof GatewayError && error.code === 'upstream-garbage',
    )
  })

  it('is refused where an event cannot be read', async () => {
    const { context, by } = await asked()
    const begun = event({
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'text', text: '' },
    })
    const pieceOf = (text: string): string =>
      formatEvent(
        'content_block_delta',
        JSON.stringify({
          type: 'content_block_delta',
          index: 0,
          delta: { type: 'text_delta', text },
        }),
      )
    const broken = [
      'data: nothing\n\n',
      // A line ends inside of the data.
      begun + pieceOf('x').replace('"}}', '"\n}}'),
      begun + pieceOf('x').replace('x', '\\x'),
      event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'x' } }),
      event({ type: 'content_block_stop', index: 0 }),
      event({ type: 'content_block_start', index: 0 }),
    ]
    for (const one of broken) {
      assert.throws(
        () => inspectStream(context, by).push(one),
        (error) => error instanceof GatewayError && error.code === 'upstream-garbage',
      )
    }
  })
})
