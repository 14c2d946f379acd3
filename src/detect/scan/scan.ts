import {
  currentPlan,
  DIGITS,
  FILTER_MASK,
  HASH_START,
  hashStep,
  LETTER_CODE,
  LETTERS,
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

function kindOf(code: number): number {
  const character = String.fromCharCode(code)
  if (/[0-9]/.test(character)) return DIGIT
  return /\p{L}/u.test(character) ? LETTER : OTHER
}

function kindAt(text: string, at: number): number {
  if (at >= text.length) return OTHER
  const code = text.charCodeAt(at)
  if (code < 128) return KIND[code] ?? OTHER
  const known = FAR_KIND[code] ?? OTHER
  if (known !== 255) return known
  // Half of a pair is no letter: a token too many is tried in vain, a missing one would be missed.
  return (FAR_KIND[code] = kindOf(code))
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
  const work: Work = { text, plan, found, ring: new Int32Array(RING), tokens: 0 }
  let at = 0
  while (at < text.length) {
    if (kindAt(text, at) === OTHER) {
      const tasks = plan.characters[text.charCodeAt(at)]
      if (tasks !== undefined) note(work, tasks, at)
      at += 1
    } else {
      at = readToken(work, at)
    }
  }
  return found
}

/** Notes what can begin at the token or because of it, and returns where the token ends. */
function readToken(work: Work, start: number): number {
  const { text, plan } = work
  const first = kindAt(text, start)
  let at = start
  if (first === LETTER) {
    at = readWord(work, start)
  } else {
    while (kindAt(text, at) === DIGIT) at += 1
    shaped(work, DIGITS, start, at)
  }
  if (kindAt(text, at) !== OTHER) {
    while (kindAt(text, at) !== OTHER) at += 1
    shaped(work, MIXED, start, at)
  } else if (first === LETTER && plan.tokens[tokenIndex(LETTERS, at - start, nextCode(text, at))]) {
    shaped(work, LETTERS, start, at)
  }
  work.ring[work.tokens % RING] = start
  work.tokens += 1
  return at
}

function readWord(work: Work, start: number): number {
  const { text, plan } = work
  let hash = HASH_START
  let at = start
  for (; kindAt(text, at) === LETTER; at += 1) {
    const code = text.charCodeAt(at)
    hash = hashStep(hash, code < 128 || (code >= 0xc0 && code < 0xdf) ? code | LOWER_BIT : code)
  }
  if (plan.filter[hash & FILTER_MASK] === 1) {
    const tasks = plan.words.get(hash)
    if (tasks !== undefined) note(work, tasks, start)
  }
  return at
}

function shaped(work: Work, kind: number, start: number, end: number): void {
  const tasks = work.plan.tokens[tokenIndex(kind, end - start, nextCode(work.text, end))]
  if (tasks !== undefined) note(work, tasks, start)
}

function nextCode(text: string, at: number): number {
  if (at >= text.length) return OTHER_CODE
  const code = text.charCodeAt(at)
  const kind = kindAt(text, at)
  if (kind === LETTER) return LETTER_CODE
  return code < 128 ? code : OTHER_CODE
}

function note(work: Work, tasks: readonly Task[], at: number): void {
  for (const { id, lead, back } of tasks) {
    const list = (work.found[id] ??= [])
    if (lead > 0) for (let n = Math.min(lead, at); n >= 1; n -= 1) insert(list, at - n)
    else if (back > 0) {
      for (let n = Math.min(back, work.tokens, RING); n >= 1; n -= 1) {
        insert(list, work.ring[(work.tokens - n) % RING] ?? 0)
      }
      insert(list, at)
    } else insert(list, at)
  }
}

/** Keeps a list in order and without doubles. What comes late belongs near the end. */
function insert(list: number[], position: number): void {
  let at = list.length
  while (at > 0 && (list[at - 1] ?? 0) > position) at -= 1
  if (list[at - 1] === position) return
  if (at === list.length) list.push(position)
  else list.splice(at, 0, position)
}
