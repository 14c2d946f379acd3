import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { formatEvent, SseError, sseSplitter, type SseEvent } from '../../../src/messages/sse.ts'
import { holds } from '../../support/property.ts'

function split(bytes: Uint8Array, cuts: readonly number[]): SseEvent[] {
  const splitter = sseSplitter()
  const events: SseEvent[] = []
  const places = cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b)
  let at = 0
  for (const place of [...places, bytes.length]) {
    events.push(...splitter.push(bytes.subarray(at, place)))
    at = place
  }
  return [...events, ...splitter.end()]
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

describe('sseSplitter', () => {
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
    const splitter = sseSplitter()
    assert.equal(splitter.push(Buffer.from('data: x\n\ndata: y\n')).length, 1)
    assert.throws(() => splitter.end(), SseError)
  })

  it('takes blank lines at the end for no event', () => {
    const splitter = sseSplitter()
    splitter.push(Buffer.from('data: x\n\n \n'))
    assert.deepEqual(splitter.end(), [])
  })

  it('refuses bytes that are not UTF-8, also at the end', () => {
    assert.throws(() => sseSplitter().push(Uint8Array.of(0x64, 0xff)), SseError)
    const splitter = sseSplitter()
    splitter.push(Uint8Array.of(0xf0, 0x9f))
    assert.throws(() => splitter.end(), SseError)
  })

  it('refuses an event that is larger than any of the API', () => {
    const splitter = sseSplitter()
    const megabyte = new Uint8Array(1024 * 1024).fill(0x61)
    assert.throws(() => {
      for (let sent = 0; sent < 40; sent += 1) splitter.push(megabyte)
    }, SseError)
  })
})
