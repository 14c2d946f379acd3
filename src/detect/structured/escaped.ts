import type { Region } from './region.ts'
import { movedBy, unescapeJson } from './unescape.ts'

/** JSON or an HL7 v2 message whose quotes, line ends or escape characters are escaped: a string in code, in a log, in prose. */
const ESCAPED = /[{[](?:\s|\\{1,64}[nrt]){0,99}\\{1,64}"|(?:MSH|FHS|BHS)[|!#$%*+;:@~^]\^~\\\\&/g
const STRING_END = /(?<!\\)"|[\r\n]/g

/** What stands escaped in a text, up to the end of its string: the value is read one level less escaped. */
export function readEscaped(text: string): readonly Region[] {
  if (!text.includes('\\"') && !text.includes('\\\\&')) return []
  const found: Region[] = []
  ESCAPED.lastIndex = 0
  for (let match = ESCAPED.exec(text); match !== null; match = ESCAPED.exec(text)) {
    const start = match.index
    STRING_END.lastIndex = start + match[0].length
    const end = STRING_END.exec(text)?.index ?? text.length
    const inner = movedBy(unescapeJson(text.slice(start, end)), start)
    found.push({ start, end, cells: [{ start, end, inner }] })
    ESCAPED.lastIndex = Math.max(end, start + 1)
  }
  return found
}
