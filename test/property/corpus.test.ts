import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspectJsonAnswer, inspectRequest, inspectStream } from '../../src/inspect/index.ts'
import { sseEvents } from '../../src/messages/index.ts'
import { openStore } from '../../src/store/index.ts'
import { CORPORA } from '../accuracy/corpora/index.ts'
import { sourceOf } from '../accuracy/corpus.ts'
import { forwarded, inspector, memoryInMemory, requestJob, textOf } from '../support/inspection.ts'
import { dice } from '../support/property.ts'
import { accumulate, eventsIn } from '../support/sdk-accumulate.ts'
import { streamed } from '../support/streamed.ts'

const PER_CORPUS = 6

/** A conversation in which an agent reads these texts, one a turn. */
function turnsOf(texts: readonly string[]): object[] {
  return texts.flatMap((content, index) => {
    const id = `toolu_${String(index).padStart(24, '0')}`
    const use = { type: 'tool_use', id, name: 'Read', input: { n: index } }
    return [
      { role: 'assistant', content: [use] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content }] },
    ]
  })
}

describe('the texts of the accuracy page', function () {
  this.timeout(120_000)
  const texts = new Map(
    CORPORA.map(({ name, make }) => [name, make(sourceOf(7), PER_CORPUS).map(({ text }) => text)]),
  )

  for (const [name, all] of texts) {
    it(`are masked the same at once and turn by turn, cold, warm and after a restart: ${name}`, async () => {
      const first = { role: 'user', content: 'Read the files.' }
      const messages = [first, ...turnsOf(all)]
      const sent = async (memory: ReturnType<typeof memoryInMemory>, upTo: number) => {
        const body = { model: 'claude-test', messages: messages.slice(0, upTo) }
        const verdict = await inspectRequest(requestJob(body), inspector(memory))
        return (JSON.parse(textOf(forwarded(verdict).body)) as { messages: unknown[] }).messages
      }
      const cold = await sent(memoryInMemory(), messages.length)
      const directory = mkdtempSync(join(tmpdir(), 'phigate-corpus-'))
      const path = join(directory, 'store.db')
      let store = openStore(path)
      try {
        for (let upTo = 1; upTo <= messages.length; upTo += 2) {
          if (upTo === 7) {
            store.close()
            store = openStore(path)
          }
          assert.deepEqual(await sent(store.maskMemory, upTo), cold.slice(0, upTo))
        }
        assert.deepEqual(await sent(store.maskMemory, messages.length), cold)
      } finally {
        store.close()
        rmSync(directory, { recursive: true })
      }
    })

    it(`are masked the same in an answer, streamed and not: ${name}`, async () => {
      const roll = dice(all.length)
      for (const text of all) {
        const by = inspector(memoryInMemory())
        const hello = { model: 'claude-test', messages: [{ role: 'user', content: 'hello' }] }
        const { context } = forwarded(await inspectRequest(requestJob(hello), by))
        const content = [{ type: 'text', text }]
        const message = { id: 'msg_1', type: 'message', role: 'assistant', content }
        const whole = await inspectJsonAnswer(Buffer.from(JSON.stringify(message)), context, by)
        const stream = inspectStream(context, by)
        const events = sseEvents(streamed(content, () => 1 + roll(20)))
        const out = events.map((event) => stream.push(event.raw).out).join('')
        const report = await stream.finish()
        const told = (JSON.parse(textOf(whole.body)) as { content: unknown[] }).content
        assert.deepEqual(await accumulate(eventsIn(out)), told)
        assert.deepEqual(report.masked, whole.report.masked)
        assert.deepEqual(report.kept, whole.report.kept)
      }
    })
  }
})
