import { endOfJson } from '../structured/index.ts'

const JSON_BEGIN = /[{[](?=\s{0,200}["{[\d])/g
const JSON_MAY_BEGIN = /[{[]\s{0,200}$/
const HL7_BEGIN = /(?<![\p{L}\p{N}])(?:MSH|FHS|BHS|PID)(?=[^\p{L}\p{N}\s"'\\])/u
const HL7_SEGMENT = /^[\n\v]?[ \t>]{0,8}[A-Z][A-Z0-9]{2}[^\p{L}\p{N}\s"'\\]/u
const X12_BEGIN = /(?<![\p{L}\p{N}])ISA(?=[^\p{L}\p{N}\s]\d\d)|(?<![\p{L}\p{N}])ST(?=\*\d{3}\*)/u
const X12_END = /\n[ \t]*\n|(?<![\p{L}\p{N}])IEA[^~\n]{0,60}[~\n]/u
const X12_END_OF_SET = /\n[ \t]*\n|(?<![\p{L}\p{N}])SE\*[^~\n]{0,60}[~\n]/u
const XML_BEGIN =
  /<\?xml(?=\s)|<(?:\w{1,20}:)?ClinicalDocument\b|<[A-Z]\w{2,40}(?= xmlns=)|<table\b/
const XML_MAY_BEGIN = /<[A-Z]\w{2,40} ?x?m?l?n?s?$/
const XML_ROOT = /<([A-Za-z_][\w.:-]{0,99})/

/** `none`: no document begins in the word; `open`: its end, or whether it is one, cannot be told yet. */
export type DocumentEnd = number | 'open' | 'none'

/**
 * Where a document ends that begins in the first word of a text: JSON, HL7 v2, X12, XML. An end that was told stays the
 * same however the text goes on.
 * @param complete whether the text ends with what is there
 */
export function endOfDocument(text: string, wordEnd: number, complete: boolean): DocumentEnd {
  if (!/[{[<]|MSH|FHS|BHS|PID|ISA|ST\*/.test(text.slice(0, wordEnd))) return 'none'
  for (const find of [jsonEnd, hl7End, x12End, xmlEnd]) {
    const end = find(text, wordEnd, complete)
    if (end !== 'none') return end === 'open' && complete ? text.length : end
  }
  return 'none'
}

type Find = (text: string, wordEnd: number, complete: boolean) => DocumentEnd

const jsonEnd: Find = (text, wordEnd, complete) => {
  const window = text.slice(0, wordEnd + 202)
  JSON_BEGIN.lastIndex = 0
  const begin = JSON_BEGIN.exec(window)?.index ?? wordEnd
  if (begin < wordEnd) return endOfJson(text, begin, complete) ?? 'open'
  const mayBegin = !complete && wordEnd + 202 > text.length && JSON_MAY_BEGIN.test(window)
  return mayBegin ? 'open' : 'none'
}

const hl7End: Find = (text, wordEnd) => {
  const begin = HL7_BEGIN.exec(text.slice(0, wordEnd + 1))
  if (begin === null) return 'none'
  for (let at = begin.index; ;) {
    const rest = /[\r\n\v]/.exec(text.slice(at))
    if (rest === null) return 'open'
    at += rest.index
    const next = text.slice(at + 1, at + 14)
    if (next.length < 13) return 'open'
    if (!HL7_SEGMENT.test(next)) return at
    at += 1
  }
}

const x12End: Find = (text, wordEnd) => {
  const begin = X12_BEGIN.exec(text.slice(0, wordEnd + 6))
  if (begin === null || begin.index >= wordEnd) return 'none'
  const end = (begin[0] === 'ISA' ? X12_END : X12_END_OF_SET).exec(text)
  return end === null ? 'open' : end.index + end[0].trimEnd().length
}

const xmlEnd: Find = (text, wordEnd, complete) => {
  const window = text.slice(0, wordEnd + 8)
  const begin = XML_BEGIN.exec(window)
  if (begin === null) {
    const mayBegin = !complete && wordEnd + 8 > text.length && XML_MAY_BEGIN.test(window)
    return mayBegin ? 'open' : 'none'
  }
  const root = XML_ROOT.exec(text.slice(begin.index))
  if (root === null) return 'open'
  const closing = `</${root[1] ?? ''}>`
  const end = text.indexOf(closing, begin.index)
  return end < 0 ? 'open' : end + closing.length
}
