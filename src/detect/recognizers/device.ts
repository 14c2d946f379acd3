import type { Hit, Recognizer } from '../recognizer.ts'
import { anchored, matchesIn } from '../scan/index.ts'

const MAC = anchored(
  String.raw`(?<![\p{L}\p{N}_:-])[0-9A-F]{2}([:-])(?:[0-9A-F]{2}\1){4}[0-9A-F]{2}(?![\p{L}\p{N}_:-])`,
  'iu',
  {
    tokens: (['digits', 'letters', 'mixed'] as const).map((kind) => ({
      kind,
      least: 2,
      most: 2,
      next: ':-',
    })),
  },
)
/** Nothing, and everybody. */
const NOBODYS = /^(?:(?:00[:-]?){6}|(?:ff[:-]?){6})$/i
const UDI = anchored(
  String.raw`\(01\) ?\d{14}(?!\d)(?: ?\((?:11|17|10|21|240)\) ?[A-Z0-9][A-Z0-9./-]{0,19}){0,4}`,
  'iu',
  { characters: '(' },
)

/** Hardware addresses of network devices. */
export const MAC_ADDRESS: Recognizer = {
  name: 'mac-address',
  type: 'DEVICE',
  needs: 'nothing',
  patterns: [MAC],
  find: (view) =>
    matchesIn(view, MAC)
      .filter((match) => !NOBODYS.test(match[0]))
      .map((match) => hit(match, 0.7)),
}

/** Unique device identifiers of implants and other medical devices, in the form GS1 prints; the item number has a check digit. */
export const UDI_NUMBER: Recognizer = {
  name: 'udi',
  type: 'DEVICE',
  needs: 'digit',
  patterns: [UDI],
  find: (view) =>
    matchesIn(view, UDI).map((match) =>
      isGtin(match[0]) ? { ...hit(match, 0.9), basis: 'validated' } : hit(match, 0.6),
    ),
}

/** GS1 General Specifications, 7.9: weights 3 and 1 from the right. */
function isGtin(udi: string): boolean {
  const digits = Array.from(udi.replace(/^\(01\) ?/, '').slice(0, 14), Number)
  return digits.reduce((sum, digit, at) => sum + digit * (at % 2 === 0 ? 3 : 1), 0) % 10 === 0
}

function hit(match: RegExpExecArray, score: number): Hit {
  return { start: match.index, end: match.index + match[0].length, score, basis: 'pattern' }
}
