import assert from 'node:assert/strict'
import { once } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Inspector, RequestVerdict } from '../../../src/inspect/index.ts'
import { serveInspection } from '../../../src/lanes/index.ts'
import { READY, type CallKind, type Calls, type Reply } from '../../../src/lanes/protocol.ts'
import { sseEvents } from '../../../src/messages/index.ts'
import { inspector, memoryInMemory, requestJob, textOf } from '../../support/inspection.ts'
import { streamed } from '../../support/streamed.ts'

describe('serveInspection', () => {
  let port: MessagePort
  let ids = 0

  async function serve(by: Inspector): Promise<void> {
    const channel = new MessageChannel()
    port = channel.port1
    const first = once(port, 'message')
    serveInspection(channel.port2, by)
    assert.deepEqual(await first, [READY])
  }

  async function call<K extends CallKind>(kind: K, ask: Calls[K]['ask']): Promise<Reply> {
    ids += 1
    const answer = once(port, 'message')
    port.postMessage([{ id: ids, kind, ask }])
    const [[reply]] = (await answer) as [[Reply]]
    assert.equal(reply.id, ids)
    return reply
  }

  async function value<K extends CallKind>(
    kind: K,
    ask: Calls[K]['ask'],
  ): Promise<Calls[K]['answer']> {
    const reply = await call(kind, ask)
    assert.ok(reply.ok)
    return reply.value as Calls[K]['answer']
  }

  afterEach(() => port.close())

  const NAME = 'Patient: Jorvina Quillmark'
  const body = { model: 'claude-test', messages: [{ role: 'user', content: NAME }] }

  async function context(): Promise<Extract<RequestVerdict, { kind: 'forward' }>['context']> {
    const verdict = await value('request', requestJob(body))
    assert.equal(verdict.kind, 'forward')
    assert.ok(verdict.kind === 'forward' && !textOf(verdict.body).includes('Jorvina'))
    return verdict.context
  }

  it('answers requests, JSON answers and streams', async () => {
    await serve(inspector(memoryInMemory()))
    const about = await context()
    const message = '{"type":"message","content":[]}'
    const told = await value('json-answer', { body: Buffer.from(message), context: about })
    assert.equal(textOf(told.body), message)
    const text = streamed([{ type: 'text', text: 'hi' }], () => 9)
    const events = sseEvents(text).map(({ raw }) => raw)
    const [begun, rest] = [events.slice(0, 2).join(''), events.slice(2).join('')]
    const first = await value('stream-push', { stream: 1, text: begun, context: about })
    assert.equal(first.report, undefined)
    const last = await value('stream-push', { stream: 1, text: rest, context: undefined })
    assert.equal(first.out + last.out, text)
    assert.equal(last.report?.decision.outcome, 'allow')
  })

  it('hands over bytes that are nothing but themselves, not a view of what others put into the same memory', async () => {
    await serve(inspector(memoryInMemory()))
    const verdict = await value('request', requestJob(body))
    assert.ok(verdict.kind === 'forward')
    const answer = Buffer.from('{"type":"message","content":[{"type":"text","text":"hi"}]}')
    const told = await value('json-answer', { body: answer, context: verdict.context })
    const { recorded } = told.report
    assert.ok(recorded !== undefined)
    for (const bytes of [verdict.body, verdict.context.restore, recorded.bytes]) {
      assert.ok(bytes.byteLength > 0)
      assert.equal(bytes.buffer.byteLength, bytes.byteLength)
    }
  })

  it('refuses what belongs to a stream that is not open', async () => {
    await serve(inspector(memoryInMemory()))
    const about = await context()
    const end = streamed([], () => 9)
    await value('stream-push', { stream: 1, text: '', context: about })
    await value('stream-drop', { stream: 1 })
    const { report } = await value('stream-push', { stream: 2, text: end, context: about })
    assert.ok(report !== undefined)
    await value('stream-push', { stream: 3, text: '', context: about })
    assert.equal((await value('stream-finish', { stream: 3 })).decision.outcome, 'allow')
    for (const stream of [1, 2, 3, 4]) {
      for (const reply of [
        await call('stream-push', { stream, text: '', context: undefined }),
        await call('stream-finish', { stream }),
      ]) {
        assert.equal(reply.ok ? '' : reply.code, 'inspection-failed')
      }
    }
  })

  it('passes on errors of its own, with their words', async () => {
    await serve(inspector(memoryInMemory()))
    const reply = await call('request', requestJob('{"messages":5}'))
    assert.ok(!reply.ok)
    assert.equal(reply.code, 'invalid-request')
    assert.match(reply.message, /^\/messages/)
  })

  it('says nothing of what any other error says', async () => {
    for (const thrown of [new TypeError(NAME), NAME, { name: NAME }]) {
      const memory = {
        ...memoryInMemory(),
        lookup: () => {
          // What libraries throw is not always an Error.
          // oxlint-disable-next-line typescript/only-throw-error
          throw thrown
        },
      }
      await serve(inspector(memory))
      const reply = await call('request', requestJob(body))
      assert.ok(!reply.ok)
      assert.equal(reply.code, 'inspection-failed')
      assert.ok(!reply.message.includes('Jorvina'))
      port.close()
    }
  })
})
