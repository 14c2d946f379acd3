import type { Finding, Segment } from '../domain/index.ts'
import type { Known, Knowledge } from './knowledge.ts'
import { AMBIGUOUS, CALENDAR, isDisease, NOT_NAMES, withTitles } from './names/index.ts'
import { outsideOf, placeholderRanges, viewOf } from './normalise/index.ts'
import { startsIn } from './known-starts.ts'
import { TokenReader, tokensOf, type Token } from './tokens.ts'

interface Match {
  /** Index of the last token, so that the search goes on behind it. */
  readonly last: number
  readonly known: Known
  readonly score: number
}

const NAME_GAP = /^(?:[ \t,._-]{1,3}|[ \t]?\r?\n[ \t]?)?$/
const ID_GAP = /^[ \t\-./()@_+:#,]{0,3}$/
/** Digits this long are found with other separators and beside letters; shorter ones only as they are. */
const LONG_DIGITS = 6
const LONGEST_ID = 254

/** Finds what is known again, in any segment: one pass over the words, however much is known. */
export function findKnown(segments: readonly Segment[], known: Knowledge): readonly Finding[] {
  if (isNothing(known)) return []
  return segments.flatMap((segment, index) => findInSegment(segment.text, index, known))
}

/** Whether something known may begin in a text. */
export function mayBeginKnown(text: string, known: Knowledge): boolean {
  if (isNothing(known)) return false
  return tokensOf(viewOf(text).text).some(
    ({ folded }) =>
      known.longest.has(folded) || known.parts.has(folded) || known.beginnings.has(folded),
  )
}

function isNothing({ names, parts, ids }: Knowledge): boolean {
  return names.size === 0 && parts.size === 0 && ids.size === 0
}

function findInSegment(original: string, index: number, known: Knowledge): readonly Finding[] {
  const view = viewOf(original)
  const { text } = view
  const found: Finding[] = []
  let from = 0
  for (const { start, end } of startsIn(text, known)) {
    const tokens = new TokenReader(text, Math.max(0, start - BEFORE))
    for (let at = 0; ; at += 1) {
      const first = tokens.at(at)
      if (first === undefined || first.start >= end) break
      if (first.start < start || first.start < from) continue
      const match =
        matchId(text, tokens, at, known) ??
        matchName(text, tokens, at, known) ??
        matchPart(text, tokens, at, known)
      const last = match === undefined ? undefined : tokens.at(match.last)
      if (match === undefined || last === undefined) continue
      found.push({
        segment: index,
        ...view.origin(first.start, last.end),
        ...match.known,
        score: match.score,
        recognizer: 'known',
        basis: 'propagated',
      })
      from = last.end
      at = match.last
    }
  }
  if (found.length === 0) return found
  return outsideOf(original, withTitles(original, found), placeholderRanges(original))
}

/** Whether a token is part of a longer one, or a number a decimal, is told by so many characters before it. */
const BEFORE = 4

function matchId(
  text: string,
  tokens: TokenReader,
  at: number,
  known: Knowledge,
): Match | undefined {
  let joined = ''
  let best: Match | undefined
  for (let last = at; ; last += 1) {
    const token = tokens.at(last)
    const previous = last === at ? undefined : tokens.at(last - 1)
    if (
      token === undefined ||
      (previous !== undefined && !ID_GAP.test(text.slice(previous.end, token.start)))
    )
      break
    joined += token.folded
    if (joined.length > LONGEST_ID || !known.beginnings.has(joined)) break
    const value = known.ids.get(joined)
    if (value !== undefined && isWholeId(text, tokens, at, last, joined)) {
      best = { last, known: { type: value.type }, score: 0.95 }
    }
  }
  return best
}

/** An identifier must not be a part of a longer one. */
function isWholeId(
  text: string,
  tokens: TokenReader,
  at: number,
  last: number,
  joined: string,
): boolean {
  const digits = /^\p{N}+$/u.test(joined)
  if (digits && joined.length >= LONG_DIGITS) return !isDecimal(text, tokens, at, last)
  if (digits && last > at) return false
  const alone = (a: Token | undefined, b: Token | undefined) =>
    a === undefined || b === undefined || a.end < b.start
  return alone(tokens.at(at - 1), tokens.at(at)) && alone(tokens.at(last), tokens.at(last + 1))
}

/** "0.998877": digits behind a decimal point are a measurement. */
function isDecimal(text: string, tokens: TokenReader, at: number, last: number): boolean {
  const before = tokens.at(at - 1)
  const first = tokens.at(at)
  return (
    at === last &&
    before?.folded === '0' &&
    first !== undefined &&
    text.slice(before.end, first.start) === '.'
  )
}

function matchName(
  text: string,
  tokens: TokenReader,
  at: number,
  known: Knowledge,
): Match | undefined {
  const first = tokens.at(at)
  const longest = first === undefined ? undefined : known.longest.get(first.folded)
  if (first === undefined || longest === undefined) return undefined
  let joined = first.folded
  const taken = [first]
  let best: Match | undefined
  for (let last = at + 1; last - at < longest; last += 1) {
    const token = tokens.at(last)
    if (token === undefined || !NAME_GAP.test(text.slice(taken.at(-1)?.end, token.start))) break
    joined += ` ${token.folded}`
    taken.push(token)
    const value = known.names.get(joined)
    if (value !== undefined && isWritten(text, taken)) {
      best = { last, known: value, score: 0.9 }
    }
  }
  return best
}

/** A name made of ordinary words only ("Will May") needs its capitals. */
function isWritten(text: string, tokens: readonly Token[]): boolean {
  const ordinary = tokens.every(
    (token) =>
      token.folded.length < 2 ||
      AMBIGUOUS.has(token.folded) ||
      CALENDAR.has(token.folded) ||
      NOT_NAMES.has(token.folded),
  )
  return !ordinary || tokens.every((token) => isCapital(text, token))
}

function matchPart(
  text: string,
  tokens: TokenReader,
  at: number,
  known: Knowledge,
): Match | undefined {
  const token = tokens.at(at)
  const value = token === undefined ? undefined : known.parts.get(token.folded)
  if (token === undefined || value === undefined) return undefined
  if (!isCapital(text, token) && !value.lower && !isUncased(text, token)) return undefined
  if (isDisease(token.folded, text, token.end)) return undefined
  if (AMBIGUOUS.has(token.folded) && !isInSentence(text, token)) return undefined
  const { type, subtype } = value
  return {
    last: lastPart(text, tokens, at, known),
    known: subtype === undefined ? { type } : { type, subtype },
    score: 0.75,
  }
}

/** Known parts side by side are one name. */
function lastPart(text: string, tokens: TokenReader, at: number, known: Knowledge): number {
  let last = at
  for (let next = tokens.at(last + 1); next !== undefined; next = tokens.at(last + 1)) {
    const gap = text.slice(tokens.at(last)?.end ?? 0, next.start)
    if (
      last - at > 3 ||
      !/^[ -]$/.test(gap) ||
      !known.parts.has(next.folded) ||
      !isCapital(text, next)
    )
      break
    last += 1
  }
  return last
}

function isCapital(text: string, token: Token): boolean {
  return /^\p{Lu}/u.test(text.slice(token.start, token.start + 2))
}

function isUncased(text: string, token: Token): boolean {
  return /^\p{Lo}/u.test(text.slice(token.start, token.start + 2))
}

/** Whether a capital says something here: not at the start of a sentence, line or cell, nor in a line of capitals. */
function isInSentence(text: string, token: Token): boolean {
  const lead = text.slice(Math.max(0, token.start - 4), token.start).replace(/[ \t]+$/, '')
  const shouted = /^\p{Lu}{2,}/u.test(text.slice(token.start, token.end))
  return !shouted && /[\p{L}\p{N},;('"]$/u.test(lead)
}
