import { anchoredPatterns, type Begins, type Kind, type TokenShape } from './anchored.ts'

/** What a scan does at one anchor. */
export interface Task {
  readonly id: number
  readonly lead: number
  readonly back: number
  /** Whether the pattern can begin before the anchor. */
  readonly moved: boolean
  /** 1 for each character of ASCII that a match can begin with; undefined where it can be any. */
  readonly starts: Uint8Array | undefined
  /** What may stand behind the character that follows a token: `KIND_BITS`. */
  readonly beyond: number
}

/** For each kind of anchor the patterns that are to be tried there. */
export interface Plan {
  readonly patterns: number
  /** By the number of a pattern: what a scan begins with. */
  readonly nowhere: readonly undefined[]
  /** By the hash of the word. Words that share a hash are tried for each other: that costs time and nothing else. */
  readonly words: ReadonlyMap<number, readonly Task[]>
  /** By `tokenIndex`. */
  readonly tokens: readonly (readonly Task[] | undefined)[]
  /** By code. */
  readonly characters: readonly (readonly Task[] | undefined)[]
  /** One bit for the low bits of every word's hash: most words of a text are answered by it alone. */
  readonly filter: Uint8Array
  /** One for each length of a word at which its length alone may be an anchor. */
  readonly letters: Uint8Array
}

export const LONGEST_TOKEN = 40
export const FILTER_MASK = 0x3fff
const CODES = 128
/** Behind the text, or a character that is not ASCII. */
export const OTHER_CODE = 0
export const LETTER_CODE = 97
/** What a character is, as the bits of `Task.beyond`. */
export const KIND_BITS: Readonly<Record<Kind, number>> = { other: 1, letter: 2, digit: 4 }
export const ANY_KIND = 7
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const KINDS: Readonly<Record<TokenShape['kind'], number>> = { letters: 0, digits: 1, mixed: 2 }

export const LETTERS = KINDS.letters
export const DIGITS = KINDS.digits
export const MIXED = KINDS.mixed

/** Where a token's tasks stand: longer tokens share the last place. */
export function tokenIndex(kind: number, length: number, next: number): number {
  return (kind * (LONGEST_TOKEN + 1) + Math.min(length, LONGEST_TOKEN)) * CODES + next
}

export const HASH_START = 0x811c9dc5

/** One step of a hash (FNV-1a) over the characters of a word in lower case. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

export function hashOf(word: string): number {
  let hash = HASH_START
  for (let at = 0; at < word.length; at += 1) hash = hashStep(hash, word.charCodeAt(at))
  return hash
}

let plan: Plan | undefined

/** The plan for all patterns there are, made anew when there are more. */
export function currentPlan(): Plan {
  const patterns = anchoredPatterns()
  if (plan?.patterns === patterns.length) return plan
  const draft: Draft = { words: new Map(), tokens: [], characters: [] }
  for (const { id, begins } of patterns) for (const one of begins) enter(draft, id, one)
  const filter = new Uint8Array(FILTER_MASK + 1)
  for (const hash of draft.words.keys()) filter[hash & FILTER_MASK] = 1
  const size = tokenIndex(MIXED, LONGEST_TOKEN, CODES - 1) + 1
  const tokens = Array.from({ length: size }, (_, index) => draft.tokens[index])
  const characters = Array.from({ length: CODES }, (_, code) => draft.characters[code])
  const letters = Uint8Array.from({ length: LONGEST_TOKEN + 1 }, (_, length) => {
    const from = tokenIndex(LETTERS, length, 0)
    return tokens.slice(from, from + CODES).some((tasks) => tasks !== undefined) ? 1 : 0
  })
  plan = {
    patterns: patterns.length,
    nowhere: patterns.map(() => undefined),
    words: draft.words,
    tokens,
    characters,
    filter,
    letters,
  }
  return plan
}

interface Draft {
  readonly words: Map<number, Task[]>
  readonly tokens: (Task[] | undefined)[]
  readonly characters: (Task[] | undefined)[]
}

function enter(draft: Draft, id: number, begins: Begins): void {
  const { lead = 0, back = 0 } = begins
  const starts = startsOf(begins.starts)
  const task: Task = { id, lead, back, moved: lead + back > 0, starts, beyond: ANY_KIND }
  for (const word of begins.words ?? []) {
    const hash = hashOf(word)
    const tasks = draft.words.get(hash)
    if (tasks === undefined) draft.words.set(hash, [task])
    else tasks.push(task)
  }
  for (const shape of begins.tokens ?? []) {
    const beyond = shape.beyond?.reduce((bits, kind) => bits | KIND_BITS[kind], 0) ?? ANY_KIND
    for (const index of placesOf(shape)) (draft.tokens[index] ??= []).push({ ...task, beyond })
  }
  for (const character of begins.characters ?? '') {
    ;(draft.characters[character.charCodeAt(0)] ??= []).push(task)
  }
}

function startsOf(characters: string | undefined): Uint8Array | undefined {
  if (characters === undefined) return undefined
  const all = characters.replace('A', CAPITALS)
  return Uint8Array.from({ length: CODES }, (_, code) =>
    all.includes(String.fromCharCode(code)) ? 1 : 0,
  )
}

function* placesOf(shape: TokenShape): Generator<number> {
  const { kind, least, most, next } = shape
  const codes = Array.from({ length: CODES }, (_, code) => code).filter(
    (code) => next === undefined || next.includes(String.fromCharCode(code)),
  )
  for (let length = least; length <= Math.min(most, LONGEST_TOKEN); length += 1) {
    for (const code of codes) yield tokenIndex(KINDS[kind], length, code)
  }
}
