import type { Notes } from '../cells.ts'
import { hardware, table } from '../table.ts'
import { IN_FLIGHT, KINDS, type AuditExtent } from './measure.ts'

/** Durable records a second, microseconds of CPU for one alone, and megabytes a second of one core. */
const TARGETS = { perSecond: 20_000, aloneUs: 60, verify: 50 } as const

/** The page of a run: what was measured, on what, and which targets hold. */
export function auditPage(
  found: Notes,
  extent: AuditExtent,
  command: string,
  busy: number,
): string {
  const most = Math.max(...IN_FLIGHT.map((count) => found.of(`short ${count} per second`)))
  const usual = Math.max(...IN_FLIGHT.map((count) => found.of(`usual ${count} per second`)))
  const slowest = Math.min(...KINDS.map((kind) => found.of(`${kind} verify`)))
  return [
    '# What the audit log costs',
    `Written by \`${command}\`; do not edit. Machine: ${hardware()}. Load average before the run: ${busy.toFixed(1)}.`,
    'The log as the gateway has it: schema, hash chain, Winston, group commit, O_DSYNC, checkpoints. A **short** record is ' +
      'a completion, a **usual** one the decision of a request with 20 findings. Each record is acknowledged when it is on ' +
      `disk. Medians over ${extent.rounds} rounds of ${extent.many} records at once and ${extent.alone} alone. What a disk ` +
      'takes to be sure, and who else uses the machine, is in the wall times.',
    table(
      [
        '',
        'bytes',
        ...IN_FLIGHT.map((count) => `a second, ${count} at once`),
        `CPU µs each, ${Math.max(...IN_FLIGHT)} at once`,
        'alone: CPU µs',
        'wall µs',
      ],
      KINDS.map((kind) => [
        kind,
        found.of(`${kind} bytes`).toFixed(0),
        ...IN_FLIGHT.map((count) => found.of(`${kind} ${count} per second`).toFixed(0)),
        found.of(`${kind} together cpu`).toFixed(0),
        found.of(`${kind} alone cpu`).toFixed(0),
        found.of(`${kind} alone us`).toFixed(0),
      ]),
    ),
    table(
      [
        '',
        '`audit verify`, MB a second of CPU',
        'into the index, records a second',
        'a search, ms',
      ],
      KINDS.map((kind) => [
        kind,
        found.of(`${kind} verify`).toFixed(0),
        found.of(`${kind} index`).toFixed(0),
        found.of(`${kind} search ms`).toFixed(1),
      ]),
    ),
    `Targets: at least ${TARGETS.perSecond} durable records a second: short ${word(most >= TARGETS.perSecond)}, usual ` +
      `${word(usual >= TARGETS.perSecond)}; at most ${TARGETS.aloneUs} µs of CPU for one alone: short ` +
      `${word(found.of('short alone cpu') <= TARGETS.aloneUs)}, usual ${word(found.of('usual alone cpu') <= TARGETS.aloneUs)}; ` +
      `\`audit verify\` at least ${TARGETS.verify} MB a second: ${word(slowest >= TARGETS.verify)}.`,
  ]
    .join('\n\n')
    .concat('\n')
}

function word(holds: boolean): string {
  return `**${holds ? 'yes' : 'no'}**`
}
