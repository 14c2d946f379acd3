import assert from 'node:assert/strict'
import type { ReceivedRequest } from '../../../src/demo/simulator/index.ts'
import type { Json } from '../../support/sse.ts'
import { messagesOf, type Played } from './script.ts'

/**
 * Asserts law 6 on the calls of one conversation, as the upstream received them: each repeats the system prompt, the
 * tools and the messages of the one before to the byte, and goes on with the very answer that the upstream gave to it.
 * `cache_control` moves along, and a string stands for one text block: the API does not tell them apart.
 */
export function assertSamePrefix(calls: readonly ReceivedRequest[], { answers }: Played): void {
  for (const [index, call] of calls.entries()) {
    const before = calls[index - 1]
    if (before === undefined) continue
    const [now, then] = [canonical(call), canonical(before)]
    for (const key of ['system', 'tools'] as const) {
      assert.ok(now[key] === then[key], `${key} of call ${index} are those of the call before`)
    }
    const { messages } = now
    assert.ok(messages.length > then.messages.length, `call ${index} goes on`)
    for (const [at, message] of then.messages.entries()) {
      assert.ok(
        messages[at] === message,
        `message ${at} of call ${index} is that of the call before`,
      )
    }
    const said = answers.get(before.bodyBytes.toString('utf8'))
    const answer = JSON.parse(messages[then.messages.length] ?? '') as Json
    assert.equal(answer['role'], 'assistant')
    assert.deepEqual(
      answer['content'],
      said,
      `call ${index} goes on with the answer as it was given`,
    )
  }
}

interface Canonical {
  readonly system: string
  readonly tools: string
  readonly messages: readonly string[]
}

function canonical({ body }: ReceivedRequest): Canonical {
  const { system, tools } = body as Json
  return {
    system: written(system),
    tools: written(tools),
    messages: messagesOf(body as Json).map((message) => {
      const { content } = message
      const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content
      return written({ ...message, content: blocks })
    }),
  }
}

function written(value: unknown): string {
  return JSON.stringify(value, (key, item: unknown) => (key === 'cache_control' ? undefined : item))
}
