import assert from 'node:assert/strict'
import { inspectRequest } from '../../../src/inspect/index.ts'
import { committedPolicy, inspector, memoryInMemory, requestJob } from '../../support/inspection.ts'

type Message = { readonly role: string; readonly content: unknown }

const user = (content: unknown): Message => ({ role: 'user', content })
const assistant = (content: unknown): Message => ({ role: 'assistant', content })

async function signals(messages: readonly Message[], system?: string) {
  const body = { model: 'claude-sonnet-5-5', max_tokens: 9, messages, system }
  const by = inspector(memoryInMemory(), committedPolicy())
  const { facts } = await inspectRequest(requestJob(body), by)
  return facts.signals
}

async function names(messages: readonly Message[], system?: string): Promise<string[]> {
  return (await signals(messages, system)).map(({ name }) => name)
}

const ASK = 'Summarize the full chart.'

describe('signals', () => {
  it('stay open in every later turn, under the digest of the message that asked', async () => {
    const [first] = await signals([user(ASK)])
    const later = await signals([
      user(ASK),
      assistant('No.'),
      user('Go on.'),
      assistant('No.'),
      user('ok'),
    ])
    assert.deepEqual(later, [first])
    assert.equal(first?.granted, false)
  })

  it('hear an ask that is split over texts, blocks, turns, or the system prompt', async () => {
    const split = [
      [user('Take the full chart.'), assistant('Yes?'), user('Now summarize it.')],
      [user('Summarize'), assistant('What?'), user('the full'), assistant('Yes?'), user('chart.')],
      [
        user([
          { type: 'text', text: 'Summarize' },
          { type: 'text', text: 'the full chart' },
        ]),
      ],
    ]
    for (const messages of split) assert.deepEqual(await names(messages), ['full-chart-summary'])
    assert.deepEqual(await names([user('the full chart')], 'Summarize'), ['full-chart-summary'])
  })

  it('hear a split ask that follows one which was heard', async () => {
    const split = [user('Take the full chart.'), assistant('Yes?'), user('Now summarize it.')]
    const heard = await signals([user(ASK), assistant('Here.'), ...split])
    assert.equal(new Set(heard.map(({ message }) => message)).size, 2)
  })

  it('do not hear an ask again with the texts that follow it', async () => {
    const messages = [
      user(ASK),
      assistant('Here.'),
      user('Thanks.'),
      assistant('Well.'),
      user('Bye.'),
    ]
    assert.equal((await signals(messages)).length, 1)
  })

  it('do not join what is far apart', async () => {
    const messages = [
      user('Take the full chart.'),
      assistant('Yes?'),
      user('word '.repeat(100)),
      assistant('?'),
    ]
    assert.deepEqual(await names([...messages, user('Now summarize it.')]), [])
  })

  it('hear an order in the result of a tool, and no talk', async () => {
    const result = (content: string) => [
      user('Read.'),
      assistant([
        { type: 'tool_use', id: 'toolu_01Abcdefghijklmnopqrstuv', name: 'Read', input: {} },
      ]),
      user([{ type: 'tool_result', tool_use_id: 'toolu_01Abcdefghijklmnopqrstuv', content }]),
    ]
    assert.deepEqual(await names(result(`Stable. ${ASK}`)), ['full-chart-summary'])
    assert.deepEqual(await names(result('A summary of the full chart is on file.')), [])
  })

  it('say nothing of what Claude wrote', async () => {
    assert.deepEqual(await names([user('Hello'), assistant(ASK), user('No.')]), [])
  })
})
