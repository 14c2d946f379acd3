import type { Notes } from '../cells.ts'
import { hardware, table } from '../table.ts'
import type { ApprovalsExtent } from './measure.ts'

/** What a thousand requests of 50 KB that wait may cost (MB above idle), and how little others may feel of it. */
const TARGETS = { memory: 150, others: 1.2, releaseMs: 10, listMs: 200 }

/** The page of a run: what was measured, on what, and which targets hold. */
export function approvalsPage(
  found: Notes,
  extent: ApprovalsExtent,
  command: string,
  busy: number,
): string {
  const grown = growth(found)
  const percent = Math.round((grown - 1) * 100)
  const { held, listed, released, others, rounds } = extent
  const row = (what: string, value: string, target: string, holds: boolean): readonly string[] => [
    what,
    value,
    target,
    holds ? 'yes' : '**no**',
  ]
  const [memory, release, list] = ['memory held', 'release p50', 'list p50'].map((name) =>
    found.of(name),
  )
  return [
    '# What waiting for approval costs',
    `Written by \`${command}\`; do not edit. Machine: ${hardware()}. Load average before the run: ${busy.toFixed(1)}.`,
    `One process of phigate, everything on, holds ${held} requests of 50 KB with findings, each of its own and each ` +
      `with a review of its own. Before, it had answered as many without holding them; idle is its memory two seconds ` +
      `after that (${found.of('memory idle').toFixed(0)} MB). Other traffic is ${others} requests of 2 KB, one after ` +
      `the other, ${rounds} times before, beside and after, in turns with a second process that is asked the same and holds ` +
      `nothing, so that what a process becomes with time is not taken for holding. The p50 of the holding one / the ` +
      `other: ${inTurns(found, 'p50')}; CPU of each request: ${inTurns(found, 'cpu')}. What counts is how much more ` +
      `the first is above the second beside than before. Holding alone takes ` +
      `${found.of('cpu of holding').toFixed(0)} ms a second. Release is from sending the approval to the ` +
      `console until its request begins to reach the upstream, ${released} of them one by one (p99 ` +
      `${found.of('release p99').toFixed(1)} ms; ${found.of('release cpu').toFixed(1)} ms of CPU, the answer included); the rest were approved at once, and the last was answered after ` +
      `${found.of('release of the rest').toFixed(0)} ms. The list is the API's, to its last byte, over ${listed} ` +
      `pending reviews (slowest ${found.of('list max').toFixed(0)} ms; ${found.of('list cpu').toFixed(0)} ms of CPU). Times are of a ` +
      'machine that did other work as well, as its load says; CPU is not changed by that.',
    table(
      ['', 'measured', 'target', 'holds'],
      [
        row(
          'memory above idle',
          `${(memory ?? NaN).toFixed(0)} MB`,
          `< ${TARGETS.memory} MB`,
          (memory ?? NaN) < TARGETS.memory,
        ),
        row(
          "other traffic's p50",
          `${Math.abs(percent)} % ${percent < 0 ? 'less' : 'more'} beside`,
          'within 20 %',
          grown <= TARGETS.others,
        ),
        row(
          'release to the first byte upstream, p50',
          `${(release ?? NaN).toFixed(1)} ms`,
          `< ${TARGETS.releaseMs} ms`,
          (release ?? NaN) < TARGETS.releaseMs,
        ),
        row(
          `${listed} pending reviews listed, p50`,
          `${(list ?? NaN).toFixed(0)} ms`,
          `< ${TARGETS.listMs} ms`,
          (list ?? NaN) < TARGETS.listMs,
        ),
      ],
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

type When = 'before' | 'beside' | 'after'

/** How much longer other traffic takes beside those that wait: 1 for no longer. */
function growth(found: Notes): number {
  const above = (when: When): number =>
    found.of(`p50 ${when}, holding`) / found.of(`p50 ${when}, free`)
  return above('beside') / above('before')
}

function inTurns(found: Notes, what: 'p50' | 'cpu'): string {
  const at = (when: When): string => {
    const [holding, free] = (['holding', 'free'] as const).map((who) =>
      found.of(`${what} ${when}, ${who}`).toFixed(2),
    )
    return `${holding} / ${free} ms ${when}`
  }
  return (['before', 'beside', 'after'] as const).map(at).join(', ')
}
