import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { ask } from '../support/gateway.ts'
import { assertNowhere } from '../support/leaks.ts'
import { startWatchedGateway, type Observed, type WatchedGateway } from '../support/observe.ts'
import { placeholdersIn } from '../support/placeholders.ts'
import {
  assemble,
  eventText,
  messageEvents,
  messageWith,
  readEvents,
  type Json,
} from '../support/sse.ts'

const SSN = '536-22-1514'
const QUESTION = 'Patient Ingrid Okoye called from 415-555-0211.'
const SECRETS = ['Ingrid', 'Okoye', '555-0211', SSN]
const TOOL = { type: 'tool_use', id: 'toolu_01Abcdefghijklmnopqrstuv' }

/** An answer that has everything to restore, to leave and to mask. */
function answerTo(received: string): Json[] {
  const [person = ''] = placeholdersIn(received, 'PERSON')
  const [phone = ''] = placeholdersIn(received, 'PHONE')
  return [
    {
      type: 'text',
      text: `\u{1F9D1}\u200D\u2695 ${person}: ${phone}, SSN ${SSN}; https://x.example/${person}`,
    },
    { ...TOOL, name: 'ehr_call', input: { who: person, note: `"${person}" \\ SSN ${SSN}` } },
    { ...TOOL, name: 'Bash', input: { command: `echo ${person} ${SSN}` } },
  ]
}

