import {
  currentPlan,
  DIGITS,
  FILTER_MASK,
  HASH_START,
  hashStep,
  LETTER_CODE,
  LETTERS,
  LONGEST_TOKEN,
  MIXED,
  OTHER_CODE,
  tokenIndex,
  type Plan,
  type Task,
} from './plan.ts'

/** For each pattern, by its number, the positions where it can begin, in order. */
export type Anchors = readonly (readonly number[] | undefined)[]

const OTHER = 0
const LETTER = 1
const DIGIT = 2
// Of ASCII; the lower case of a letter is its code with this bit.
const LOWER_BIT = 0x20
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
  readonly found: (number[] | undefined)[]
  /** Where the last tokens begin, over and over. */
  readonly ring: Int32Array
  tokens: number
}

/** Finds in one pass over the text where each pattern can begin. */
export function scan(text: string): Anchors {
  const plan = currentPlan()
  const found: Work['found'] = []
  const work: Work = { text, plan, found, ring: LAST_TOKENS, tokens: 0 }
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
  return found
}

/** Notes what begins at a run that begins with letters, and returns its end. */
function readWord(work: Work, start: number): number {
  const { text, plan } = work
  let hash = HASH_START
  let at = start
  let kind = LETTER
  while (kind === LETTER) {
    const code = text.charCodeAt(at)
    hash = hashStep(hash, code < 128 || (code >= 0xc0 && code < 0xdf) ? code | LOWER_BIT : code)
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
  let at = start + 1
  while (kindAt(work.text, at) === DIGIT) at += 1
  shaped(work, DIGITS, start, at)
  return kindAt(work.text, at) === OTHER ? at : readMixed(work, start, at)
}

function readMixed(work: Work, start: number, from: number): number {
  let at = from
  while (kindAt(work.text, at) !== OTHER) at += 1
  shaped(work, MIXED, start, at)
  return at
}

function shaped(work: Work, kind: number, start: number, end: number): void {
  const tasks = work.plan.tokens[tokenIndex(kind, end - start, nextCode(work.text, end))]
  if (tasks !== undefined) note(work, tasks, start)
}

function nextCode(text: string, at: number): number {
  if (at >= text.length) return OTHER_CODE
  const code = text.charCodeAt(at)
  if (code >= 128) return farKind(code) === LETTER ? LETTER_CODE : OTHER_CODE
  return KIND[code] === LETTER ? LETTER_CODE : code
}

function note(work: Work, tasks: readonly Task[], at: number): void {
  const { found } = work
  for (let index = 0; index < tasks.length; index += 1) {
    const task = tasks[index]
    if (task === undefined) return
    const list = found[task.id]
    if (task.moved) noteBefore(work, task, at)
    else if (list === undefined) found[task.id] = [at]
    else insert(list, at)
  }
}

/** The match may begin before its anchor. */
function noteBefore({ found, tokens, ring }: Work, { id, lead, back }: Task, at: number): void {
  const list = (found[id] ??= [])
  for (let n = Math.min(lead, at); n >= 1; n -= 1) insert(list, at - n)
  for (let n = Math.min(back, tokens, RING); n >= 1; n -= 1) {
    insert(list, ring[(tokens - n) % RING] ?? 0)
  }
  if (back > 0) insert(list, at)
}

/** Keeps a list in order and without doubles. What comes late belongs near the end. */
function insert(list: number[], position: number): void {
  let at = list.length
  while (at > 0 && (list[at - 1] ?? 0) > position) at -= 1
  if (at > 0 && list[at - 1] === position) return
  if (at === list.length) list.push(position)
  else list.splice(at, 0, position)
}
