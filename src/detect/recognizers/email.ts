import { hitsIn, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored } from '../scan/index.ts'

const LOCAL = /[\p{L}\p{M}\p{N}.!#$%&'*+=?^`{|}~_-]/u
const DOMAIN =
  /[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?){1,8}/uy
const LONGEST_LOCAL = 256
// Mailboxes of machines and of git over ssh: they are part of tools, and name nobody.
const NOBODY = /^(?:no-?reply|do-?not-?reply|git|mailer-daemon)$/i

/** E-mail addresses: found from the @ outwards. */
export const EMAIL: Recognizer = {
  name: 'email',
  type: 'EMAIL',
  needs: 'at',
  find({ text }) {
    const hits: Hit[] = []
    let free = 0
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      const start = localStart(text, at, free)
      const end = domainEnd(text, at + 1)
      if (start === at || end === undefined || NOBODY.test(text.slice(start, at))) continue
      hits.push({ start, end, score: 0.95, basis: 'validated' })
      free = end
    }
    return hits
  },
}

/** From its "at" on; what stands before it is looked at from there. */
const SPELLED = anchored(
  String.raw`(?<= )at (?!(?:the|an?|my|our|your|his|her|their) )[\p{L}\p{N}-]{2,30}(?:(?: dot |\.)[\p{L}\p{N}-]{2,20}){0,3} dot (?:com|org|net|edu|gov|mil|io|info|health|example|test|co|uk|de|fr|es|it|nl|ca|us|au|in|mx|br|me)(?![\p{L}\p{N}])`,
  'iu',
  { words: new Set(['at']) },
)
const SPELLED_LOCAL =
  /(?<![\p{L}\p{N}._-])[\p{L}\p{N}][\p{L}\p{N}_-]{0,30}(?:(?: (?:dot|underscore|dash|hyphen|period) |[._-])[\p{L}\p{N}]{1,30}){0,3} $/iu

/** E-mail addresses as they are read out: "ann dot lee at mail dot example dot org". */
export const EMAIL_SPELLED: Recognizer = {
  name: 'email-spelled',
  type: 'EMAIL',
  needs: 'nothing',
  patterns: [SPELLED],
  find: (view) =>
    hitsIn(view, SPELLED, (match) => {
      const lead = view.text.slice(Math.max(0, match.index - 100), match.index)
      const local = SPELLED_LOCAL.exec(lead)?.[0]
      if (local === undefined) return undefined
      const end = match.index + match[0].length
      return { start: match.index - local.length, end, score: 0.7, basis: 'pattern' }
    }),
}

function localStart(text: string, at: number, free: number): number {
  let start = at
  const least = Math.max(free, at - LONGEST_LOCAL)
  while (start > least) {
    const low = text.charCodeAt(start - 1)
    const width = low >= 0xdc00 && low <= 0xdfff && start - 2 >= least ? 2 : 1
    if (!LOCAL.test(text.slice(start - width, start))) break
    start -= width
  }
  while (start < at && /[.'`*=?&{|}]/.test(text.charAt(start))) start += 1
  return start
}

/** The end of a domain whose last label is made of letters. */
function domainEnd(text: string, from: number): number | undefined {
  DOMAIN.lastIndex = from
  const domain = DOMAIN.exec(text)?.[0]
  if (domain === undefined) return undefined
  const labels = domain.split('.')
  while (labels.length > 1 && !/^(?:\p{L}{2,24}|xn--[a-z0-9-]{2,58})$/iu.test(labels.at(-1) ?? ''))
    labels.pop()
  return labels.length > 1 ? from + labels.join('.').length : undefined
}
