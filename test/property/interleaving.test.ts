import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { inspectJsonAnswer, inspectRequest, inspectStream } from '../../src/inspect/index.ts'
import type { AnswerContext, Inspector } from '../../src/inspect/index.ts'
import { sseEvents } from '../../src/messages/index.ts'
import {
  forwarded,
  inspector,
  memoryInMemory,
  PRINCIPAL,
  requestJob,
  textOf,
} from '../support/inspection.ts'
import { PATIENTS } from '../support/patients.ts'
import { dice, holds } from '../support/property.ts'
import { accumulate, eventsIn } from '../support/sdk-accumulate.ts'
import { streamed } from '../support/streamed.ts'

interface Person {
  readonly name: string
  readonly mrn: string
  readonly phone: string
}

/** Two namesakes among them. */
const PEOPLE: readonly Person[] = [
  ...PATIENTS.map(({ first, last, mrn, phone }) => ({ name: `${first} ${last}`, mrn, phone })),
  { name: `${PATIENTS[0].first} ${PATIENTS[0].last}`, mrn: '66120934', phone: '(212) 555-0163' },
]
const VALUES = PEOPLE.flatMap((person) => Object.values(person) as string[])
const CALLERS = ['svc-triage', 'svc-batch'].flatMap((subject) =>
  ['one', 'two', undefined].map((session) => ({
    principal: { ...PRINCIPAL, id: `https://issuer.example|${subject}` },
    session,
  })),
)
/** In the form of placeholders, or nearly, and of nobody. */
const MADE_UP = ['[PERSON_7K2M4QW.9XD3K5M]', '[PHONE_0123456789]', 'PERSON_7K2M4QW.9XD3K5M']

interface Step {
  readonly caller: number
  readonly person: number
  readonly via: 'json' | 'sse'
  /** Which placeholders the upstream writes: of all that it ever saw, from anyone. */
  readonly quotes: readonly number[]
  readonly inTool: boolean
  readonly seed: number
}
const step: fc.Arbitrary<Step> = fc.record({
  caller: fc.nat(CALLERS.length - 1),
  person: fc.nat(PEOPLE.length - 1),
  via: fc.constantFrom('json' as const, 'sse' as const),
  quotes: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
  inTool: fc.boolean(),
  seed: fc.nat(),
})

type Blocks = readonly Readonly<Record<string, unknown>>[]

/** The answer as the client gets it. */
async function answered(
  blocks: Blocks,
  { via, seed }: Step,
  context: AnswerContext,
  by: Inspector,
) {
  if (via === 'json') {
    const message = { id: 'msg_1', type: 'message', role: 'assistant', content: blocks }
    const { body } = await inspectJsonAnswer(Buffer.from(JSON.stringify(message)), context, by)
    return (JSON.parse(textOf(body)) as { content: unknown[] }).content
  }
  const roll = dice(seed)
  const stream = inspectStream(context, by)
  const events = sseEvents(streamed(blocks, () => 1 + roll(12)))
  const out = events.map((event) => stream.push(event.raw).out).join('')
  await stream.finish()
  return accumulate(eventsIn(out))
}

interface Conversation {
  readonly messages: object[]
  /** What its caller has told so far. */
  readonly told: Set<string>
  /** What each placeholder stands for there. */
  readonly meaning: Map<string, string>
}

async function play(steps: readonly Step[]): Promise<void> {
  const by = inspector(memoryInMemory())
  const conversations = CALLERS.map((): Conversation => ({
    messages: [],
    told: new Set(),
    meaning: new Map(),
  }))
  const seen: string[] = [...MADE_UP]
  for (const now of steps) {
    const { messages, told, meaning } = conversations[now.caller] ?? assert.fail()
    const { name, mrn, phone } = PEOPLE[now.person] ?? assert.fail()
    for (const value of [name, mrn, phone]) told.add(value)
    messages.push({ role: 'user', content: `Patient: ${name}\nMRN: ${mrn}\nPhone: ${phone}` })
    const job = requestJob({ model: 'claude-test', messages }, CALLERS[now.caller])
    const { body, context } = forwarded(await inspectRequest(job, by))
    const sent = textOf(body)
    for (const value of VALUES) assert.ok(!sent.includes(value))
    const last = sent.slice(sent.lastIndexOf('Patient: '))
    const masks = last.match(/\[[A-Z_]+_[0-9A-Z.]+\]/g) ?? []
    for (const [index, value] of [name, mrn, phone].entries()) {
      const mask = masks[index] ?? assert.fail()
      assert.equal(meaning.get(mask) ?? value, value, 'a placeholder stands for one value')
      meaning.set(mask, value)
      if (!seen.includes(mask)) seen.push(mask)
    }

    const quoted = now.quotes.map((quote) => seen[quote % seen.length] ?? '')
    const text = quoted.join(' and ')
    const use = { type: 'tool_use', id: `toolu_${'0'.repeat(24)}`, name: 'Read', input: { text } }
    const said = { type: 'text', text: now.inTool ? 'So.' : text }
    const answer = await answered(now.inTool ? [said, use] : [said], now, context, by)
    const whole = JSON.stringify(answer)
    for (const value of VALUES) {
      assert.ok(told.has(value) || !whole.includes(value), 'nobody gets the value of another')
    }
    const expected = quoted.map((mask) => meaning.get(mask) ?? mask).join(' and ')
    assert.ok(whole.includes(JSON.stringify(expected)), 'everybody gets what they told')
    messages.push({ role: 'assistant', content: now.inTool ? 'So.' : answer })
  }
}

describe('callers and sessions that take turns', function () {
  this.timeout(120_000)

  it('never get the value of another, whatever placeholders the upstream writes', async () => {
    await holds(fc.array(step, { minLength: 4, maxLength: 16 }), play, {
      runs: 250,
      within: 20_000,
    })
  })
})
