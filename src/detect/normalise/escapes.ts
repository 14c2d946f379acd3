import { matchesOf } from '../matches.ts'
import { inOrder, type Edit } from './edits.ts'

const UNICODE = /\\{1,4}(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/g
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/g
const PERCENT = /(?:%[0-9a-fA-F]{2})+/g
const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    shy: '',
    zwj: '',
    zwnj: '',
    lrm: '',
    rlm: '',
    hyphen: '-',
    dash: '-',
    ndash: '-',
    mdash: '-',
    minus: '-',
    commat: '@',
    period: '.',
    colon: ':',
    comma: ',',
    sol: '/',
    num: '#',
    plus: '+',
    lpar: '(',
    rpar: ')',
    lowbar: '_',
    rsquo: "'",
    lsquo: "'",
    Tab: '\t',
    NewLine: '\n',
  }),
)
// "eacute", "Ouml": a letter of ASCII and the name of its mark.
const MARKS: ReadonlyMap<string, string> = new Map([
  ['acute', '\u0301'],
  ['grave', '\u0300'],
  ['circ', '\u0302'],
  ['tilde', '\u0303'],
  ['uml', '\u0308'],
  ['ring', '\u030A'],
  ['cedil', '\u0327'],
  ['caron', '\u030C'],
])

/** What the escapes of a text stand for: of JSON and JavaScript, of HTML, of URLs. In order, apart. */
export function escapeEdits(text: string): readonly Edit[] {
  const edits = [
    ...(text.includes('\\') ? replacing(text, UNICODE, unicodeOf) : []),
    ...(text.includes('&') ? replacing(text, ENTITY, entityOf) : []),
    ...(text.includes('%') ? replacing(text, PERCENT, percentOf) : []),
  ]
  return inOrder(edits)
}

function replacing(
  text: string,
  pattern: RegExp,
  meaning: (match: RegExpExecArray) => string | undefined,
): Edit[] {
  return matchesOf(text, pattern).flatMap((match): Edit[] => {
    const plain = meaning(match)
    if (plain === undefined) return []
    return [{ start: match.index, end: match.index + match[0].length, text: plain }]
  })
}

function unicodeOf(match: RegExpExecArray): string | undefined {
  return characterOf(Number.parseInt(match[1] ?? match[2] ?? match[3] ?? '', 16))
}

function entityOf(match: RegExpExecArray): string | undefined {
  const [, decimal, hex, name = ''] = match
  if (decimal !== undefined) return characterOf(Number(decimal))
  if (hex !== undefined) return characterOf(Number.parseInt(hex, 16))
  const mark = MARKS.get(name.slice(1))
  return mark === undefined ? ENTITIES.get(name) : (name.charAt(0) + mark).normalize('NFC')
}

function percentOf(match: RegExpExecArray): string | undefined {
  try {
    return decodeURIComponent(match[0])
  } catch {
    return undefined
  }
}

/** A character that can be written; control characters and halves of pairs stay escaped. */
function characterOf(code: number): string | undefined {
  const writable =
    (code >= 0x20 && code < 0xd800) ||
    (code > 0xdfff && code <= 0x10ffff) ||
    code === 9 ||
    code === 10
  return writable ? String.fromCodePoint(code) : undefined
}
