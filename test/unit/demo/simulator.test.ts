import assert from 'node:assert/strict'
import Anthropic from '@anthropic-ai/sdk'
import { startSimulator, type Simulator } from '../../../src/demo/simulator/index.ts'

const KEY = 'test-key'
const TEXT = 'Tell me about [PERSON_7K2M4QW.9XD3K5M] and \u{1F600}, please'
const TOOL: Anthropic.Tool = {
  name: 'lookup',
  input_schema: {
    type: 'object',
    properties: {
      who: { type: 'string' },
      count: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      how: { type: 'string', enum: ['fast', 'slow'] },
      nested: { type: 'object', properties: { deep: { type: 'boolean' } } },
    },
  },
}

describe('the simulator', () => {
  let simulator: Simulator
  let client: Anthropic

  before(async () => {
    simulator = await startSimulator({ port: 0, apiKey: KEY })
    client = new Anthropic({ baseURL: simulator.url.origin, apiKey: KEY, maxRetries: 0 })
  })

  after(() => simulator.close())

  const post = (
    body: string,
    headers: Record<string, string> = { 'x-api-key': KEY },
    path = '/v1/messages',
  ): Promise<Response> => fetch(new URL(path, simulator.url), { method: 'POST', headers, body })

  const body = (text: string): Anthropic.MessageCreateParamsNonStreaming => ({
    model: 'claude-opus-5-5',
    max_tokens: 1000,
    messages: [{ role: 'user', content: text }],
  })

  const errorOf = async (response: Response): Promise<readonly [number, unknown]> => {
    const envelope: unknown = await response.json()
    assert.ok(envelope !== null && typeof envelope === 'object')
    assert.ok('error' in envelope && 'request_id' in envelope && 'type' in envelope)
    assert.equal(envelope.type, 'error')
    assert.equal(envelope.request_id, response.headers.get('request-id'))
    const { error } = envelope
    return [
      response.status,
      error !== null && typeof error === 'object' && 'type' in error ? error.type : null,
    ]
  }

  it('answers the official client with what it received', async () => {
    const sent = client.messages.create({
      ...body(''),
      messages: [
        { role: 'user', content: 'first' },
        { role: 'assistant', content: 'x' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'one' },
            { type: 'text', text: 'two' },
          ],
        },
      ],
    })
    const { data: message, request_id: requestId } = await sent.withResponse()
    assert.deepEqual(message.content, [{ type: 'text', text: 'The simulator repeats: one\ntwo' }])
    assert.equal(message.stop_reason, 'end_turn')
    assert.match(message.id, /^msg_\w{24}$/)
    assert.match(requestId ?? '', /^req_\w{24}$/)
    assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0)
  })

  it('streams the same message it would have sent whole', async () => {
    const request = { ...body(`use tool lookup ${TEXT}`), tools: [TOOL] }
    const thinking = { type: 'adaptive' } as const
    const whole = await client.messages.create({ ...request, thinking })
    const streamed = await client.messages.stream({ ...request, thinking }).finalMessage()
    const withoutIds = (message: Anthropic.Message): unknown =>
      message.content.map((block) => ({ ...block, id: null }))
    assert.deepEqual(withoutIds(streamed), withoutIds(whole))
    assert.equal(streamed.stop_reason, whole.stop_reason)
    assert.equal(streamed.usage.output_tokens, whole.usage.output_tokens)
  })

  it('sends the events of the API in its order, in small pieces', async () => {
    const response = await post(JSON.stringify({ ...body(TEXT), stream: true }))
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
    const events = (await response.text()).split('\n\n').filter((part) => part !== '')
    const names = events.map((part) => /^event: (\w+)\ndata: \{/.exec(part)?.[1])
    const order = names.filter((name, index) => name !== names[index - 1])
    assert.deepEqual(order, [
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ])
    const texts = events.flatMap((part) => /"text":"(.*)"\}\}$/.exec(part)?.[1] ?? [])
    assert.equal(texts.join(''), `The simulator repeats: ${TEXT}`)
    assert.ok(texts.every((text) => Array.from(text).length <= 8))
  })

  it('thinks first when asked to, with a signature that depends on the thought', async () => {
    const think = async (text: string): Promise<Anthropic.ThinkingBlock> => {
      const thinking = { type: 'enabled', budget_tokens: 1024 } as const
      const { content } = await client.messages.create({ ...body(text), thinking })
      const [first, second] = content
      assert.ok(first?.type === 'thinking' && second?.type === 'text')
      return first
    }
    const one = await think('one')
    assert.equal((await think('one')).signature, one.signature)
    assert.notEqual((await think('two')).signature, one.signature)
    assert.match(one.signature, /^[\w+/]{40,}={0,2}$/)
  })

  it('uses a tool it is told to use, with every property filled', async () => {
    const request = { ...body(`use tool lookup for ${TEXT}`), tools: [TOOL] }
    const { content, stop_reason: reason } = await client.messages.create(request)
    const [block] = content
    assert.ok(block?.type === 'tool_use')
    const who = '[PERSON_7K2M4QW.9XD3K5M]'
    const input = { who, count: 1, tags: [who], how: 'fast', nested: { deep: true } }
    assert.deepEqual(block.input, input)
    assert.match(block.id, /^toolu_\w{24}$/)
    assert.equal(reason, 'tool_use')
  })

  it('takes the last word for a tool when there is no placeholder', async () => {
    const request = { ...body('use tool lookup for chest pain'), tools: [TOOL] }
    const [block] = (await client.messages.create(request)).content
    assert.ok(block?.type === 'tool_use')
    assert.equal(Reflect.get(Object(block.input), 'who'), 'pain')
  })

  it('does not use a tool it was not given', async () => {
    const [block] = (await client.messages.create(body('use tool lookup'))).content
    assert.equal(block?.type, 'text')
  })

  it('streams the input of a tool in fragments of nine characters', async () => {
    const fragments: string[] = []
    const request = { ...body(`use tool lookup ${TEXT}`), tools: [TOOL] }
    const stream = await client.messages.create({ ...request, stream: true })
    for await (const event of stream) {
      if (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta') {
        fragments.push(event.delta.partial_json)
      }
    }
    assert.equal(fragments[0], '')
    assert.ok(fragments.slice(1, -1).every((fragment) => fragment.length === 9))
    JSON.parse(fragments.join(''))
  })

  it('repeats what a tool said, as string or as blocks, and does not use it again', async () => {
    const results = ['found', [{ type: 'text' as const, text: 'found' }]]
    for (const content of results) {
      const message = await client.messages.create({
        ...body(''),
        tools: [TOOL],
        messages: [
          { role: 'user', content: 'use tool lookup' },
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 'toolu_1', content },
              { type: 'text', text: 'use tool lookup' },
            ],
          },
        ],
      })
      assert.deepEqual(message.content, [{ type: 'text', text: 'Tool said: found' }])
    }
  })

  it('counts tokens and lists models for the official client', async () => {
    const { model, messages } = body('x'.repeat(400))
    const { input_tokens: count } = await client.messages.countTokens({ model, messages })
    assert.ok(count >= 100 && count < 130)
    const models = await client.models.list()
    const [first] = models.data
    assert.ok(first !== undefined)
    assert.deepEqual(await client.models.retrieve(first.id), first)
    await assert.rejects(client.models.retrieve('none'), { status: 404 })
  })

  it('takes its key in either header and refuses any other', async () => {
    const content = JSON.stringify(body('x'))
    assert.equal((await post(content, { 'x-api-key': KEY })).status, 200)
    assert.equal((await post(content, { authorization: `Bearer ${KEY}` })).status, 200)
    for (const headers of [{}, { 'x-api-key': 'other' }, { authorization: 'Bearer other' }]) {
      assert.deepEqual(await errorOf(await post(content, headers)), [401, 'authentication_error'])
    }
  })

  it('answers the probe of the Agent SDK without a key', async () => {
    const response = await fetch(new URL('/api/hello', simulator.url), { method: 'HEAD' })
    assert.equal(response.status, 200)
  })

  it('refuses what the API refuses', async () => {
    const { model, max_tokens, messages } = body('x')
    const bad = [
      '{',
      '[]',
      '',
      ...[
        { model, messages },
        { model, max_tokens },
        { max_tokens, messages },
        { model: 1, max_tokens, messages },
        { model, max_tokens, messages: [] },
      ].map((one) => JSON.stringify(one)),
    ]
    for (const one of bad) {
      assert.deepEqual(await errorOf(await post(one)), [400, 'invalid_request_error'])
    }
    const elsewhere = await post('{}', { 'x-api-key': KEY }, '/v1/elsewhere')
    assert.deepEqual(await errorOf(elsewhere), [404, 'not_found_error'])
    const large = await post(' '.repeat(32 * 1024 * 1024 + 1))
    assert.deepEqual(await errorOf(large), [413, 'request_too_large'])
  })

  it('fails as it is told to', async () => {
    const types = { 429: 'rate_limit_error', 500: 'api_error', 529: 'overloaded_error' }
    for (const [status, type] of Object.entries(types)) {
      const response = await post(JSON.stringify(body(`please simulate error ${status}`)))
      assert.equal(response.headers.get('retry-after'), status === '429' ? '1' : null)
      assert.deepEqual(await errorOf(response), [Number(status), type])
    }
  })

  it('keeps what it received, to the byte', async () => {
    const content = `{ "model":"m", "max_tokens": 1.0, "messages":[{"role":"user","content":"x"}] }`
    await post(content, { 'x-api-key': KEY, 'anthropic-beta': 'a,b' }, '/v1/messages?beta=true')
    const last = simulator.received.at(-1)
    assert.deepEqual(
      [last?.method, last?.path, last?.query, last?.headers['anthropic-beta']],
      ['POST', '/v1/messages', 'beta=true', 'a,b'],
    )
    assert.equal(last?.bodyBytes.toString(), content)
    assert.deepEqual(last?.body, JSON.parse(content))
  })

  it('lets a test answer in its place, and takes over again', async () => {
    simulator.respondWith((_req, res, received) => {
      res.writeHead(503).end(received.path)
    })
    const response = await post('{}', {})
    assert.deepEqual([response.status, await response.text()], [503, '/v1/messages'])
    simulator.respondWith(undefined)
    assert.equal((await post(JSON.stringify(body('x')))).status, 200)
  })

  it('survives a client that goes away in the middle of a stream', async () => {
    const leaving = new AbortController()
    const request = { ...body('long '.repeat(100_000)), stream: true }
    const response = await fetch(new URL('/v1/messages', simulator.url), {
      method: 'POST',
      headers: { 'x-api-key': KEY },
      body: JSON.stringify(request),
      signal: leaving.signal,
    })
    await response.body?.getReader().read()
    leaving.abort()
    assert.equal((await post(JSON.stringify(body('x')))).status, 200)
  })
})
