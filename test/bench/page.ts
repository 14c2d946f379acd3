import { CROWD, type Extent, type Notes } from './cells.ts'
import { LONG_TURNS } from './bodies.ts'
import { SHOWN_KB } from './fake-upstream.ts'
import { SIZES, VARIANTS } from './measure.ts'
import { hardware, table, type Row } from './table.ts'
import { PINNED } from './targets.ts'

const ADDED = { '2 KB': 1.2, '50 KB': 4, '1 MB': 70 } as const
const LAST_TURN_MS = 25
const STREAM_KB = 64
const BESIDE = { '2 KB': 10, '50 KB': 15 } as const

/** The page of a run. It says what was measured, on what, and which targets hold. */
export function page(found: Notes, extent: Extent, command: string, busy = 0): string {
  return [
    '# What phigate costs',
    `Written by \`${command}\`; do not edit. ${machine()} Load average before the run: ${busy.toFixed(1)}.`,
    'Everything in one run: **direct** to a fake upstream, **bare** (express and http-proxy-middleware on the same ' +
      'Node.js, nothing else) and **phigate** as the image runs it, with the real policy, verified tokens (cached), a ' +
      'durable audit log (O_DSYNC) and recordings. All text is new to phigate. _plain_ has nothing to find, _phi_ has a ' +
      'patient in every message: 1, 5 and 33 of them. A 1 MB body is a session of 33 messages. ' +
      `Numbers are medians over ${extent.rounds} rounds, in which the three take turns; times in ms.`,
    '## A single caller',
    table(['body', 'p50 direct', 'added by bare', ...added(), 'target', 'holds'], latency(found)),
    `## ${CROWD} callers`,
    table(
      ['body', 'text', 'CPU bare', 'CPU phigate', 'times bare', 'requests/s bare', 'phigate'],
      costs(found),
    ),
    targets(crowdTargets(found)),
    '## Small requests beside 4 callers with 1 MB',
    table(['body', 'p50 bare', 'p50 phigate', 'target', 'holds'], mixed(found)),
    '## Streams of 50 deltas',
    table(['', 'bare', 'phigate'], streamed(found, extent)),
    'A delta goes out as it came when all of its text is decided. Text is held from a word that may begin an ' +
      'identifier until four words follow; the last word of a delta waits for its end. The quick streams are cut ' +
      'inside of words, so phigate cuts their deltas anew: their text must be the one that was sent.',
    targets(streamTargets(found, extent)),
    `## Peak memory, ${extent.largeAtOnce} bodies of 1 MB at once`,
    table(['process', 'MB', 'phigate is'], memory(found)),
    targets([['at most 1.7 times bare', found.of('peak times') <= 1.7]]),
    `## Turn ${LONG_TURNS} of a conversation of 1 MB`,
    `Each turn brought a text of 20 KB, with a patient in _phi_: the conversation grew turn by turn, ` +
      'so only the newest message is new to phigate.',
    table(
      ['text', 'p50 direct', 'added by bare', 'added by phigate', 'target', 'holds'],
      turns(found),
    ),
    `## Memory of ${extent.openStreams} open streams`,
    `Each was asked for with 50 KB, has shown ${SHOWN_KB} KB of text, and waits. It is what the process takes more than ` +
      'before, as the system counts it, when all threads have collected what they need no more.',
    table(['process', 'KB for each stream'], held(found)),
    targets([
      [
        `at most ${STREAM_KB} KB beyond the text`,
        found.of('open streams phigate') <= STREAM_KB + SHOWN_KB,
      ],
    ]),
  ]
    .join('\n\n')
    .concat('\n')
}

function machine(): string {
  const pinned = PINNED
    ? 'load and upstream on core 0, the measured process on core 1'
    : 'not pinned to cores, because there is one core or no `taskset`'
  return `Machine: ${hardware()}; ${pinned}.`
}

function added(): Row {
  return VARIANTS.map((variant) => `added by phigate, ${variant}`)
}

function latency(found: Notes): Row[] {
  return SIZES.map((size) => {
    const values = VARIANTS.map((variant) => found.of(`added phigate ${variant} ${size}`))
    return [
      size,
      ms(found.of(`p50 direct plain ${size}`)),
      ms(found.of(`added bare plain ${size}`)),
      ...values.map(ms),
      `${ADDED[size]}`,
      VARIANTS.map((name, at) => `${name} ${word((values[at] ?? NaN) <= ADDED[size])}`).join(', '),
    ]
  })
}

