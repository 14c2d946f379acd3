import { matchesOf } from '../matches.ts'
import type { Hit, Recognizer } from '../recognizer.ts'

const MAC =
  /(?<![\p{L}\p{N}_:-])[0-9A-F]{2}([:-])(?:[0-9A-F]{2}\1){4}[0-9A-F]{2}(?![\p{L}\p{N}_:-])/giu
/** Nothing, and everybody. */
const NOBODYS = /^(?:(?:00[:-]?){6}|(?:ff[:-]?){6})$/i
const UDI = /\(01\) ?\d{14}(?: ?\((?:11|17|10|21)\) ?[A-Z0-9-]{1,20}){0,4}/giu

/** Hardware addresses of network devices. */
export const MAC_ADDRESS: Recognizer = {
  name: 'mac-address',
  type: 'DEVICE',
  needs: 'nothing',
  find: ({ text }) =>
    matchesOf(text, MAC)
      .filter((match) => !NOBODYS.test(match[0]))
      .map((match) => hit(match, 0.7)),
}

/** Unique device identifiers of implants and other medical devices, in their printed form. */
export const UDI_NUMBER: Recognizer = {
  name: 'udi',
  type: 'DEVICE',
  needs: 'digit',
  find: ({ text }) => matchesOf(text, UDI).map((match) => hit(match, 0.85)),
}

function hit(match: RegExpExecArray, score: number): Hit {
  return { start: match.index, end: match.index + match[0].length, score, basis: 'pattern' }
}
