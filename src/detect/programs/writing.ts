import type { Finding } from '../../domain/index.ts'
import { placeholderRanges } from '../normalise/index.ts'
import { isMachine, signsOf, type Signs } from './signs.ts'

type Range = Pick<Finding, 'start' | 'end'>

/** Who wrote what stands in a text, by its paragraphs. What was found is not counted, nor is what masking wrote. */
export interface Writing {
  /** The number of the paragraph that a place is in. */
  paragraphAt(at: number): number
  /** Whether a program wrote what stands at a place, or it is about programs: its paragraph, its line, or the whole text. */
  isProgram(at: number): boolean
  /** Whether the paragraph of a place has no word for people in a text that is about programs as a whole. */
  isAmongPrograms(at: number): boolean
  /** Whether the paragraph of a place has a word for somebody. */
  isAboutSomebody(at: number): boolean
  /** The signs of the whole text. */
  signs(): Signs
}

/** Looks at a part of the text when it is asked for, and once. */
export function writingOf(text: string, findings: readonly Finding[]): Writing {
  let uncounted: readonly Range[] | undefined
  const signsIn = once(({ start, end }: Range) => {
    uncounted ??= [...findings, ...placeholderRanges(text)].toSorted((a, b) => a.start - b.start)
    return signsOf(without(text, uncounted, start, end))
  })
  const paragraphs = paragraphsOf(text)
  const whole = { start: 0, end: text.length }
  const isProgram = once((paragraph: Range): boolean => {
    const own = signsIn(paragraph)
    if (isMachine(own)) return true
    if (own.people > 0 || paragraphs.length === 1) return false
    const all = signsIn(whole)
    return isMachine(all) && (own.machine > 0 || all.machine > all.words)
  })
  const rangeAt = (at: number): Range => paragraphs[indexAt(paragraphs, at)] ?? whole
  return {
    paragraphAt: (at) => indexAt(paragraphs, at),
    isProgram: (at) => {
      if (isProgram(rangeAt(at))) return true
      const line = signsIn(lineAt(text, at))
      return line.people === 0 && isMachine(line)
    },
    isAmongPrograms: (at) => signsIn(rangeAt(at)).people === 0 && isMachine(signsIn(whole)),
    isAboutSomebody: (at) => signsIn(rangeAt(at)).somebody > 0,
    signs: () => signsIn(whole),
  }
}

function once<T>(look: (range: Range) => T): (range: Range) => T {
  const known = new Map<string, T>()
  return (range) => {
    const key = `${range.start}-${range.end}`
    const seen = known.get(key)
    if (seen !== undefined) return seen
    const result = look(range)
    known.set(key, result)
    return result
  }
}

/** To the second, as machines tell the time. */
const CLOCKED = /\d\d:\d\d:\d\d/

/** A part of the text, with no more than a mark where one of the ranges is, which are sorted by their start. */
function without(text: string, sorted: readonly Range[], start: number, end: number): string {
  const parts: string[] = []
  let at = start
  for (let index = indexAt(sorted, start - 1) + 1; index < sorted.length; index += 1) {
    const one = sorted[index]
    if (one === undefined || one.start >= end) break
    if (one.start > at) parts.push(text.slice(at, one.start))
    if (one.end > at) parts.push(CLOCKED.test(text.slice(one.start, one.end)) ? '00:00:00' : 'X')
    at = Math.max(at, one.end)
  }
  if (at < end) parts.push(text.slice(at, end))
  return parts.join('')
}

/** Index of the last range that begins at a place or before it; -1 where none does. */
function indexAt(sorted: readonly Range[], at: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.start ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** A paragraph longer than this ends with the line. */
const LONGEST_PARAGRAPH = 4000
/** A line longer than this is looked at in parts. */
const LONGEST_LINE = 1000

function paragraphsOf(text: string): Range[] {
  const paragraphs: Range[] = []
  // Searched for again when it was reached: where no line is empty, each search goes to the end of the text.
  let empty = -1
  for (let start = 0; start < text.length;) {
    if (empty < start) empty = placeOf('\n\n', text, start)
    const end = Math.max(start + 1, Math.min(empty, placeOf('\n', text, start + LONGEST_PARAGRAPH)))
    paragraphs.push({ start, end })
    start = end
  }
  return paragraphs
}

function placeOf(what: string, text: string, from: number): number {
  const at = text.indexOf(what, from)
  return at === -1 ? text.length : at
}

/** The line that a place is in, or the part of it: parts begin where LONGEST_LINE says, so that each is looked at once. */
function lineAt(text: string, at: number): Range {
  const part = at - (at % LONGEST_LINE)
  const start = text.slice(part, at).lastIndexOf('\n') + 1 + part
  const before = start === part ? text.slice(Math.max(0, part - LONGEST_LINE), part) : ''
  const rest = text.slice(at, part + 2 * LONGEST_LINE).indexOf('\n')
  return {
    start: start === part ? part - before.length + before.lastIndexOf('\n') + 1 : start,
    end: rest === -1 ? Math.min(text.length, part + 2 * LONGEST_LINE) : at + rest,
  }
}
