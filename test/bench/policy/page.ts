import type { Notes } from '../cells.ts'
import { hardware, table, type Row } from '../table.ts'
import type { PolicyExtent, Size } from './measure.ts'
import { SIZES } from './measure.ts'
import { RULES } from './policies.ts'

/** What a decision may cost inside the worker, in microseconds. */
const TARGET_US = 60
/** More policy data may change it by no more than the noise of two runs. */
const SAME_WITHIN = 1.15

/** The page of a run: what was measured, on what, and which targets hold. */
export function policyPage(
  found: Notes,
  extent: PolicyExtent,
  command: string,
  busy: number,
): string {
  const sizes = Object.keys(SIZES) as Size[]
  const [little, much] = sizes.map((size) => found.of(`decision ${size} p50`))
  return [
    '# What a decision costs',
    `Written by \`${command}\`; do not edit. Machine: ${hardware()}. Load average before the run: ${busy.toFixed(1)}.`,
    `${RULES} rules of three teams under the shipped gateway rules, 20 findings in the facts, outcome mask. **phigate** ` +
      'is the whole decision in a worker thread: the schema of the facts, the evaluation in WASM, the schema of the ' +
      "answer, and the host's own check of it; **in WASM** is the evaluation alone. **OPA server** is the same " +
      'policies and facts over REST on loopback, one connection that is kept open, one call after the other. ' +
      `Medians over ${extent.rounds} rounds of ${extent.decisions} decisions and ${extent.calls} calls, in which the ` +
      'four take turns; times in µs.',
    table(
      ['', 'phigate p50', 'p99', 'in WASM p50', 'OPA server p50', 'p99', 'times phigate'],
      sizes.map((size) => times(found, size)),
    ),
    table(
      ['', 'memory of the WASM, MB', 'from the bundle to the first decision, ms'],
      sizes.map((size) => [
        size,
        found.of(`memory ${size}`).toFixed(1),
        found.of(`open ${size}`).toFixed(0),
      ]),
    ),
    `Targets: at most ${TARGET_US} µs inside the worker: ${word(Math.max(little ?? NaN, much ?? NaN) <= TARGET_US)}; ` +
      `5 MB of policy data does not change it (within ${Math.round((SAME_WITHIN - 1) * 100)} %): ` +
      `${word((much ?? NaN) <= (little ?? NaN) * SAME_WITHIN)}.`,
  ]
    .join('\n\n')
    .concat('\n')
}

function times(found: Notes, size: Size): Row {
  const decision = found.of(`decision ${size} p50`)
  const rest = found.of(`rest ${size} p50`)
  return [
    size,
    decision.toFixed(0),
    found.of(`decision ${size} p99`).toFixed(0),
    found.of(`evaluation ${size} p50`).toFixed(0),
    rest.toFixed(0),
    found.of(`rest ${size} p99`).toFixed(0),
    (rest / decision).toFixed(1),
  ]
}

function word(holds: boolean): string {
  return `**${holds ? 'yes' : 'no'}**`
}
