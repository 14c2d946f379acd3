import assert from 'node:assert/strict'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { inspectRequest, inspectStream } from '../../../src/inspect/index.ts'
import { sseEvents } from '../../../src/messages/index.ts'
import {
  forwarded,
  inspector,
  memoryInMemory,
  requestJob,
  textOf,
} from '../../support/inspection.ts'
import { streamed } from '../../support/streamed.ts'

function collected(): number {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
  gc()
  return getHeapStatistics().used_heap_size
}

describe('a streamed answer that stays open', function () {
  this.timeout(60_000)

  it('keeps little more in memory than its text, in however small pieces that came', async () => {
    const by = inspector(memoryInMemory())
    const content = 'Patient: Jorvina Quillmark, MRN: 48210377'
    const body = { model: 'claude-test', messages: [{ role: 'user', content }] }
    const { context, body: sent } = forwarded(await inspectRequest(requestJob(body), by))
    const [person = ''] = /\[PERSON[^\]]+\]/.exec(textOf(sent)) ?? []
    const text = `${person}: the 12 beds are free, and the wound is healing well `.repeat(300)
    const open = (): unknown => {
      const stream = inspectStream(context, by)
      const events = sseEvents(streamed([{ type: 'text', text }], () => 8))
      // They come from another thread: none is cut out of a text that holds the others.
      for (const event of events.slice(0, -3)) stream.push(structuredClone(event.raw))
      return stream
    }
    const streams = Array.from({ length: 3 }, open)
    const before = collected()
    for (let more = 0; more < 20; more += 1) streams.push(open())
    const each = (collected() - before) / 20
    assert.equal(streams.length, 23)
    assert.ok(each < 10 * text.length, `${Math.round(each / 1024)} KB a stream`)
  })
})
