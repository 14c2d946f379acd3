import type { Finding, Segment } from '../domain/index.ts'
import type { FieldRule, Profile } from '../schema/index.ts'
import { askedOf } from './asked.ts'
import { fieldsOf, findField } from './fields.ts'
import { withoutIdleGuesses } from './impersonal.ts'
import { mergeFindings } from './merge.ts'
import {
  hiddenViews,
  narrow,
  outsideOf,
  placeholderRanges,
  viewOf,
  type Range,
  type TextView,
} from './normalise/index.ts'
import { withTitles } from './names/index.ts'
import { withoutIdle } from './programs/index.ts'
import type { Hit, Recall, Recognizer } from './recognizer.ts'
import { RECOGNIZERS } from './registry.ts'
import { findListed, type Roster } from './roster/index.ts'
import { findStructured, marksOf } from './structured/index.ts'

/** Names the rules in use: changes whenever the same text could give other findings. */
export const DETECTOR_VERSION = '4'

/** What a profile says of detection. */
export interface DetectOptions {
  /** `strict` adds guesses, `lenient` drops bare dates, URLs and IPs. */
  readonly recall: Profile['recall']
  /** Fields whose whole value is a finding. */
  readonly fields: readonly FieldRule[]
  /** What `recognizersFor` made of the policy's data; all built-in ones otherwise. */
  readonly recognizers?: readonly Recognizer[]
  /** Known people, who are found whatever else is. */
  readonly roster?: Roster
  /** Is told what each recognizer found, before findings are merged: for explanations. */
  readonly trace?: (found: readonly Finding[]) => void
}

/**
 * Finds protected health information in the segments: sorted by segment and start, never overlapping, never inside a
 * placeholder, never between the halves of a surrogate pair.
 * @throws Error when a field rule cannot be read
 */
export function detect(segments: readonly Segment[], options: DetectOptions): readonly Finding[] {
  const found = detectInEach(segments, options)
  if (options.roster === undefined) return found
  const listed = findListed(segments, options.roster, options.recall)
  options.trace?.(listed)
  return listed.length === 0 ? found : mergeFindings(found, listed)
}

function detectInEach(segments: readonly Segment[], options: DetectOptions): readonly Finding[] {
  const fields = fieldsOf(options.fields)
  const all = options.recognizers ?? RECOGNIZERS
  const marks = marksOf(segments)
  return segments.flatMap((original, index) => {
    if (original.text === '') return []
    const segment = { ...original, text: narrow(original.text) }
    const field = findField(segment, index, fields)
    const reading = {
      index,
      recall: options.recall,
      recognizers: all,
      isProse: expectsSentences(segment),
    }
    const isKey = segment.place === 'inner-key'
    const read = (text: string) => {
      const found = findInText(text, reading)
      return isKey ? found.filter((finding) => isSureInKey(finding, text)) : found
    }
    const found = findStructured(segment, index, marks.get(index), read)
    const fixed = field === undefined ? [] : [field]
    options.trace?.([...fixed, ...found])
    const merged = mergeFindings(fixed, found)
    const titled = withTitles(segment.text, merged)
    return outsideOf(segment.text, titled, placeholderRanges(segment.text))
  })
}

/** A key is code, unless it has several words: lists by person are written `{"Smith, John": ...}`. */
function expectsSentences({ place, role, text }: Segment): boolean {
  if (role === 'metadata') return false
  return place === 'text' || (place === 'inner-key' && /\p{L}[, ]+\p{L}/u.test(text))
}

/** Of guesses a key holds one name and nothing else: the rest of them are labels, "Unit Price". */
function isSureInKey({ basis, type, start, end }: Finding, key: string): boolean {
  return basis !== 'guess' || (type === 'PERSON' && end - start === key.trim().length)
}

/** How the texts of a segment are read. */
interface Reading {
  /** Of the segment. */
  readonly index: number
  readonly recall: Recall
  readonly recognizers: readonly Recognizer[]
  /** Whether sentences are expected. */
  readonly isProse: boolean
}

function findInText(text: string, reading: Reading): readonly Finding[] {
  const view = viewOf(text)
  const found = findInView(view, reading)
  const hidden = hiddenViews(view)
  const all = hidden.flatMap((one) => findInView(one, reading))
  const told = withoutIdle(text, found, all)
  // What was hidden is not in the view, and was hidden for a reason.
  return hidden.length === 0 ? withoutIdleGuesses(view, told, reading.recall) : told
}

function findInView(view: TextView, reading: Reading): readonly Finding[] {
  const { index, recall, recognizers, isProse } = reading
  const found: Finding[] = []
  for (const recognizer of askedOf(recognizers, view, isProse)) {
    for (const hit of recognizer.find(view, recall)) {
      found.push(findingOf(hit, recognizer, view.origin(hit.start, hit.end), index))
    }
  }
  return found
}

/** Written out member by member: this is done for everything that is found, and spreading costs more than finding. */
function findingOf(hit: Hit, { name, type }: Recognizer, range: Range, segment: number): Finding {
  const { start, end } = range
  const { score, basis, subtype } = hit
  return subtype === undefined
    ? { segment, start, end, type, score, recognizer: name, basis }
    : { segment, start, end, type, subtype, score, recognizer: name, basis }
}
