import { matchesOf } from '../matches.ts'
// The grammar of the placeholders that masking writes, `[TYPE]` of redact and `[TYPE_<26>]` of hash.
const PLACEHOLDER =
  /\[[A-Z][A-Z0-9_]{0,63}_(?:[0-9A-HJKMNP-TV-Z]{26}|[0-9A-HJKMNP-TV-Z]{7,13}(?:\.[0-9A-HJKMNP-TV-Z]{7,13}){0,31})\]/g
const REDACTED =
  /\[(?:PERSON|LOCATION|FACILITY|DATE|AGE_OVER_89|PHONE|FAX|EMAIL|US_SSN|MEDICAL_RECORD_NUMBER|HEALTH_PLAN_ID|ACCOUNT|LICENSE|VEHICLE|DEVICE|URL|IP|BIOMETRIC|PHOTO|OTHER_ID|UNINSPECTABLE)\]/g

interface Range {
  readonly start: number
  readonly end: number
}

/** Where placeholders stand in a text, in order. What masking wrote is never found again. */
export function placeholderRanges(text: string): readonly Range[] {
  if (!text.includes('[')) return []
  return [...matchesOf(text, PLACEHOLDER), ...matchesOf(text, REDACTED)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .toSorted((a, b) => a.start - b.start)
}

/** Takes the ranges (sorted, apart from each other) out of spans (sorted); what is left of a span must hold a letter or digit. */
export function outsideOf<S extends Range>(
  text: string,
  spans: readonly S[],
  ranges: readonly Range[],
): readonly S[] {
  if (ranges.length === 0) return spans
  const left: S[] = []
  let first = 0
  for (const span of spans) {
    while (first < ranges.length && (ranges[first]?.end ?? 0) <= span.start) first += 1
    let at = span.start
    for (let index = first; index < ranges.length && at < span.end; index += 1) {
      const range = ranges[index]
      if (range === undefined || range.start >= span.end) break
      if (range.start > at) left.push({ ...span, start: at, end: range.start })
      at = Math.max(at, range.end)
    }
    if (at < span.end) left.push({ ...span, start: at })
  }
  return left.filter((span) => /[\p{L}\p{N}]/u.test(text.slice(span.start, span.end)))
}
