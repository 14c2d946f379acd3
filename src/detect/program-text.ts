import type { Finding } from '../domain/index.ts'
import type { EntityType } from '../schema/index.ts'
import { placeholderRanges } from './normalise/index.ts'
import { isMachine, signsOf, type Signs } from './machine-signs.ts'
import { isTold } from './program-guesses.ts'

/** What programs write without anybody being meant: when something ran, where it was sent. */
const STAMPS: ReadonlySet<EntityType> = new Set(['DATE', 'IP', 'URL', 'EMAIL'])
/** Words of a text about somebody, not of a name in a program: "patient", never "patient_id" or "Patient.find". */
const ABOUT_SOMEBODY =
  /(?<![\p{L}\p{N}_./$-])(?:patients?|pts?|dob|mrn|born|birth(?:day|date)?|deceased|died|admitted|admission|discharged?|diagnos\p{L}+|surgery|symptoms?|appointment|clinic|hospital|nurse|physician|doctor|dr|insurance|daughter|son|wife|husband|mother|father)(?![\p{L}\p{N}_(/:=]|\.\p{L}|-\p{L})/iu

const LEVEL = String.raw`(?:trace|debug|info|notice|warn(?:ing)?|error|fatal|critical|severe)`
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const CLOCK = String.raw`\d\d:\d\d:\d\d`
/** A member that only records of a program have. */
const RECORD =
  /"(?:level|severity|lvl|logger|caller|hostname|eventSource|awsRegion|stack_?trace|metric|trace_?id|span_?id|latency|service|host)" ?: ?"/i
/** Lines that no person writes, by how they begin or what stands in them. */
const LINES: readonly RegExp[] = [
  // Logs: a level behind the time, a process and its number, the lines of web servers, members of a record.
  new RegExp(
    String.raw`^[\[(]?(?:(?:\d{4}[-/]\d\d[-/]\d\d|${MONTH} {1,2}\d{1,2}(?:, \d{4})?)[T ])?${CLOCK}.{0,48}?\b${LEVEL}\b`,
    'i',
  ),
  new RegExp(String.raw`^${MONTH} {1,2}\d{1,2} ${CLOCK} \S{1,64} [\w./()-]{1,48}(?:\[\d+\])?:`),
  new RegExp(String.raw`^[IWEF]\d{4} ${CLOCK}\.\d+ +\d+ `),
  new RegExp(String.raw`^\[?${LEVEL}\]?(?:[:\s]|$)`, 'i'),
  /"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^"]{0,400} HTTP\/\d/,
  RECORD,
  /^(?:[\w.]+=(?:"[^"]{0,200}"|\S{1,80}) +){2,}/,
  // Listings of files, and what programs print of versions, certificates and commits.
  /^[-dlcbps](?:[r-][w-][xsStT-]){3}[.+@]? /,
  /^(?:commit|index|tree|parent) [0-9a-f]{7,40}\b/,
  /^(?:diff --git |@@ -|\+\+\+ [ab]\/|--- [ab]\/|index [0-9a-f]+\.\.)/,
  new RegExp(
    String.raw`\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${MONTH} {1,2}\d{1,2} ${CLOCK} (?:[A-Z]{3,4} )?\d{4}\b`,
  ),
  /^\s*(?:not ?(?:before|after) ?|subject|issuer)(?:=|: \w{3} )/i,
  /^(?:HTTP\/\d|(?:date|last-modified|expires|etag|server|content-type|cache-control): \S)/i,
  /^\s*[\u2713\u2714\u2717\u2718\u00D7] |^(?:PASS|FAIL|ok \d|not ok \d) |^test \S+ \.\.\. /,
  /^\s*(?:\/\/ ?|# ?)?(?:TODO|FIXME|HACK|XXX)\b/,
  /^#{1,4} \[?v?\d+\.\d+(?:\.\d+)?[^\s\]]{0,24}\]?(?:[ (]|$)/,
  /\b(?:x86_64|aarch64|amd64|arm64)\b/,
  // Shells and what follows them.
  /^(?:[\w.-]{1,32}@[\w.-]{1,64}:[^\s$#]{0,80}[$#] |[$%#] (?!\d)[\w./-]|>>> |scala> |\w{2,12}=[#>] )/,
  /^(?:curl|npm|git|docker|kubectl|apt(?:-get)?|pip|cargo|Get:\d+|Hit:\d+) /,
  // Source code and queries.
  /\{\s*(?:\/\/.{0,200})?$|^(?=.*(?:\w\(|=)).*;\s*(?:\/\/.{0,200})?$|^\s*\}[);]|=> ?[{(]|^\s*(?:\/\/|\/\*|\*\/|#include|#!\/)/,
  /^\s*(?:import|export|from|const|let|var|def|class|func|fn|pub|public|private|protected|static|return|if|elif|else|for|while|try|except|raise|assert|test|it|describe|package|use|using|namespace|struct|enum|interface|type)\b.{0,200}(?:[({=:;]|['"])/,
  /^\s*(?:(?:defer|await|yield|go|new) )?[\w$]+(?:(?:\.|::|->)[\w$]+)*\(.*\)[;,]?$|\w := \w|^\s*[\w$.]+ [-+:]?= .{0,200}[\w$][[(]/,
  /^\s*(?:- )?(?:apiVersion|kind|image|namespace|replicas|repository|registry|endpoint|base_?url): /i,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|ALTER TABLE)\b.{0,400}\b(?:FROM|VALUES|SET|WHERE|PRIMARY|NOT NULL|ADD|DROP)\b/i,
  // Parts of a query that stand on lines of their own; directives of a server; lines with who wrote them.
  /^\s*(?:WITH|SELECT|FROM|(?:LEFT |RIGHT |INNER |OUTER |CROSS )*JOIN|WHERE|AND|OR|GROUP BY|ORDER BY|HAVING|LIMIT|UNION|VALUES)\b.{0,400}[=<>(;,'*]/,
  /^\s*\w[\w-]* [^\n{}]{0,200}[{}][^\n]*;|;\s*\}\s*$|^\s*(?:listen|server_name|proxy_\w+|root|location) \S/,
  /^\^?[0-9a-f]{7,40} \(.{1,80} \d+\)/,
  /^[\w./@-]+@?\d+\.\d+\.\d+\b|\bv?\d+\.\d+\.\d+, \d{1,2} \p{L}+ \d{4}$/u,
  // Rules of tables as databases print them, and what they say at the end.
  /^\s?[+]?-{3,}(?:\+-{2,})+[+]?$|^\(\d+ rows?\)|^\d+ rows? in set/,
  /^\s+at [\w$.<>]+ ?\(|^\s*File "[^"]{1,200}", line \d+|^\S*(?:Error|Exception)(?:: |$)|^E {3,}/,
]
/** The rule below the names of the columns, as databases print it. Such a table that names nobody is about nobody. */
const PRINTED_TABLE = /^\s?[+]?-{3,400}(?:\+-{2,400}){1,60}[+]?\s*$/m
/** Members and brackets of JSON: what they are is said by the names of the members, if at all. */
const DATA_LINE = /^\s*(?:"[^"]{0,100}" ?:|[[\]{}]+,?\s*$)/
/** A line longer than this is looked at no further. */
const LONGEST_LINE = 1000
/** Whatever hints at a person or at a clinic, also in the name of a column; a text without it tells dates of nobody. */
const HINT =
  /(?<!\p{L})(?:he|she|him|his|her|hers|i|my|me|we|our|us|you|your|who|mr|mrs|ms|miss|name|age|sex|gender|mother|father|mom|dad|wife|husband|son|daughter|sister|brother|baby|child|man|woman|male|female|boy|girl|mg|mcg|ml|mmhg|bp|hr|bpm|labs?|wbc|hgb|rx|dx|hx|tx|sx|icd|cpt|mri|ct|xr|cxr|ekg|ecg|pcp|er|ed|icu|pain|fever|dose|doses|dosing|ward|bed|note|notes|call|called|scan|surgery|therapy|claims?|member|subscriber|injury|accident|death|died|born|flight|hotel|school|passport|licen[cs]e)(?!\p{L})|patient|encounter|admit|admiss|dob(?!e)|birth|diagnos|clinic|hospital|physician|doctor|nurse|medic|symptom|prescri|discharg|appoint|vaccin|(?<![\p{L}\p{N}])[A-TV-Z]\d\d\.\d/iu
/** How programs write a date, and a date beside a time with seconds. */
const BY_MACHINE = /^\d{4}-\d\d-\d\d|^\d{4}\/\d\d\/\d\d/
const CLOCK_BEHIND = /^[ T,:]{1,2}\d\d:\d\d:\d\d/
/** A number as long as one that somebody is known by. */
const LONG_NUMBER = /\d{5}|@/
/** RFC 1918, RFC 3927 and RFC 4193: hosts of an inner network are nobody's own. */
const INNER_HOST =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe80:)/i

/** RFC 2142's names of tasks and those of programs, a key before its host, a list that many read. */
const ROLE_ADDRESS =
  /^(?:git|hg|svn|root|postgres|admin|abuse|bot|build|ci|deploy|hostmaster|info|mailer-daemon|news|no-?reply|noc|postmaster|sales|security|support|webmaster|[0-9a-f]{16,64})@|@lists?\.|@[\w-]+\.(?:internal|local|lan|svc)$/i

/**
 * Takes out the bare dates, inner hosts and addresses of sites in what programs print, and in source code, and guesses
 * that name nobody there. What a label speaks of stays, and all of it stays in a paragraph that is about somebody, or in
 * which somebody was found. In a text that hints at nobody, and has a sign of a program, no date in the manner of programs
 * is anybody's. The words of a file's name were parted to be read: guesses there stay.
 */
export function withoutProgramStamps(
  text: string,
  seen: readonly Finding[],
  hidden: readonly Finding[] = [],
): readonly Finding[] {
  const findings = hidden.length === 0 ? seen : [...seen, ...hidden]
  if (!findings.some((finding) => isGuess(finding) || isStamp(text, finding))) return findings
  const paragraphs = paragraphsOf(text)
  const machine = machineIn(text, findings, paragraphs)
  const isIdle = (one: Finding): boolean => isGuess(one) && machine(one.start) && !isTold(text, one)
  const told = [
    ...seen.filter((one) => !isIdle(one)),
    ...hidden.filter((one) => isInFileName(text, one) || !isIdle(one)),
  ]
  // Where somebody is meant anywhere, only what is known by its form is taken for a program's.
  const somebody = told.some((one) => isSomebodys(text, one))
  for (const one of told) {
    const paragraph = isSomebodys(text, one) ? paragraphAt(paragraphs, one.start) : undefined
    if (paragraph !== undefined) paragraph.who = 'somebody'
  }
  const aboutNobody =
    told.every(({ type }) => STAMPS.has(type)) && !HINT.test(text) && speaksOfPrograms(text, told)
  return told.filter((finding) => {
    if (aboutNobody && isStamp(text, finding) && isByMachine(text, finding)) return false
    const paragraph = isStamp(text, finding) ? paragraphAt(paragraphs, finding.start) : undefined
    if (paragraph === undefined) return true
    if (!somebody && machine(finding.start)) return false
    paragraph.who ??= whoWrote(text.slice(paragraph.start, paragraph.end))
    if (paragraph.who === 'unknown') return !isProgramLine(lineAround(text, finding.start))
    return paragraph.who === 'somebody'
  })
}

/** No word for a person or a clinic is not enough: "It is 1961-03-14." answers a question about somebody. */
function speaksOfPrograms(text: string, findings: readonly Finding[]): boolean {
  const sorted = uncounted(text, findings)
  const { machine, people } = signsOf(without(text, sorted, 0, text.length))
  return machine > 0 && people === 0
}

const FILE_NAME = /^[\p{L}\p{N}_.-]{1,120}\.[a-z]\w{1,4}(?!\w)/iu

function isInFileName(text: string, { start }: Finding): boolean {
  return FILE_NAME.test(text.slice(start, start + 128))
}

/** Not what says when or where something ran. */
function isSomebodys(text: string, finding: Finding): boolean {
  return finding.type === 'EMAIL' ? !isStamp(text, finding) : !STAMPS.has(finding.type)
}

/** A vote, or a value behind "name": in programs everything has one. */
function isGuess({ basis, recognizer, score }: Finding): boolean {
  return basis === 'guess' || (recognizer === 'person-label' && score < 0.8)
}

/**
 * Tells whether the words around a place are a program's, or about programs: those of its paragraph, or of the whole
 * text where the paragraph says nothing of people and has signs of it, or is one of many. What was found is not counted,
 * nor is what masking wrote.
 */
function machineIn(
  text: string,
  findings: readonly Finding[],
  paragraphs: readonly Paragraph[],
): (at: number) => boolean {
  let whole: Signs | undefined
  const known = new Map<Paragraph, boolean>()
  const sorted = uncounted(text, findings)
  const signs = (start: number, end: number): Signs => signsOf(without(text, sorted, start, end))
  const isOf = (paragraph: Paragraph): boolean => {
    const own = signs(paragraph.start, paragraph.end)
    if (isMachine(own)) return true
    if (own.people > 0 || paragraphs.length === 1) return false
    whole ??= signs(0, text.length)
    return isMachine(whole) && (own.machine > 0 || whole.machine > whole.words)
  }
  return (at) => {
    const paragraph = paragraphAt(paragraphs, at)
    if (paragraph === undefined) return false
    let is = known.get(paragraph)
    if (is === undefined) known.set(paragraph, (is = isOf(paragraph)))
    return is
  }
}

/** To the second, as machines tell the time. */
const CLOCKED = /\d\d:\d\d:\d\d/

type Range = Pick<Finding, 'start' | 'end'>

/** What no sign is looked for in: what was found, and what masking wrote. Sorted by their start. */
function uncounted(text: string, findings: readonly Finding[]): readonly Range[] {
  return [...findings, ...placeholderRanges(text)].toSorted((a, b) => a.start - b.start)
}

/** A part of the text, with no more than a mark where one of the ranges is, which are sorted by their start. */
function without(text: string, sorted: readonly Range[], start: number, end: number): string {
  const parts: string[] = []
  let at = start
  for (let index = firstFrom(sorted, start); index < sorted.length; index += 1) {
    const one = sorted[index]
    if (one === undefined || one.start >= end) break
    if (one.start > at) parts.push(text.slice(at, one.start))
    if (one.end > at) parts.push(CLOCKED.test(text.slice(one.start, one.end)) ? '00:00:00' : 'X')
    at = Math.max(at, one.end)
  }
  if (at < end) parts.push(text.slice(at, end))
  return parts.join('')
}

/** Index of the first finding that begins at a place or behind it. */
function firstFrom(sorted: readonly Range[], start: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}

function isStamp(text: string, { type, basis, start, end }: Finding): boolean {
  if (type === 'EMAIL') return ROLE_ADDRESS.test(text.slice(start, end))
  if (type === 'IP') return INNER_HOST.test(text.slice(start, end))
  if (basis !== 'pattern') return false
  if (type === 'URL') return !LONG_NUMBER.test(text.slice(start, end))
  return type === 'DATE'
}

function isByMachine(text: string, { type, start, end }: Finding): boolean {
  if (type !== 'DATE') return false
  return BY_MACHINE.test(text.slice(start, end)) || CLOCK_BEHIND.test(text.slice(end, end + 12))
}

interface Paragraph {
  readonly start: number
  readonly end: number
  /** Looked at when it is asked for. */
  who?: 'program' | 'somebody' | 'unknown'
}

/** A paragraph longer than this ends with the line. */
const LONGEST_PARAGRAPH = 4_000

function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = []
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

/** The one that a place is in: the last that begins before it. */
function paragraphAt(paragraphs: readonly Paragraph[], at: number): Paragraph | undefined {
  let [low, high] = [0, paragraphs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((paragraphs[middle]?.start ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return paragraphs[low - 1]
}

/** At least half of the lines are a program's, or somebody is spoken of, or each line has to be looked at. */
function whoWrote(paragraph: string): NonNullable<Paragraph['who']> {
  if (ABOUT_SOMEBODY.test(paragraph)) return 'somebody'
  if (PRINTED_TABLE.test(paragraph)) return 'program'
  const lines = paragraph.split('\n').filter((line) => line.trim() !== '' && !isDataLine(line))
  const ours = lines.filter(isProgramLine).length
  return ours > 0 && ours * 2 >= lines.length ? 'program' : 'unknown'
}

function isDataLine(line: string): boolean {
  const looked = line.slice(0, LONGEST_LINE)
  return DATA_LINE.test(looked) && !RECORD.test(looked)
}

function isProgramLine(line: string): boolean {
  const looked = line.slice(0, LONGEST_LINE)
  return !isDataLine(looked) && LINES.some((pattern) => pattern.test(looked))
}

/** The line of a place, as far as lines are looked at. */
function lineAround(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - LONGEST_LINE), at)
  const after = text.slice(at, at + LONGEST_LINE)
  const end = after.indexOf('\n')
  return before.slice(before.lastIndexOf('\n') + 1) + (end === -1 ? after : after.slice(0, end))
}