describe('a streamed answer', function () {
  this.timeout(120_000)
  let gateway: WatchedGateway
  before(async () => {
    gateway = await startWatchedGateway()
  })
  after(() => gateway.stop())

  /** Streams what `write` writes, for a request with placeholders. */
  function stream(
    write: (response: ServerResponse, received: string) => unknown,
  ): Promise<Observed> {
    gateway.simulator.respondWith((_request, response, { bodyBytes }) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      void write(response, bodyBytes.toString('utf8'))
    })
    const headers = { 'x-phigate-session': 'streams' }
    return gateway.observe(() => gateway.post(ask(QUESTION, { stream: true }), { headers }))
  }

  async function asJson(): Promise<unknown> {
    gateway.simulator.respondWith((_request, response, { bodyBytes }) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(messageWith(answerTo(bodyBytes.toString('utf8')))))
    })
    const headers = { 'x-phigate-session': 'streams' }
    const seen = await gateway.observe(() => gateway.post(ask(QUESTION), { headers }))
    const { content } = JSON.parse(seen.text) as Json
    const [text] = content as { text: string }[]
    assert.match(
      text?.text ?? '',
      /Ingrid Okoye: 415-555-0211, SSN \[US_SSN_\w+\]; https:\/\/x\.example\/\[PERSON_/,
    )
    return content
  }

  function contentOf(seen: Observed): unknown {
    assert.equal(seen.status, 200)
    return assemble(readEvents(seen.text))['content']
  }

  for (const piece of [1, 2, 3, 5, 64]) {
    it(`says what the JSON answer says, cut into deltas of ${piece} characters`, async () => {
      const expected = await asJson()
      const seen = await stream((response, received) => {
        response.end([...messageEvents(messageWith(answerTo(received)), piece)].join(''))
      })
      assert.deepEqual(contentOf(seen), expected)
      assertNowhere([SSN], {
        'what the client got': seen.text,
        assembled: JSON.stringify(contentOf(seen)),
      })
      gateway.assertNoLeak(seen, SECRETS)
    })
  }

  it('says the same, cut in two at any place of a placeholder or of a number', async () => {
    const expected = await asJson()
    const [text] = expected as Json[]
    let places = 1
    for (let place = 1; place < places + 1; place += 1) {
      const seen = await stream((response, received) => {
        const [block] = answerTo(received)
        const whole = String(block?.['text'])
        places = whole.length - 1
        const deltas = [whole.slice(0, place), whole.slice(place)].map((part) => ({
          type: 'text_delta',
          text: part,
        }))
        response.end(eventsOf(deltas, ''))
      })
      assert.deepEqual(contentOf(seen), [text], `cut at ${place}`)
    }
    assert.ok(places > 80)
  })

  it('says the same when the network cuts anywhere, lines end in CRLF, and comments stand between', async () => {
    const expected = await asJson()
    const seen = await stream(async (response, received) => {
      const events = [...messageEvents(messageWith(answerTo(received)), 6)].join(': a comment\n\n')
      const bytes = Buffer.from(events.replaceAll('\n', '\r\n'))
      for (let at = 0; at < bytes.length; at += 97) {
        response.write(bytes.subarray(at, at + 97))
        await new Promise((resolve) => setImmediate(resolve))
      }
      response.end()
    })
    assert.deepEqual(contentOf({ ...seen, text: seen.text.replaceAll('\r\n', '\n') }), expected)
    assertNowhere([SSN], { 'what the client got': seen.text })
  })

  const split: Readonly<Record<string, string>> = {
    'half in the start of the block': eventsOf(
      [{ type: 'text_delta', text: SSN.slice(4) }],
      `SSN ${SSN.slice(0, 4)}`,
    ),
    'with a ping between its halves': eventsOf(
      [
        { type: 'text_delta', text: `SSN ${SSN.slice(0, 5)}` },
        'ping',
        { type: 'text_delta', text: SSN.slice(5) },
      ],
      '',
    ),
    'with escaped digits': eventsOf([{ type: 'text_delta', text: `SSN ${SSN}` }], '').replace(
      SSN,
      SSN.replaceAll('-', '\\u002d'),
    ),
    'in a citation': eventsOf(
      [
        { type: 'text_delta', text: 'x' },
        { type: 'citations_delta', citation: { type: 'char_location', cited_text: `SSN ${SSN}` } },
      ],
      '',
    ),
    'in two blocks at once': interleaved(),
    'in an event of an unknown type':
      eventText({ type: 'aside', note: `SSN ${SSN}` }) + eventsOf([], 'x'),
    'in the message start': eventsOf([], 'x').replace(
      '"model":"claude-sonnet-5-5"',
      `"model":"SSN ${SSN}"`,
    ),
    'in the last event': eventsOf([], 'x').replace(
      '"stop_sequence":null',
      `"stop_sequence":"SSN ${SSN}"`,
    ),
    'in a delta of an unknown type': eventsOf([{ type: 'rumour_delta', rumour: `SSN ${SSN}` }], ''),
    'in a block without its start': eventText({
      type: 'content_block_delta',
      index: 4,
      delta: { type: 'text_delta', text: `SSN ${SSN}` },
    }),
    'in a block that never ends': eventText({
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'text', text: `SSN ${SSN}` },
    }),
    'in a line that is no JSON': `data: SSN ${SSN}\n\n`,
    'in a line that is no event': `SSN ${SSN}\n\n${eventsOf([], 'x')}`,
    'in the name of an event': eventsOf([], 'x').replace(
      'event: message_delta',
      `event: SSN ${SSN}`,
    ),
    'in a comment': `: SSN ${SSN}\n\n${eventsOf([], 'x')}`,
    'in the id of an event': `id: SSN ${SSN}\n${eventsOf([], 'x')}`,
    'behind the end of the message': `${eventsOf([], 'x')}${eventText({ type: 'aside', note: `SSN ${SSN}` })}`,
  }
  for (const [place, events] of Object.entries(split)) {
    it(`never shows an invented number ${place}, and ends with a word`, async () => {
      const seen = await stream((response) => response.end(events))
      const last =
        readEvents(seen.text).at(-1)?.data['type'] ?? (JSON.parse(seen.text) as Json)['type']
      assert.ok(last === 'message_stop' || last === 'error')
      assertNowhere([SSN], {
        'what the client got': seen.text,
        assembled: JSON.stringify(assembled(seen)),
      })
      gateway.assertNoLeak(seen, SECRETS)
      assert.deepEqual(
        seen.records.map(({ custom }) => custom.kind),
        ['decision', 'completion'],
      )
    })
  }

  function assembled(seen: Observed): Json {
    return seen.status === 200 ? assemble(readEvents(seen.text)) : {}
  }
})

/** A message of one text block with these deltas. */
function eventsOf(deltas: readonly (Json | 'ping')[], start: string): string {
  const [head = '', ...tail] = [...messageEvents(messageWith([]))]
  const block = { type: 'text', text: start }
  return [
    head,
    eventText({ type: 'content_block_start', index: 0, content_block: block }),
    ...deltas.map((delta) =>
      eventText(
        delta === 'ping' ? { type: 'ping' } : { type: 'content_block_delta', index: 0, delta },
      ),
    ),
    eventText({ type: 'content_block_stop', index: 0 }),
    ...tail,
  ].join('')
}

/** Two blocks whose deltas take turns, a number in each. */
function interleaved(): string {
  const [head = '', ...tail] = [...messageEvents(messageWith([]))]
  const both = (data: Json): string => [0, 1].map((index) => eventText({ ...data, index })).join('')
  const delta = (text: string): string =>
    both({ type: 'content_block_delta', delta: { type: 'text_delta', text } })
  const start = both({ type: 'content_block_start', content_block: { type: 'text', text: '' } })
  const stop = both({ type: 'content_block_stop' })
  return [head, start, delta(`SSN ${SSN.slice(0, 6)}`), delta(SSN.slice(6)), stop, ...tail].join('')
}
