import { formRule, formValue } from './labels.ts'
import type { Range, Region } from './region.ts'

const LONGEST_LABEL = 42
const BULLET = /^[\s>*•#_-]+|[\s*_]+$/gu
const LONGEST_VALUE = 160
const VALUE = /[ \t]{0,8}[*_]{0,3}[ \t]{0,4}([^\n\r]{0,200})/y
/** What ends a value in its line: a wide gap, a bar, a tab, the next label. */
const VALUE_END =
  /\t| {2,}| ?[|;] ?|[,.]? +(?=\p{Lu}[\p{L}.#/]{1,14}(?: [\p{L}#]{1,12}){0,3}:(?: |$))|[*_]{2}|$/u
const NEXT_LINE = /(?:\r\n|\n|\r)[ \t]{0,20}([^\n\r]{1,80})/y
/** The second line of an address: a city with its state or its ZIP, a flat, a box. */
const ADDRESS_LINE =
  /^(?:(?:apt|apartment|suite|ste|unit|floor|p\.? ?o\.? box|#)[ .]?[\p{L}\p{N} -]{1,20}|\p{Lu}[\p{L}\p{M}.' -]{1,40},? (?:[A-Z]{2},? )?\d{5}(?:-\d{4})?|\p{Lu}[\p{L}\p{M}.' -]{1,40}, (?:[A-Z]{2}|\p{Lu}\p{L}{3,14})(?: [A-Z]\d[A-Z] ?\d[A-Z]\d)?)[ \t]*$/iu

/** "Label: value" forms, one or several to a line: what the label names is found whole. */
export function readForms(text: string): readonly Region[] {
  const found: Region[] = []
  let free = 0
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    if (colon < free) continue
    const name = nameBefore(text, colon, free)
    const rule = name === undefined ? undefined : formRule(name)
    if (name === undefined || rule === undefined) continue
    const range = valueAt(text, colon + 1)
    const value =
      range === undefined ? undefined : formValue(rule, name, text.slice(range.start, range.end))
    if (range === undefined || value === undefined) continue
    const { part, label } = value
    const start = range.start + part.start
    const first = { start, end: range.start + part.end }
    const ranges = label.type === 'LOCATION' ? [first, ...linesBelow(text, first.end)] : [first]
    for (const one of ranges) found.push({ ...one, cells: [{ ...one, label }] })
    free = ranges.at(-1)?.end ?? first.end
  }
  return found
}

/** The label before a colon: back to the start of its line or cell, or to a wide gap. */
function nameBefore(text: string, colon: number, free: number): string | undefined {
  if (!/[\s*_]/.test(text.charAt(colon + 1)) || /["'\s]/.test(text.charAt(colon - 1)))
    return undefined
  const least = Math.max(free, colon - LONGEST_LABEL - 8, 0)
  let start = colon
  while (start > least && !isBoundary(text, start - 1)) start -= 1
  if (start === least && least > free && !isBoundary(text, start - 1)) return undefined
  const name = text.slice(start, colon).replace(BULLET, '')
  return name.length > 1 && name.length <= LONGEST_LABEL && /^\p{L}/u.test(name) ? name : undefined
}

function isBoundary(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code === 0x20) return text.charCodeAt(at - 1) === 0x20
  return (
    code === 0x0a ||
    code === 0x0d ||
    code === 0x09 ||
    code === 0x7c ||
    code === 0x3b ||
    code === 0x2c
  )
}

function valueAt(text: string, from: number): Range | undefined {
  VALUE.lastIndex = from
  const match = VALUE.exec(text)
  const rest = match?.[1] ?? ''
  if (match === null || rest === '') return undefined
  const start = match.index + match[0].length - rest.length
  const length = VALUE_END.exec(rest)?.index ?? rest.length
  const value = rest.slice(0, length).trimEnd()
  return value === '' || value.length > LONGEST_VALUE
    ? undefined
    : { start, end: start + value.length }
}

/** An address goes on below, where the next lines are what follows a street. */
function linesBelow(text: string, from: number): readonly Range[] {
  const ranges: Range[] = []
  let at = from
  while (ranges.length < 3) {
    NEXT_LINE.lastIndex = at
    const match = NEXT_LINE.exec(text)
    const line = match?.[1]?.trimEnd() ?? ''
    if (match === null || line.includes(':') || !ADDRESS_LINE.test(line)) break
    const start = match.index + match[0].length - (match[1]?.length ?? 0)
    ranges.push({ start, end: start + line.length })
    at = match.index + match[0].length
  }
  return ranges
}
