import { before, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored, matchesIn } from '../scan/index.ts'

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const V4 = anchored(
  String.raw`(?<![\p{L}\p{N}_.-])(?:${OCTET}\.){3}${OCTET}(?:/\d{1,2})?(?![\p{L}\p{N}_]|[.-]\d)`,
  'u',
  { tokens: [{ kind: 'digits', least: 1, most: 3, next: '.', beyond: ['digit'] }] },
)
const V6 = anchored(
  String.raw`(?<![\p{L}\p{N}_:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\p{L}\p{N}_:])`,
  'iu',
  {
    tokens: (['digits', 'letters', 'mixed'] as const).map((kind) => ({
      kind,
      least: 1,
      most: 4,
      next: ':',
    })),
    characters: ':',
    starts: '0123456789abcdefABCDEF:',
  },
)
const LABEL =
  /(?<!\p{L})ip(?:v[46])?(?: ?address)?[^\p{L}\p{N}]{0,4}(?:(?:is|was|of)[^\p{L}\p{N}]{1,2})?$/iu
const VERSION =
  /(?<!\p{L})(?:v|ver|version|release|build|section|sec|chapter|clause|paragraph|oid|table|figure|step|item|\u00A7)[^\p{L}\p{N}]{0,3}$|\p{L}\/$/iu
/** This machine, nobody's address and netmasks say nothing about a person. */
const NOBODY = /^(?:127\.|0\.0\.0\.0|255\.255\.)/

/** Internet addresses, both kinds. */
export const IP_ADDRESS: Recognizer = {
  name: 'ip',
  type: 'IP',
  needs: 'digit',
  patterns: [V4, V6],
  find(view, recall) {
    const { text } = view
    const found = [
      ...matchesIn(view, V4).filter((match) => isV4(text, match)),
      ...matchesIn(view, V6).filter((match) => isV6(match[0])),
    ]
    return found
      .map((match) => hit(text, match))
      .filter((one) => recall !== 'lenient' || one.basis === 'labelled')
      .toSorted((a, b) => a.start - b.start)
  },
}

function hit(text: string, match: RegExpExecArray): Hit {
  const labelled = LABEL.test(before(text, match.index, 24))
  return {
    start: match.index,
    end: match.index + match[0].length,
    score: labelled ? 0.95 : 0.7,
    basis: labelled ? 'labelled' : 'pattern',
  }
}

function isV4(text: string, match: RegExpExecArray): boolean {
  const window = before(text, match.index, 24)
  if (LABEL.test(window)) return true
  // Four single digits are a section or a version more often than a host.
  return !NOBODY.test(match[0]) && !VERSION.test(window) && !/^\d\.\d\.\d\.\d$/.test(match[0])
}

function isV6(value: string): boolean {
  const halves = value.split('::')
  const groups = value.split(':').filter((group) => group !== '')
  if (halves.length > 2 || !/\d/.test(value) || (halves.length === 2 && value.includes(':::')))
    return false
  if (halves.length === 1) return groups.length === 8
  return groups.length >= 2 && groups.length <= 7 && groups.some((group) => group.length >= 3)
}
