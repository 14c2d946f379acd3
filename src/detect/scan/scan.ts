import {
  ANY_KIND,
  currentPlan,
  DIGITS,
  FILTER_MASK,
  HASH_START,
  hashStep,
  KIND_BITS,
  LETTER_CODE,
  LETTERS,
  LONGEST_TOKEN,
  MIXED,
  OTHER_CODE,
  tokenIndex,
  type Plan,
  type Task,
} from './plan.ts'

/** Where patterns can begin in a text. */
export interface Anchors {
  /** The numbers of those that can begin anywhere. */
  readonly patterns: readonly number[]
  /** For each pattern, by its number, the positions, in order. */
  readonly positions: readonly (readonly number[] | undefined)[]
  /** Whether a digit of ASCII stands in the text. */
  readonly hasDigit: boolean
}

const OTHER = 0
const LETTER = 1
const DIGIT = 2
// Of ASCII; the lower case of a letter is its code with this bit.
const LOWER_BIT = 0x20
/** Up to the end of Cyrillic, the lower case of each code. */
const LOWER = Uint16Array.from({ length: 0x530 }, (_, code) =>
  String.fromCharCode(code).toLowerCase().charCodeAt(0),
)
const KIND = Uint8Array.from({ length: 128 }, (_, code) => kindOf(code))
/** Of everything else in the basic plane, found out when it is first met: 255 is not known yet. */
const FAR_KIND = new Uint8Array(0x10000).fill(255)
const RING = 16
/** One for all scans, which never overlap: a text of a few words is scanned faster than memory is asked for. */
const LAST_TOKENS = new Int32Array(RING)
const SPACE = 32

function kindOf(code: number): number {
  const character = String.fromCharCode(code)
  if (/[0-9]/.test(character)) return DIGIT
  return /\p{L}/u.test(character) ? LETTER : OTHER
}

function farKind(code: number): number {
  const known = FAR_KIND[code] ?? OTHER
  if (known !== 255) return known
  // Half of a pair is no letter: a token too many is tried in vain, a missing one would be missed.
  return (FAR_KIND[code] = kindOf(code))
}

/** Behind the text stands nothing. */
function kindAt(text: string, at: number): number {
  if (at >= text.length) return OTHER
  const code = text.charCodeAt(at)
  return code < 128 ? (KIND[code] ?? OTHER) : farKind(code)
}

interface Work {
  readonly text: string
  readonly plan: Plan
  readonly patterns: number[]
  readonly positions: (number[] | undefined)[]
  hasDigit: boolean
  /** Where the last tokens begin, over and over. */
  readonly ring: Int32Array
  tokens: number
}

/** Finds in one pass over the text where each pattern can begin. */
export function scan(text: string): Anchors {
  const plan = currentPlan()
  const work: Work = {
    text,
    plan,
    patterns: [],
    positions: plan.nowhere.slice(),
    hasDigit: false,
    ring: LAST_TOKENS,
    tokens: 0,
  }
  const { characters } = plan
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    const kind = code < 128 ? KIND[code] : farKind(code)
    if (kind === OTHER) {
      if (code !== SPACE) {
        const tasks = characters[code]
        if (tasks !== undefined) note(work, tasks, at)
      }
      at += 1
    } else {
      const end = kind === LETTER ? readWord(work, at) : readNumber(work, at)
      work.ring[work.tokens % RING] = at
      work.tokens += 1
      at = end
    }
  }
  return work
}

/** Notes what begins at a run that begins with letters, and returns its end. */
function readWord(work: Work, start: number): number {
  const { text, plan } = work
  let hash = HASH_START
  let at = start
  let kind = LETTER
  while (kind === LETTER) {
    const code = text.charCodeAt(at)
    hash = hashStep(hash, code < 128 ? code | LOWER_BIT : (LOWER[code] ?? code))
    at += 1
    kind = kindAt(text, at)
  }
  if (plan.filter[hash & FILTER_MASK] === 1) {
    const tasks = plan.words.get(hash)
    if (tasks !== undefined) note(work, tasks, start)
  }
  if (kind !== OTHER) return readMixed(work, start, at)
  if (plan.letters[Math.min(at - start, LONGEST_TOKEN)] === 1) shaped(work, LETTERS, start, at)
  return at
}

function readNumber(work: Work, start: number): number {
  work.hasDigit = true
  let at = start + 1
  while (kindAt(work.text, at) === DIGIT) at += 1
  shaped(work, DIGITS, start, at)
  return kindAt(work.text, at) === OTHER ? at : readMixed(work, start, at)
}

function readMixed(work: Work, start: number, from: number): number {
  work.hasDigit = true
  let at = from
  while (kindAt(work.text, at) !== OTHER) at += 1
  shaped(work, MIXED, start, at)
  return at
}

function shaped(work: Work, kind: number, start: number, end: number): void {
  const { text } = work
  const tasks = work.plan.tokens[tokenIndex(kind, end - start, nextCode(text, end))]
  if (tasks !== undefined) note(work, tasks, start, bitsAt(text, end + 1))
}

function nextCode(text: string, at: number): number {
  if (at >= text.length) return OTHER_CODE
  const code = text.charCodeAt(at)
  if (code >= 128) return farKind(code) === LETTER ? LETTER_CODE : OTHER_CODE
  return KIND[code] === LETTER ? LETTER_CODE : code
}

const BITS = [KIND_BITS.other, KIND_BITS.letter, KIND_BITS.digit]

/** What stands at a place. Beyond ASCII nothing is ruled out: half of a pair may be of a letter. */
function bitsAt(text: string, at: number): number {
  if (at >= text.length) return KIND_BITS.other
  const code = text.charCodeAt(at)
  return code < 128 ? (BITS[KIND[code] ?? OTHER] ?? ANY_KIND) : ANY_KIND
}

/** Notes the patterns that an anchor announces, where `behind` is what stands behind the character that follows it. */
function note(work: Work, tasks: readonly Task[], at: number, behind = ANY_KIND): void {
  for (let index = 0; index < tasks.length; index += 1) {
    const task = tasks[index]
    if (task === undefined) return
    if ((task.beyond & behind) === 0) continue
    if (task.moved) noteBefore(work, task, at)
    else add(work, task, at)
  }
}

/** The match may begin before its anchor. */
function noteBefore(work: Work, task: Task, at: number): void {
  const { tokens, ring } = work
  const { lead, back } = task
  for (let n = Math.min(lead, at); n >= 1; n -= 1) add(work, task, at - n)
  for (let n = Math.min(back, tokens, RING); n >= 1; n -= 1) {
    add(work, task, ring[(tokens - n) % RING] ?? 0)
  }
  if (back > 0) add(work, task, at)
}

/** A place where a pattern is to be tried, if it can begin with the character there. */
function add(work: Work, { id, starts }: Task, at: number): void {
  if (starts !== undefined) {
    const code = work.text.charCodeAt(at)
    if (code < 128 && starts[code] === 0) return
  }
  const list = work.positions[id]
  if (list === undefined) {
    work.positions[id] = [at]
    work.patterns.push(id)
  } else insert(list, at)
}

/** Keeps a list in order and without doubles. What comes late belongs near the end. */
function insert(list: number[], position: number): void {
  let at = list.length
  while (at > 0 && (list[at - 1] ?? 0) > position) at -= 1
  if (at > 0 && list[at - 1] === position) return
  if (at === list.length) list.push(position)
  else list.splice(at, 0, position)
}