function costs(found: Notes): Row[] {
  return SIZES.flatMap((size) =>
    VARIANTS.map((variant): Row => {
      const of = `phigate ${variant} ${size}`
      return [
        size,
        variant,
        ms(found.of(`cpu bare plain ${size}`)),
        ms(found.of(`cpu ${of}`)),
        found.of(`times ${of}`).toFixed(1),
        found.of(`rate bare plain ${size}`).toFixed(0),
        found.of(`rate ${of}`).toFixed(0),
      ]
    }),
  )
}

function crowdTargets(found: Notes): [string, boolean][] {
  return VARIANTS.flatMap((variant): [string, boolean][] => [
    [`2 KB ${variant}: CPU at most 5 times bare`, found.of(`times phigate ${variant} 2 KB`) <= 5],
    [`2 KB ${variant}: 1,200 requests/s a core`, found.of(`rate phigate ${variant} 2 KB`) >= 1200],
  ])
}

function mixed(found: Notes): Row[] {
  return (['2 KB', '50 KB'] as const).map((size) => {
    const p50 = found.of(`beside phigate ${size}`)
    const bare = ms(found.of(`beside bare ${size}`))
    return [size, bare, ms(p50), `${BESIDE[size]}`, word(p50 < BESIDE[size])]
  })
}

function streamed(found: Notes, extent: Extent): Row[] {
  const both = (name: (peer: string) => string, show: (value: number) => string): Row =>
    ['bare', 'phigate'].map((peer) => show(found.of(name(peer))))
  const paced = `${extent.pacedStreams} at once, a delta every ${extent.paceMs} ms`
  return [
    ['first delta late, unpaced, one at a time', ...both((peer) => `first ${peer} unpaced`, ms)],
    [`first delta late, ${paced}`, ...both((peer) => `first ${peer} paced`, ms)],
    ['the same, p99', ...both((peer) => `first p99 ${peer} paced`, ms)],
    ['first delta late, 8 characters every 10 ms', ...both((peer) => `first ${peer} quick`, ms)],
    ['the same, with a number', ...both((peer) => `first ${peer} quick-numbers`, ms)],
    ['last event late, the same', ...both((peer) => `end ${peer} quick-numbers`, ms)],
    [`CPU a stream, unpaced, ${CROWD} at once`, ...both((peer) => `stream cpu ${peer}`, ms)],
    ['lost events', ...both((peer) => `lost ${peer}`, String)],
    ['streams not as sent', ...both((peer) => `altered ${peer}`, String)],
  ]
}

function streamTargets(found: Notes, extent: Extent): [string, boolean][] {
  const later = (of: string, pace: string): number =>
    found.of(`${of} phigate ${pace}`) - found.of(`${of} bare ${pace}`)
  const wrong = ['quick', 'quick-numbers'].some((pace) => found.of(`wrong phigate ${pace}`) > 0)
  return [
    [`${extent.pacedStreams} streams at once without a lost event`, found.of('lost phigate') === 0],
    ['a first delta at most 5 ms later than bare', later('first', 'quick') <= 5],
    ['60 ms where a number is in it', later('first', 'quick-numbers') <= 60],
    [
      'an end at most 10 ms later',
      later('end', 'quick-numbers') <= 10 && later('end', 'quick') <= 10,
    ],
    ['the text that was sent', !wrong],
    ['CPU at most 8 times bare', found.of('stream cpu phigate') <= 8 * found.of('stream cpu bare')],
  ]
}

function memory(found: Notes): Row[] {
  const row = (name: string, of: string, times: string): Row => [
    name,
    found.of(of).toFixed(0),
    times === '' ? '' : `${found.of(times).toFixed(2)} times this`,
  ]
  return [
    row('bare', 'peak bare', 'peak times'),
    row('bare with `--max-semi-space-size=8`', 'peak bare small', 'peak times small'),
    row('phigate, with the flags and the environment of the image', 'peak phigate', ''),
  ]
}

function turns(found: Notes): Row[] {
  return VARIANTS.map((variant) => {
    const more = found.of(`last turn added phigate ${variant}`)
    return [
      variant,
      ms(found.of('last turn direct plain')),
      ms(found.of('last turn added bare plain')),
      ms(more),
      `${LAST_TURN_MS}`,
      word(more <= LAST_TURN_MS),
    ]
  })
}

function held(found: Notes): Row[] {
  return (['bare', 'phigate'] as const).map((name) => [
    name,
    found.of(`open streams ${name}`).toFixed(0),
  ])
}

function ms(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : 0)
}

function word(holds: boolean): string {
  return holds ? 'yes' : 'no'
}

function targets(list: readonly (readonly [string, boolean])[]): string {
  return `Targets: ${list.map(([name, holds]) => `${name}: **${word(holds)}**`).join('; ')}.`
}
