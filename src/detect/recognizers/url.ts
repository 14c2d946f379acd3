import type { TextView } from '../normalise/index.ts'
import { before, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored, matchesIn } from '../scan/index.ts'
import { apart } from './label.ts'

const REST = String.raw`[^\s<>"'${'`'}{}|\\^[\]\p{Cc}]`
const URL_START = anchored(
  String.raw`(?<![\p{L}\p{N}_])(?:(?:https?|ftps?|sftp):\/\/|www\.(?=[\p{L}\p{N}]))${REST}+`,
  'iu',
  { words: new Set(['http', 'https', 'ftp', 'ftps', 'sftp', 'www']) },
)
const TOP =
  'com|org|net|edu|gov|mil|info|biz|health|care|clinic|hospital|doctor|blog|uk|ca|de|fr|eu|au|ie|nl|ch'
/** A site written without its scheme: "portal.example.org/p/17", "janedoe.com". */
const BARE = anchored(
  String.raw`(?<=\.)(?:${TOP})(?![\p{L}\p{N}_@(=-]|\.[\p{L}\p{N}])(?:(?::\d{2,5})?\/${REST}*)?`,
  'iu',
  { words: new Set(TOP.split('|')) },
)
const HOST = /(?<![\p{L}\p{N}_@./:$\\-])(?:[a-z0-9][a-z0-9-]{0,40}\.){1,4}$/iu
/** Without a path these are words, properties of objects or countries; with one they are sites too. */
const GENERIC = /^(?:com|org|net|edu|gov|mil|info|biz|health|care|clinic|hospital)$/i
/** Names that say nothing of a person: documentation's, and the package "com.example" of a program. */
const PROGRAMS =
  /^(?:com|org|net|io|java|javax|this|self|std|e|event|config|process|res|req|window|document)\./i
const HANDLE = anchored(
  String.raw`(?<![\p{L}\p{N}_@./{])@[a-z][a-z0-9_.]{1,28}[a-z0-9](?![\p{L}\p{N}_@/])`,
  'iu',
  {
    characters: '@',
  },
)
const SOCIAL =
  /(?<!\p{L})(?:twitter|instagram|insta|facebook|tiktok|snapchat|linkedin|mastodon|bluesky|threads|telegram|venmo|handle|social media|tagged|dm(?:ed|s)?|username|user name|screen name|tweet(?:s|ed)?|posted)(?!\p{L})[^\n]{0,50}$/iu

/**
 * Standards, documentation, agencies and this machine: their pages are nobody's own. With a query they are taken all
 * the same, because that says what somebody asked for.
 */
const NOBODYS =
  /^(?:[a-z]+:\/\/)?(?:[a-z0-9-]+\.)*(?:localhost|127\.0\.0\.1|w3\.org|ietf\.org|rfc-editor\.org|json-schema\.org|schema\.org|xmlsoap\.org|openxmlformats\.org|npmjs\.(?:com|org)|nodejs\.org|python\.org|pypi\.org|mozilla\.org|hl7\.org|loinc\.org|snomed\.info|unitsofmeasure\.org|nih\.gov|nist\.gov|cdc\.gov|fda\.gov|cms\.gov|hhs\.gov|who\.int|doi\.org|anthropic\.com|claude\.com|wikipedia\.org|gnu\.org|kernel\.org|apache\.org|openssl\.org|debian\.org|ubuntu\.com|golang\.org|go\.dev|rust-lang\.org|crates\.io|docs\.rs|rubygems\.org|php\.net|llvm\.org|cmake\.org|kubernetes\.io|docker\.com|openpolicyagent\.org|opentelemetry\.io|postgresql\.org|sqlite\.org|letsencrypt\.org|developer\.apple\.com|learn\.microsoft\.com|docs\.(?:aws\.amazon|github|oracle|docker|gitlab)\.com)(?::\d{1,5})?(?:[/#][^?@]*)?$/i
/** A project that is developed in the open; its owner's own page has one name only. */
const PROJECT =
  /^(?:https?:\/\/)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|raw\.githubusercontent\.com)\/[\w.-]+\/[\w.-]+(?:[/#][^?@]*)?$/i

/** Web addresses, whole, without the punctuation of the sentence they stand in. */
export const URL_ADDRESS: Recognizer = {
  name: 'url',
  type: 'URL',
  needs: 'nothing',
  patterns: [URL_START, BARE, HANDLE],
  find(view, recall) {
    if (recall === 'lenient') return []
    const whole = matchesIn(view, URL_START).flatMap((match): Hit[] => {
      const length = trimmedLength(match[0])
      const end = match.index + length
      if (isPublic(match[0].slice(0, length))) return []
      return length > 8 ? [{ start: match.index, end, score: 0.7, basis: 'pattern' }] : []
    })
    return apart([...whole, ...bare(view), ...handles(view)])
  },
}

function isPublic(url: string): boolean {
  return NOBODYS.test(url) || PROJECT.test(url)
}

function bare(view: TextView): readonly Hit[] {
  return matchesIn(view, BARE).flatMap((match): Hit[] => {
    const host = HOST.exec(before(view.text, match.index, 170))?.[0]
    const length = trimmedLength(match[0])
    const generic = GENERIC.test(match[0].slice(0, length))
    if (host === undefined || isPublic(host + match[0].slice(0, length))) return []
    if (PROGRAMS.test(host) || (!generic && !match[0].includes('/'))) return []
    return [
      {
        start: match.index - host.length,
        end: match.index + length,
        score: 0.5,
        basis: 'pattern',
      },
    ]
  })
}

/** An account of a social network, where the text speaks of one. */
function handles(view: TextView): readonly Hit[] {
  return matchesIn(view, HANDLE)
    .filter((match) => SOCIAL.test(before(view.text, match.index, 70)))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      score: 0.7,
      basis: 'cued',
    }))
}

function trimmedLength(url: string): number {
  let end = url.length
  let open = url.split('(').length
  let close = url.split(')').length
  for (; end > 0; end -= 1) {
    const last = url.charAt(end - 1)
    if (last === ')') {
      if (close <= open) break
      close -= 1
    } else if (last === '(') {
      open -= 1
    } else if (!'.,;:!?*_'.includes(last)) break
  }
  return end
}
