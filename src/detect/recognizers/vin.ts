import type { Hit, Recognizer } from '../recognizer.ts'
import { anchored, matchesIn } from '../scan/index.ts'

const VIN = anchored(
  String.raw`(?<![\p{L}\p{N}_])(?=\d{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}(?![\p{L}\p{N}_])`,
  'iu',
  {
    tokens: [{ kind: 'mixed', least: 17, most: 17 }],
  },
)
/** One in eleven of these has the check digit of a VIN by chance, and programs write them everywhere. */
const HEXADECIMAL = /^[0-9a-f]{17}$/
/** Letters count as the digits of their column (I, O and Q are not used). */
const LETTERS = 'ABCDEFGH JKLMN P R STUVWXYZ'
const COUNTS = '12345678 12345 7 9 23456789'
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

/** Vehicle identification numbers, by their check digit. */
export const VIN_NUMBER: Recognizer = {
  name: 'vin',
  type: 'VEHICLE',
  needs: 'digit',
  patterns: [VIN],
  find: (view) =>
    matchesIn(view, VIN)
      .filter((match) => !HEXADECIMAL.test(match[0]) && isVin(match[0].toUpperCase()))
      .map((match): Hit => ({
        start: match.index,
        end: match.index + match[0].length,
        score: 0.85,
        basis: 'validated',
      })),
}

function isVin(vin: string): boolean {
  if (!/[A-Z]/.test(vin) || !/\d/.test(vin)) return false
  const sum = WEIGHTS.reduce((total, weight, index) => {
    const character = vin[index] ?? ''
    return (
      total +
      weight *
        (/\d/.test(character) ? Number(character) : Number(COUNTS[LETTERS.indexOf(character)]))
    )
  }, 0)
  const rest = sum % 11
  return vin[8] === (rest === 10 ? 'X' : String(rest))
}
