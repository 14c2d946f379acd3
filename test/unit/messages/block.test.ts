import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  blockEvents,
  extendBlock,
  indexOf,
  openBlock,
  wholeBlock,
} from '../../../src/messages/block.ts'
import { parseJson } from '../../../src/messages/json.ts'
import type { Block } from '../../support/conversation.ts'
import { dice, holds } from '../../support/property.ts'
import { accumulate, eventsIn } from '../../support/sdk-accumulate.ts'
import { streamed } from '../../support/streamed.ts'

const ANY = { maxDepth: Infinity, unambiguous: false }
const words = fc.string({ unit: 'grapheme', maxLength: 20 })

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant('text'), text: words }),
  fc.record({
    type: fc.constant('text'),
    text: words,
    citations: fc.array(fc.record({ type: fc.constant('char_location'), cited_text: words })),
  }),
  fc.record({ type: fc.constant('thinking'), thinking: words, signature: fc.base64String() }),
  fc.record({ type: fc.constant('redacted_thinking'), data: fc.base64String() }),
  fc.record({
    type: fc.constantFrom('tool_use', 'server_tool_use', 'mcp_tool_use'),
    id: fc.constant('toolu_1'),
    name: fc.constant('find'),
    input: fc.dictionary(words, fc.jsonValue(), { maxKeys: 3 }),
  }),
  fc.record({ type: fc.constant('novel'), text: words, input: fc.jsonValue() }),
)

/** JSON has no negative zero that survives a client. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** The events around blocks that make a stream of a whole message. */
function message(events: readonly unknown[]): unknown[] {
  const usage = { input_tokens: 1, output_tokens: 1 }
  const head = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], usage }
  return [
    { type: 'message_start', message: head },
    ...events,
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage },
    { type: 'message_stop' },
  ]
}

function reassembled(events: readonly { type: string }[]): string {
  const [start, ...rest] = events.filter((event) => event.type.startsWith('content_block_'))
  const open = openBlock(JSON.stringify(start))
  for (const event of rest.filter((one) => one.type === 'content_block_delta')) {
    const data = JSON.stringify(event)
    assert.equal(extendBlock(open, parseJson(data, ANY), data), true)
  }
  return wholeBlock(open)
}

describe('wholeBlock', () => {
  it('puts a block together as the SDK does', async () => {
    await holds(
      fc.tuple(block, fc.nat()),
      async ([one, seed]) => {
        const roll = dice(seed)
        const events = eventsIn(streamed([one], () => 1 + roll(9))) as { type: string }[]
        const [expected] = await accumulate(events)
        assert.deepEqual(JSON.parse(reassembled(events)), expected)
        assert.deepEqual(expected, plain(one))
      },
      { runs: 200 },
    )
  })

  it('keeps the order of members and what the start brought already', () => {
    const start = { type: 'text', odd: [1.5], text: 'Hel', citations: [] }
    const text = reassembled([
      { type: 'content_block_start', index: 0, content_block: start } as { type: string },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'lo' } } as never,
    ])
    assert.equal(text, '{"type":"text","odd":[1.5],"text":"Hello","citations":[]}')
  })

  it('adds a member that the start did not have', () => {
    const text = reassembled([
      { type: 'content_block_start', index: 0, content_block: { type: 'text' } } as never,
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'A' } } as never,
    ])
    assert.equal(text, '{"type":"text","text":"A"}')
  })

  it('takes the last signature, as clients do', () => {
    const start = { type: 'thinking', thinking: '', signature: 'old' }
    const delta = (signature: string): never =>
      ({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'signature_delta', signature },
      }) as never
    const first = { type: 'content_block_start', index: 0, content_block: start } as never
    assert.equal(JSON.parse(reassembled([first, delta('a'), delta('b')])).signature, 'b')
  })

  it("reads a tool's input that broke off as a text, and none as an empty object", () => {
    const call = { type: 'tool_use', id: 'x', name: 'n', input: {} }
    const events = (...parts: string[]): never[] => [
      { type: 'content_block_start', index: 0, content_block: call } as never,
      ...parts.map(
        (partial_json) =>
          ({
            type: 'content_block_delta',
            index: 0,
            delta: { type: 'input_json_delta', partial_json },
          }) as never,
      ),
    ]
    assert.deepEqual(JSON.parse(reassembled(events('{"a":', '"b'))).input, '{"a":"b')
    assert.deepEqual(JSON.parse(reassembled(events(''))).input, {})
    assert.deepEqual(JSON.parse(reassembled(events('{"a":', '1}'))).input, { a: 1 })
  })
})

describe('blockEvents', () => {
  it('streams a block that the SDK puts together as it was', async () => {
    await holds(
      block,
      async (one) => {
        const events = eventsIn(blockEvents(0, JSON.stringify(one)))
        const [told] = await accumulate(message(events))
        assert.deepEqual(told, plain(one))
      },
      { runs: 200 },
    )
  })

  it('gives back what wholeBlock made, index and broken input included', () => {
    const call = '{"type":"tool_use","id":"x","name":"n","input":"{\\"a\\":\\"b"}'
    const events = eventsIn(blockEvents(7, call)) as {
      index: number
      delta?: { partial_json: string }
    }[]
    assert.deepEqual(
      events.map((event) => event.index),
      [7, 7, 7],
    )
    assert.equal(events[1]?.delta?.partial_json, '{"a":"b')
    assert.deepEqual(JSON.parse(reassembled(events as never)), JSON.parse(call))
  })
})

describe('an event that is not what the API sends', () => {
  it('is refused where its block or index is missing', () => {
    assert.throws(() => openBlock('{"index":0}'), /without a block/)
    assert.throws(() => openBlock('{"index":0,"content_block":"x"}'), /without a block/)
    assert.throws(() => openBlock('{"index":"0","content_block":{}}'), /without its index/)
    assert.throws(() => indexOf(parseJson('{}', ANY), '{}'), /without its index/)
  })

  it('is no delta that is known', () => {
    const open = openBlock('{"index":0,"content_block":{"type":"text","text":""}}')
    for (const delta of [
      { type: 'novel_delta', text: 'A' },
      { type: 'text_delta', text: 5 },
      { type: 'citations_delta' },
      {},
    ]) {
      const data = JSON.stringify({ index: 0, delta })
      assert.equal(extendBlock(open, parseJson(data, ANY), data), false)
    }
    assert.equal(wholeBlock(open), '{"type":"text","text":""}')
  })
})
