import assert from 'node:assert/strict'
import { APIError, type Anthropic } from '@anthropic-ai/sdk'
import {
  asking,
  failing,
  PHI,
  PLAIN,
  startSdkPair,
  type Ask,
  type SdkPair,
} from '../support/sdk.ts'

type Messages = Anthropic.MessageParam[]

const TOOLS: Anthropic.Tool[] = [
  {
    name: 'ehr_lookup',
    description: 'Looks up a chart.',
    input_schema: { type: 'object', properties: { who: { type: 'string' } } },
  },
]

/** Ids are made anew for every answer. */
function withoutIds<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replace(/"(msg|toolu|req)_\w{20,}"/g, '"$1_"')) as T
}

describe('the official SDK, with another base URL and token only', function () {
  this.timeout(120_000)
  let sdk: SdkPair
  before(async () => {
    sdk = await startSdkPair()
  })
  after(() => sdk.stop())
  beforeEach(() => sdk.gateway.simulator.respondWith(undefined))

  function lastReceived() {
    const received = sdk.gateway.simulator.received.at(-1)
    assert.ok(received)
    return received
  }

  describe('without identifiers', () => {
    it('gets the same message', async () => {
      const expected = await sdk.direct.messages.create(asking(PLAIN))
      const { data, request_id } = await sdk.gated.messages.create(asking(PLAIN)).withResponse()
      assert.deepEqual(withoutIds(data), withoutIds(expected))
      assert.match(request_id ?? '', /^req_/)
    })

    it('gets the same events in the same order, and the same final message', async () => {
      const read = async (from: Anthropic) => {
        const stream = from.messages.stream(asking(PLAIN, { tools: TOOLS }))
        const events: unknown[] = []
        for await (const event of stream) events.push(event)
        return { events, final: await stream.finalMessage() }
      }
      assert.deepEqual(withoutIds(await read(sdk.gated)), withoutIds(await read(sdk.direct)))
    })

    it('counts the same tokens and finds the same models', async () => {
      const { model, messages } = asking(PLAIN)
      const ask = async (from: Anthropic) => ({
        tokens: await from.messages.countTokens({ model, messages }),
        models: (await from.models.list({ limit: 20 })).data,
        one: await from.models.retrieve('claude-opus-5-5'),
      })
      assert.deepEqual(await ask(sdk.gated), await ask(sdk.direct))
    })

    it('sends the upstream the same bytes and headers, but for the credential', async () => {
      const send = async (from: Anthropic) => {
        const headers = { 'anthropic-beta': 'interleaved-thinking-2025-05-14', 'x-app': 'triage' }
        await from.messages.create(asking(PLAIN), { headers })
        return lastReceived()
      }
      const [expected, actual] = [await send(sdk.direct), await send(sdk.gated)]
      assert.ok(actual.bodyBytes.equals(expected.bodyBytes))
      const own =
        /^(?:host|connection|authorization|x-api-key|accept|accept-.*|sec-.*|content-length)$/
      const kept = (headers: object) => Object.entries(headers).filter(([name]) => !own.test(name))
      assert.deepEqual(
        Object.fromEntries(kept(actual.headers)),
        Object.fromEntries(kept(expected.headers)),
      )
      assert.equal(actual.headers['anthropic-beta'], 'interleaved-thinking-2025-05-14')
    })

    it('gets the same error for a model that is not there', async () => {
      const find = (from: Anthropic) => failing(from.models.retrieve('claude-none'))
      const [expected, actual] = [await find(sdk.direct), await find(sdk.gated)]
      assert.ok(expected instanceof APIError && actual instanceof APIError)
      assert.deepEqual([actual.status, actual.type], [expected.status, expected.type])
      assert.equal(actual.status, 404)
    })
  })

  describe('with identifiers', () => {
    it('gets the same content, while the upstream sees placeholders', async () => {
      const from = sdk.gateway.simulator.received.length
      const actual = await sdk.gated.messages.create(asking(PHI))
      assert.match(lastReceived().bodyBytes.toString('utf8'), /Patient \[PERSON_/)
      sdk.assertNothingLeaked(from)
      const expected = await sdk.direct.messages.create(asking(PHI))
      assert.deepEqual(actual.content, expected.content)
    })

    it('streams the same content in well-formed events', async () => {
      const from = sdk.gateway.simulator.received.length
      const stream = sdk.gated.messages.stream(asking(PHI))
      const kinds: string[] = []
      const texts: string[] = []
      stream.on('streamEvent', ({ type }) => kinds.at(-1) === type || kinds.push(type))
      stream.on('text', (text) => texts.push(text))
      const final = await stream.finalMessage()
      sdk.assertNothingLeaked(from)
      const block = ['content_block_start', 'content_block_delta', 'content_block_stop']
      assert.deepEqual(kinds, ['message_start', ...block, 'message_delta', 'message_stop'])
      const expected = await sdk.direct.messages.stream(asking(PHI)).finalMessage()
      assert.deepEqual(final.content, expected.content)
      assert.equal(texts.join(''), await stream.finalText())
    })

    for (const streamed of [false, true]) {
      const form = streamed ? 'streamed' : 'as JSON'
      it(`uses tools over several turns with thinking, ${form}`, async () => {
        const from = sdk.gateway.simulator.received.length
        const actual = await converse(sdk.gated, streamed)
        const bodies = sdk.gateway.simulator.received.slice(from).map(({ body }) => body as Ask)
        sdk.assertNothingLeaked(from)
        const expected = await converse(sdk.direct, streamed)
        assert.deepEqual(shapeOf(actual), shapeOf(expected))
        assertSamePrefix(bodies)
        assertThinkingCameBack(bodies)
      })
    }

    /** A tool call with its result, and two more turns. Returns the whole conversation as the client has it. */
    async function converse(from: Anthropic, streamed: boolean): Promise<Messages> {
      const messages: Messages = []
      const session = { headers: { 'x-phigate-session': `several-turns-${streamed}` } }
      const say = async (content: Anthropic.MessageParam['content']) => {
        messages.push({ role: 'user', content })
        const thinking = { type: 'adaptive' } as const
        const body = { ...asking(''), messages, tools: TOOLS, thinking }
        const answer = streamed
          ? await from.messages.stream(body, session).finalMessage()
          : await from.messages.create(body, session)
        messages.push({ role: 'assistant', content: answer.content })
        return answer
      }
      const first = await say(`${PHI} Please use tool ehr_lookup for her.`)
      const use = first.content.find((block) => block.type === 'tool_use')
      assert.equal(first.stop_reason, 'tool_use')
      await say([{ type: 'tool_result', tool_use_id: use?.id ?? '', content: `Found: ${PHI}` }])
      await say('Call Rebecca Delgado.')
      await say([
        { type: 'text', text: 'And Delgado again.', cache_control: { type: 'ephemeral' } },
      ])
      return messages
    }

    /** What has to be equal: all but ids, and thinking, which the client gets as it was thought. */
    function shapeOf(messages: Messages): unknown {
      const blocks = JSON.parse(JSON.stringify(messages)) as {
        content: string | { type: string }[]
      }[]
      return withoutIds(
        blocks.map(({ content }) =>
          typeof content === 'string'
            ? content
            : content.map((block) =>
                block.type === 'thinking' ? 'thinking' : withoutInput(block),
              ),
        ),
      )
    }

    /** The simulator calls a tool with the placeholders it finds, or with the last word. */
    function withoutInput(block: { type: string }): unknown {
      return block.type === 'tool_use' ? { ...block, input: undefined } : block
    }

    function assertSamePrefix(bodies: readonly Ask[]): void {
      assert.equal(bodies.length, 4)
      const forms = bodies.map(({ messages }) =>
        messages.map((message) =>
          JSON.stringify(message).replace(/,"cache_control":\{[^}]*\}/g, ''),
        ),
      )
      for (const [turn, form] of forms.entries()) {
        const next = forms[turn + 1]
        if (next !== undefined) assert.deepEqual(next.slice(0, form.length), form, `turn ${turn}`)
      }
    }

    function assertThinkingCameBack(bodies: readonly Ask[]): void {
      const [first, second] = bodies
      const sent = first?.messages[0]?.content
      const back = second?.messages[1]?.content
      assert.ok(typeof sent === 'string' && typeof back === 'object')
      const [thought] = back
      assert.ok(thought?.type === 'thinking')
      assert.equal(thought.thinking, `I was sent: ${sent}`)
      assert.notEqual(thought.signature, '')
    }

    it("gives a listed tool's input the original values", async () => {
      const answer = await sdk.gated.messages.create(
        asking(`${PHI} Please use tool ehr_lookup`, { tools: TOOLS }),
      )
      const use = answer.content.find((block) => block.type === 'tool_use')
      assert.match(JSON.stringify(use?.input), /Rebecca Delgado UL447100 415-555-0198/)
    })

    it('counts tokens of the masked text', async () => {
      const from = sdk.gateway.simulator.received.length
      const { model, messages } = asking(PHI)
      const { input_tokens } = await sdk.gated.messages.countTokens({ model, messages })
      assert.ok(input_tokens > 0)
      sdk.assertNothingLeaked(from)
    })
  })
})
