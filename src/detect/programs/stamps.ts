import type { Finding } from '../../domain/index.ts'
import type { EntityType } from '../../schema/index.ts'

/** What says when or where, never of whom. */
const OF_NOBODY: ReadonlySet<EntityType> = new Set(['DATE', 'IP', 'URL'])
/** The recognizer of addresses that network devices have. */
const HARDWARE = 'mac-address'
/** A step of a path, or a value, that is a number as long as one that somebody is known by, and none of a change or a run. */
const LONG_NUMBER =
  /(?<!\/(?:issues?|pulls?|commits?|runs?|jobs?|builds?|pipelines?|merge_requests|questions|releases))[/=][A-Za-z]{0,4}[-_]?\d{5,}(?![\w-])|@/
/** RFC 1918, RFC 3927 and RFC 4193: hosts of an inner network are nobody's own. */
const INNER_HOST =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe80:)/i
/** RFC 2142's names of tasks and those of programs, a key before its host, a list that many read. */
const ROLE_ADDRESS =
  /^(?:(?:[a-z]+-)?(?:alerts?|notifications?|builds?)|git|hg|svn|root|postgres|admin|abuse|bot|bugs|build|ci|deploy|devs?|devops|help|hostmaster|info|jobs|legal|maintainers|mailer-daemon|news|no-?reply|noc|on-?call|ops|platform|postmaster|press|privacy|sales|security|support|team|webmaster|[0-9a-f]{16,64})@|@lists?\.|@[\w-]+\.(?:internal|local|lan|svc)$/i
/** How programs write a date, and a date beside a time with seconds. */
const BY_MACHINE = /^\d{4}-\d\d-\d\d|^\d{4}\/\d\d\/\d\d/
const CLOCK_BEHIND = /^[ T,:]{1,2}\d\d:\d\d:\d\d/
const LAST_CENTURY = /(?<!\d)19\d\d(?!\d)/
/** Where an epoch or a century begins or ends, or a time: what stands for no day, and headers of messages. */
const EDGE_OF_TIME = /(?<!\d)(?:0?1[-/]0?1|12[-/]31)(?!\d)|:/
/** What is done to things as well as to people: a label of a date, and yet of nobody. */
const DONE_TO_THINGS =
  /(?<!\p{L})(?:expires?|expired|scheduled|approved|submitted|signed|renewed|planned|received|service|filed|transferred)["'*_`)]{0,3} ?(?:[:=|-]{1,2}|on|at|for)?["'*_`( ]{0,3}$/iu
/** A version that begins its line, and a date that ends it: "5.2.0 (November 3, 2026)". */
const VERSION_BEFORE =
  /(?:^|\n)[ #*=[-]{0,8}(?:[\w.@/-]{1,40} )?v?\d+\.\d+\.\d[\w.+-]{0,20}[\])*]{0,3} ?[-–—(:,/]{0,2} ?$/u
const LINE_ENDS = /^\)?[*\s]{0,2}(?:\n|$)/u
/** Alone in a cell of a table. */
const CELL_BEFORE = /(?:^|[\n|]) *$/
const CELL_BEHIND = /^ *\|/

/** Whether a finding says no more than when or where something ran: a bare date, an inner host, a site, hardware, an address of many. */
export function isStamp(text: string, finding: Finding): boolean {
  const { type, basis, start, end } = finding
  if (finding.recognizer === HARDWARE) return true
  if (type === 'EMAIL') return ROLE_ADDRESS.test(text.slice(start, end))
  if (type === 'IP') return INNER_HOST.test(text.slice(start, end))
  if (type === 'DATE' && isThings(text, finding)) return true
  if (basis !== 'pattern') return false
  if (type === 'URL') return !LONG_NUMBER.test(text.slice(start, end))
  return type === 'DATE' && !isLongAgo(text, finding)
}

/** A day of the last century: programs tell of their own days, and people were born then. */
function isLongAgo(text: string, { start, end }: Finding): boolean {
  const date = text.slice(start, end)
  return LAST_CENTURY.test(date) && !EDGE_OF_TIME.test(date) && !hasClock(text, end)
}

function hasClock(text: string, end: number): boolean {
  return CLOCK_BEHIND.test(text.slice(end, end + 24))
}

function isThings(text: string, one: Finding): boolean {
  return (
    DONE_TO_THINGS.test(text.slice(Math.max(0, one.start - 30), one.start)) && !isLongAgo(text, one)
  )
}

/** When a version was released, which a heading of a change log says. */
export function isRelease(text: string, { type, start, end }: Finding): boolean {
  return (
    type === 'DATE' &&
    LINE_ENDS.test(text.slice(end, end + 4)) &&
    VERSION_BEFORE.test(text.slice(Math.max(0, start - 90), start))
  )
}

/** A stamp that people do not write so. */
export function isByMachine(text: string, { type, start, end }: Finding): boolean {
  if (type === 'IP' || type === 'DEVICE') return true
  if (type !== 'DATE') return false
  if (BY_MACHINE.test(text.slice(start, end))) return true
  if (hasClock(text, end)) return true
  return (
    CELL_BEHIND.test(text.slice(end, end + 24)) &&
    CELL_BEFORE.test(text.slice(Math.max(0, start - 24), start))
  )
}

/** Whether a finding means somebody. A date, a host or a site that is no stamp does not say of whom it is either. */
export function isSomebodys(text: string, finding: Finding): boolean {
  return !OF_NOBODY.has(finding.type) && !isStamp(text, finding)
}
