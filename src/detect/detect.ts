import type { Finding, Segment } from '../domain/index.ts'
import type { FieldRule, Profile } from '../schema/index.ts'
import { fieldsOf, findField } from './fields.ts'
import { findByKey } from './key-names.ts'
import { mergeFindings } from './merge.ts'
import { outsideOf, placeholderRanges, viewOf, type TextView } from './normalise/index.ts'
import type { Recall, Recognizer } from './recognizer.ts'
import { RECOGNIZERS } from './registry.ts'
import { findListed, type Roster } from './roster/index.ts'

/** Names the rules in use: changes whenever the same text could give other findings. */
export const DETECTOR_VERSION = '1'

/** What a profile says of detection. */
export interface DetectOptions {
  /** `strict` adds guesses, `lenient` drops bare dates, URLs and IPs. */
  readonly recall: Profile['recall']
  /** Fields whose whole value is a finding. */
  readonly fields: readonly FieldRule[]
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
  return segments.flatMap((segment, index) => {
    if (segment.text === '') return []
    const found = [findField(segment, index, fields), findByKey(segment, index)].filter(
      (finding) => finding !== undefined,
    )
    const inText = findInText(segment.text, index, options.recall)
    options.trace?.([...found, ...inText])
    const merged = mergeFindings(found, inText)
    return outsideOf(segment.text, merged, placeholderRanges(segment.text))
  })
}

function findInText(text: string, index: number, recall: Recall): readonly Finding[] {
  const view = viewOf(text)
  return RECOGNIZERS.filter((recognizer) => applies(recognizer, view)).flatMap((recognizer) =>
    recognizer.find(view, recall).map(({ start, end, score, basis, subtype }): Finding => ({
      segment: index,
      ...view.origin(start, end),
      type: recognizer.type,
      ...(subtype === undefined ? {} : { subtype }),
      score,
      recognizer: recognizer.name,
      basis,
    })),
  )
}

function applies(recognizer: Recognizer, view: TextView): boolean {
  if (recognizer.needs === 'digit') return view.hasDigit
  return recognizer.needs !== 'at' || view.hasAt
}
