import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  formatEvent,
  SseError,
  sseEvents,
  sseReader,
  type SseEvent,
} from '../../../src/messages/sse.ts'
import { holds } from '../../support/property.ts'

function split(bytes: Uint8Array, cuts: readonly number[]): SseEvent[] {
  const reader = sseReader()
  const events: SseEvent[] = []
  const places = cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b)
  let at = 0
  for (const place of [...places, bytes.length]) {
    events.push(...sseEvents(reader.push(bytes.subarray(at, place))))
    at = place
  }
  reader.end()
  return events
}

const line = fc.string({ unit: 'grapheme', maxLength: 12 }).map((t) => t.replace(/[\r\n]/g, ''))
const event = fc.oneof(
  fc.array(line, { minLength: 1, maxLength: 3 }).map((data) => data.map((d) => `data: ${d}`)),
  line.map((text) => [`event: ping`, `data:${text}`]),
  line.map((text) => [`: ${text}`]),
)
const stream = fc
  .tuple(fc.array(event, { maxLength: 6 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([events, end]) => events.map((lines) => `${lines.join(end)}${end}${end}`).join(''))

describe('sseReader', () => {
  it('finds the same events in any chunks, down to single bytes', async () => {
    await holds(
      fc.tuple(stream, fc.array(fc.nat(), { maxLength: 30 })),
      ([text, cuts]) => {
        const bytes = Buffer.from(text)
        const whole = split(bytes, [])
        const single = split(bytes, [...bytes.keys()])
        assert.equal(whole.map((e) => e.raw).join(''), text)
        assert.deepEqual(split(bytes, cuts), whole)
        assert.deepEqual(single, whole)
      },
      { runs: 300 },
    )
  })

  it('reads the data lines of an event, with or without the space', () => {
    const [one, two, three] = split(
      Buffer.from('event: a\r\ndata: x\r\ndata:y\r\n\r\n: note\n\ndata: \u{1F642}\n\n'),
      [],
    )
    assert.deepEqual([one?.data, two?.data, three?.data], ['x\ny', '', '\u{1F642}'])
  })

  it('reads back what formatEvent writes', () => {
    const text = formatEvent('message_stop', '{"type":"message_stop"}')
    assert.deepEqual(split(Buffer.from(text), [3]), [
      { raw: text, data: '{"type":"message_stop"}' },
    ])
  })

  it('refuses a stream that ends inside an event', () => {
    const reader = sseReader()
    assert.equal(reader.push(Buffer.from('data: x\n\ndata: y\n')), 'data: x\n\n')
    assert.throws(() => reader.end(), SseError)
  })

  it('takes blank lines at the end for no event', () => {
    const reader = sseReader()
    reader.push(Buffer.from('data: x\n\n \n'))
    reader.end()
  })

  it('refuses bytes that are not UTF-8, also at the end', () => {
    assert.throws(() => sseReader().push(Uint8Array.of(0x64, 0xff)), SseError)
    const reader = sseReader()
    reader.push(Uint8Array.of(0xf0, 0x9f))
    assert.throws(() => reader.end(), SseError)
  })

  it('leaves out the mark at the beginning of a stream, and no other', () => {
    for (const size of [1, 3, 4, 100]) {
      const bytes = Buffer.from('\uFEFFdata: x\n\n\uFEFFdata: y\n\n')
      const reader = sseReader()
      let text = ''
      for (let at = 0; at < bytes.length; at += size)
        text += reader.push(bytes.subarray(at, at + size))
      assert.equal(text, 'data: x\n\n\uFEFFdata: y\n\n')
    }
  })

  it('refuses an event that is larger than any of the API', () => {
    const reader = sseReader()
    const megabyte = new Uint8Array(1024 * 1024).fill(0x61)
    assert.throws(() => {
      for (let sent = 0; sent < 40; sent += 1) reader.push(megabyte)
    }, SseError)
  })
})
