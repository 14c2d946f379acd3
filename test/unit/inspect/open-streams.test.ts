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

/** Events that come in one read. */
const READ = 16
const WARM = 20
const MEASURED = 100
/** Beside the text: what was not counted yet, what waits, and the state of the stream. */
const MOST_KB = 28

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
    const sentences = 'the 12 beds are free, and the wound is healing well, '.repeat(10)
    const text = `${person}: ${sentences}`.repeat(30)
    const events = sseEvents(streamed([{ type: 'text', text }], () => 8)).slice(0, -3)
    const reads: string[] = []
    for (let at = 0; at < events.length; at += READ) {
      const read = events.slice(at, at + READ).map(({ raw }) => raw)
      reads.push(read.join(''))
    }
    const open = (): unknown => {
      const stream = inspectStream(context, by)
      // They come from another thread: none is cut out of a text that others share.
      for (const read of reads) stream.push(structuredClone(read))
      return stream
    }
    const streams = Array.from({ length: WARM }, open)
    const before = collected()
    for (let more = 0; more < MEASURED; more += 1) streams.push(open())
    const each = (collected() - before) / MEASURED
    assert.equal(streams.length, WARM + MEASURED)
    const beside = (each - text.length) / 1024
    assert.ok(beside < MOST_KB, `${beside.toFixed(1)} KB beside its text`)
  })
})
