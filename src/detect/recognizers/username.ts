import { hitsIn, lastGroup, type Recognizer } from '../recognizer.ts'
import { anchoredByWords } from '../scan/index.ts'
import { START } from './label.ts'

const LABELS =
  'logged (?:in|on) (?:by|as)(?: user)?|user ?names?|user ?ids?|user login|log-?ins?(?: name| id)?|screen ?name|portal (?:account|login|user(?:name)?|id)|mychart (?:id|login|username|user)|account name|skype(?: id| name)?|(?:twitter|instagram|facebook|tiktok|snapchat|linkedin|telegram) (?:handle|account|profile|username|id)|(?:twitter|instagram|snapchat|handle)'
const NAMED = anchoredByWords(
  START,
  LABELS,
  String.raw`['"*_]{0,3}(?: ?[:=]| is| was| named)? {1,2}["'*_(]{0,2}(@?[\p{L}][\p{L}\p{N}_.-]{1,38}[\p{L}\p{N}])(?![\p{L}\p{N}_@(])`,
)

/** Account names of people, behind a label. A word that looks like any other is none: "login page". */
export const USERNAME: Recognizer = {
  name: 'username',
  type: 'OTHER_ID',
  needs: 'nothing',
  patterns: [NAMED],
  find: (view) =>
    hitsIn(view, NAMED, (match) => {
      const { start, end, text } = lastGroup(match)
      const made = /\d|_|^@|\p{L}\.\p{L}/u.test(text)
      return made && !PROGRAM.test(text) ? { start, end, score: 0.7, basis: 'labelled' } : undefined
    }),
}

/** Variables and settings of programs. */
const PROGRAM =
  /^(?:user_?name|user_?id|process\.|req\.|request\.|res\.|this\.|self\.|env\.|config\.|os\.|ctx\.|props\.|state\.|params\.|options\.|session\.|args\.|data\.|user\.|varchar|utf-?8|int\d|uuid|string|std\.|not_|max_|min_|is_)|^(?:e\.g|i\.e)$|_(?:id|name|key|token|field|user|type)$|\.(?:ts|js|py|com|org|md|json|yaml|html)$/i
