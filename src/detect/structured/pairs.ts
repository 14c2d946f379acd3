import { personOf, plainKey } from '../key-names.ts'
import { columnLabel, columnOf, type Column } from './labels.ts'
import type { Label, Range, Region } from './region.ts'

/** What stands between a name and its value. */
const SIGN = /=>? ?["'\w+%\p{L}]|: ["']|(?<=\s)--?(?=[a-z])/gu
const NAME_BEFORE = /(?<![\p{L}\p{N}_$.-])["']?([A-Za-z]\w{0,40})["']?\s?$/u
const OPTION = /--?([a-z][\w-]{1,40})(?:[ =])/y
const VALUE =
  /(?:=>?|:)? ?(?:"([^"\\\n]{1,160})"|'([^'\\\n]{1,160})'|([^\s"'`&,;()<>{}[\]$=]{1,160}))/dy
/** What stands between two pairs of one record: "a=1&b=2", "a: 'x', b: 'y'", "a = 'x' AND b = 'y'", "--a x --b y". */
const BETWEEN = /^["']?(?:\s{0,40}[,;&]\s{0,40}|\s{1,40}(?:and )?)["']?$/i
/** Whom a record is of, where that is said before it: "new Patient(", "UPDATE patients SET ". */
const OF_WHOM = /(\p{L}+)(?:[.:]{1,2}\w{1,20}!?| SET)?[\s({]{1,4}["']?$/iu
/** A name as it is typed, or as an address of the web has it. */
const NAME = /^\p{L}(?:[\p{L}\p{M} .,'’+-]|%20|%2C|%27)*$/u
const LONGEST_NAME = 44

interface Pair extends Range {
  readonly column: Column | undefined
  readonly value: Range
}

/**
 * Records that are written as pairs: the query of an address, arguments with names, options of a command, assignments, SQL
 * that compares or sets. Where one name says that it is a record of a person, each says what its value is, as in a table.
 */
export function readPairs(text: string): readonly Region[] {
  const found: Region[] = []
  let run: Pair[] = []
  for (const pair of pairsOf(text)) {
    const last = run.at(-1)
    if (last !== undefined && !BETWEEN.test(text.slice(last.end, pair.start))) {
      found.push(...regionsOf(text, run))
      run = []
    }
    run.push(pair)
  }
  return [...found, ...regionsOf(text, run)]
}

function* pairsOf(text: string): Generator<Pair> {
  SIGN.lastIndex = 0
  let free = 0
  for (let sign = SIGN.exec(text); sign !== null; sign = SIGN.exec(text)) {
    const pair = sign[0].startsWith('-') ? optionAt(text, sign.index) : pairAt(text, sign.index)
    if (pair === undefined || pair.start < free) continue
    free = pair.end
    yield pair
    SIGN.lastIndex = Math.max(SIGN.lastIndex, pair.end)
  }
}

function pairAt(text: string, sign: number): Pair | undefined {
  const name = NAME_BEFORE.exec(text.slice(Math.max(0, sign - LONGEST_NAME), sign))
  if (name === null) return undefined
  return pairOf(text, name[1] ?? '', sign - name[0].length, sign)
}

function optionAt(text: string, start: number): Pair | undefined {
  OPTION.lastIndex = start
  const name = OPTION.exec(text)
  if (name === null) return undefined
  return pairOf(text, name[1] ?? '', start, OPTION.lastIndex)
}

function pairOf(text: string, name: string, start: number, from: number): Pair | undefined {
  VALUE.lastIndex = from
  const match = VALUE.exec(text)
  const range = match?.indices?.slice(1).find((one) => one !== undefined)
  if (range === undefined) return undefined
  return {
    start,
    end: VALUE.lastIndex,
    // "subject=CN=portal.example": a name of its own, and no value.
    column: text.charAt(VALUE.lastIndex) === '=' ? undefined : columnOf(name),
    value: { start: range[0], end: range[1] },
  }
}

function regionsOf(text: string, run: readonly Pair[]): readonly Region[] {
  const [first] = run
  if (first === undefined || run.length < 2 || !isOfPerson(text, first, run)) return []
  return run.flatMap(({ column, value }) => {
    const label = column === undefined ? undefined : labelOf(text, column, value)
    return label === undefined ? [] : [{ ...value, cells: [{ ...value, label }] }]
  })
}

function isOfPerson(text: string, first: Pair, run: readonly Pair[]): boolean {
  if (run.some(({ column }) => column?.tells === true)) return true
  const whom = OF_WHOM.exec(text.slice(Math.max(0, first.start - 60), first.start))?.[1]
  return whom !== undefined && personOf(plainKey(whom)) !== undefined
}

function labelOf(text: string, column: Column, { start, end }: Range): Label | undefined {
  const value = text.slice(start, end)
  const label = columnLabel(column, value)
  if (label?.type !== 'PERSON') return label
  // { firstName: 'string', name: 'text' }: "name" alone announces nobody by one word that is typed small.
  const isWord = !column.tells && /^\p{Ll}+$/u.test(value)
  return isWord || !NAME.test(value) ? undefined : label
}
