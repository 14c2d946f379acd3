import type { Notes } from '../cells.ts'
import { hardware, table } from '../table.ts'
import type { RecordingExtent } from './measure.ts'

/** A long agent's session may take so many times its distinct text. */
const TARGET_RATIO = 1.3
/** A session of 10,000 exchanges is open within, in milliseconds. */
const TARGET_OPEN_MS = 200

/** The page of a run: what was measured, on what, and which targets hold. */
export function recordingPage(
  found: Notes,
  extent: RecordingExtent,
  command: string,
  busy: number,
): string {
  const [distinct, stored, sent] = ['distinct', 'stored', 'sent'].map((name) => found.of(name))
  const ratio = (stored ?? NaN) / (distinct ?? NaN)
  const open = Math.max(found.of('open first'), found.of('open last'))
  const kilobytes = (bytes = NaN): string => (bytes / 1000).toFixed(0)
  return [
    '# What recordings take and cost',
    `Written by \`${command}\`; do not edit. Machine: ${hardware()}. Load average before the run: ${busy.toFixed(1)}.`,
    `An agent of ${extent.turns} turns: 14 KB of system prompt, 16 tools, a tool call a turn with results of 0.3 to 6 KB, ` +
      "streamed answers with their timing, the cache's mark moving to the last message. **distinct text** is the JSON of " +
      'system prompt, tools, each message and each answer, once; **stored** is all on disk: keys, heads, encryption.',
    table(
      ['sent, KB', 'distinct text, KB', 'stored, KB', 'stored / distinct'],
      [[kilobytes(sent), kilobytes(distinct), kilobytes(stored), ratio.toFixed(2)]],
    ),
    `Exchanges of 2 KB, each a session of its own with a key of its own. Alone: the request, one after the other, until it ` +
      `is on disk. At once: request and answer, 32 callers. Medians over ${extent.rounds} rounds of ${extent.single}; CPU of the ` +
      'process, index included.',
    table(
      ['', 'p50, µs', 'p99, µs', 'CPU, µs', 'exchanges/s'],
      [
        [
          'alone',
          found.of('alone p50').toFixed(0),
          found.of('alone p99').toFixed(0),
          found.of('alone cpu').toFixed(0),
          '',
        ],
        [
          'at once',
          '',
          '',
          found.of('crowd cpu').toFixed(0),
          found.of('crowd per second').toFixed(0),
        ],
      ],
    ),
    `A session of ${found.of('exchanges')} exchanges in ${extent.agents} conversations. Opened: 50 exchanges as a conversation, the first and the ` +
      'last; nothing is kept between two readings. Resumed: the first exchange after a restart until it is on disk, of a new ' +
      'conversation and of an old one, of which the latest body is read. Rebuilt: the index, from nothing.',
    table(
      [
        'first 50, ms',
        'last 50, ms',
        'resumed, ms',
        'resumed old, ms',
        'index rebuilt, ms',
        'shredded, ms',
      ],
      [
        ['open first', 'open last', 'resume', 'resume old', 'rebuild', 'shred'].map((name) =>
          found.of(name).toFixed(0),
        ),
      ],
    ),
    `Targets: stored in at most ${TARGET_RATIO} times the distinct text: ${word(ratio <= TARGET_RATIO)}; opened in under ` +
      `${TARGET_OPEN_MS} ms: ${word(open < TARGET_OPEN_MS)}.`,
  ]
    .join('\n\n')
    .concat('\n')
}

function word(holds: boolean): string {
  return holds ? '**yes**' : '**no**'
}
