import type { Region } from './region.ts'
import { movedBy, unescapeJson } from './unescape.ts'

/** JSON, XML or an HL7 v2 message whose quotes or escape characters are escaped, and no quote around it. */
const ESCAPED =
  /[{[](?:\s|\\{1,64}[nrt]){0,99}\\{1,64}"|<[A-Za-z][\w:.-]{0,60}\s{1,9}[\w:.-]{1,60}=\\{1,64}"|(?:MSH|FHS|BHS)[|!#$%*+;:@~^]\^~\\\\&/g
const STRING_END = /(?<!\\)"|[\r\n]/g
const ESCAPE = /\\(?:[nrt"\\/]|u[\dA-Fa-f]{4})/
const SHORTEST = 12
const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * What stands escaped in a text: string literals of code and logs, and escaped documents in prose. The value is read one
 * level less escaped.
 */
export function readEscaped(text: string): readonly Region[] {
  if (!text.includes('\\')) return []
  const found = text.includes('"') ? literalsOf(text) : []
  if (found.length > 0) return found
  ESCAPED.lastIndex = 0
  const regions: Region[] = []
  for (let match = ESCAPED.exec(text); match !== null; match = ESCAPED.exec(text)) {
    const start = match.index
    STRING_END.lastIndex = start + match[0].length
    const end = STRING_END.exec(text)?.index ?? text.length
    regions.push(unescaped(text, start, end))
    ESCAPED.lastIndex = Math.max(end, start + 1)
  }
  return regions
}

/** Strings between quotes, in one line, with an escape in them. */
function literalsOf(text: string): readonly Region[] {
  const found: Region[] = []
  for (let quote = text.indexOf('"'); quote >= 0;) {
    if (text.charCodeAt(quote - 1) === BACKSLASH) {
      quote = text.indexOf('"', quote + 1)
      continue
    }
    const end = endOfLiteral(text, quote + 1)
    const isString = text.charCodeAt(end) === QUOTE
    if (isString && end - quote > SHORTEST && ESCAPE.test(text.slice(quote + 1, end))) {
      found.push(unescaped(text, quote + 1, end))
    }
    quote = text.indexOf('"', isString ? end + 1 : end)
  }
  return found
}

/** The quote that ends the string, or the end of the line where none does. */
function endOfLiteral(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE || code === 0x0a || code === 0x0d) return at
    if (code === BACKSLASH) at += 1
  }
  return text.length
}

function unescaped(text: string, start: number, end: number): Region {
  const inner = movedBy(unescapeJson(text.slice(start, end)), start)
  return { start, end, cells: [{ start, end, inner }] }
}
