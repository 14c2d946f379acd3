import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  inspectJsonAnswer,
  inspectRequest,
  inspectStream,
  type AnswerReport,
  type Inspector,
} from '../../src/inspect/index.ts'
import { sseReader } from '../../src/messages/index.ts'
import type { Block } from '../support/conversation.ts'
import { forwarded, inspector, memoryInMemory, requestJob, textOf } from '../support/inspection.ts'
import { dice, holds } from '../support/property.ts'
import { accumulate, eventsIn } from '../support/sdk-accumulate.ts'
import { streamed } from '../support/streamed.ts'

/** A request that shows the upstream a few placeholders, and the context of its answer. */
async function exchange(by: Inspector) {
  const content = 'Patient: Jorvina Quillmark, MRN: 48210377, DOB: 03/14/1961'
  const body = { model: 'claude-test', messages: [{ role: 'user', content }] }
  const { body: sent, context } = forwarded(await inspectRequest(requestJob(body), by))
  const seen = textOf(sent).match(/\[[A-Z][A-Z0-9_.]+\]/g) ?? []
  assert.equal(seen.length, 3)
  return { context, seen }
}

/** Placeholders by number, values that an answer must not bring, and what only looks like either. */
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom('<0>', '<1>', '<2>', '<0>', '<1>'),
      fc.constantFrom('SSN 219-09-9941', 'call (617) 555-0142', 'x@patients.example', '[PERSON]'),
      fc.constantFrom('[PERSON_0000000]', '[MRN', 'https://a.example/?q=<1>', '](<0>)', '\\', '"'),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(' '))

const data = fc.dictionary(
  fc.constantFrom('a', 'b', 'note'),
  fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null), fc.array(words, { maxLength: 2 })),
)

const call = fc.record({
  type: fc.constantFrom('tool_use', 'server_tool_use', 'mcp_tool_use'),
  id: fc.constant('toolu_000000000000000000000000'),
  name: fc.constantFrom('Read', 'Bash', 'ehr_find'),
  input: data,
})

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant('text'), text: words }),
  fc.record({ citations: fc.constant(null), type: fc.constant('text'), text: words }),
  fc.record({
    type: fc.constant('text'),
    text: words,
    citations: fc.array(fc.record({ type: fc.constant('char_location'), cited_text: words }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  call,
  fc.record({ type: fc.constant('thinking'), thinking: words, signature: fc.base64String() }),
  fc.record({ type: fc.constant('redacted_thinking'), data: fc.base64String() }),
  fc.record({
    type: fc.constantFrom('web_search_tool_result', 'novel'),
    tool_use_id: fc.constant('toolu_000000000000000000000000'),
    content: fc.array(fc.record({ title: words, text: words }), { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('novel'), text: words, citations: fc.array(words) }),
)

const answer = fc.array(block, { minLength: 1, maxLength: 4 })

function withPlaceholders(blocks: readonly Block[], seen: readonly string[]): Block[] {
  const fill = (text: string): string =>
    text.replace(/<([012])>/g, (_, number) => seen[Number(number)] ?? '')
  const values = JSON.parse(JSON.stringify(blocks), (_, value: unknown) =>
    typeof value === 'string' ? fill(value).toWellFormed() : value,
  )
  return values as Block[]
}

interface Told {
  readonly blocks: readonly unknown[]
  readonly report: AnswerReport
}

async function asJson(blocks: readonly Block[], seed: number): Promise<Told> {
  void seed
  const by = inspector(memoryInMemory())
  const { context, seen } = await exchange(by)
  const content = withPlaceholders(blocks, seen)
  const message = { id: 'msg_1', type: 'message', role: 'assistant', content }
  const told = await inspectJsonAnswer(Buffer.from(JSON.stringify(message)), context, by)
  return {
    blocks: (JSON.parse(textOf(told.body)) as { content: unknown[] }).content,
    report: told.report,
  }
}

async function asStream(blocks: readonly Block[], seed: number): Promise<Told> {
  const by = inspector(memoryInMemory())
  const { context, seen } = await exchange(by)
  const roll = dice(seed)
  const longest = 1 + roll(40)
  const bytes = Buffer.from(streamed(withPlaceholders(blocks, seen), () => 1 + roll(longest)))
  const stream = inspectStream(context, by)
  const reader = sseReader()
  let out = ''
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + roll(seed % 2 === 0 ? 4 : 900)
    out += stream.push(reader.push(bytes.subarray(at, end))).out
    at = end
  }
  reader.end()
  const report = await stream.finish()
  return { blocks: await accumulate(eventsIn(out)), report }
}

describe('an answer', function () {
  this.timeout(120_000)

  it('says the same streamed and not, however it is cut', async () => {
    await holds(
      fc.tuple(answer, fc.nat()),
      async ([blocks, seed]) => {
        const [one, two] = [await asJson(blocks, seed), await asStream(blocks, seed)]
        assert.deepEqual(two.blocks, one.blocks)
        assert.deepEqual(two.report.masked, one.report.masked)
        assert.deepEqual(two.report.kept, one.report.kept)
        assert.deepEqual(two.report.restored, one.report.restored)
      },
      { runs: 150 },
    )
  })

  it('brings no number that the profile masks, and no value where none is restored', async () => {
    await holds(
      fc.tuple(answer, fc.nat()),
      async ([blocks, seed]) => {
        const { blocks: told } = await asStream(blocks, seed)
        for (const one of told as Block[]) {
          const text = JSON.stringify(one)
          const fixed = ['thinking', 'redacted_thinking'].includes(String(one['type']))
          if (!fixed) assert.ok(!text.includes('219-09-9941') && !text.includes('555-0142'))
          const listed = one['type'] === 'tool_use' && one['name'] !== 'Bash'
          if (one['type'] === 'text' || listed) continue
          assert.ok(!text.includes('Quillmark') && !text.includes('48210377'))
        }
      },
      { runs: 100 },
    )
  })
})
