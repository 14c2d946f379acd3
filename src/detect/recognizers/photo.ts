import { before, lastGroup, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored, firstWords, matchesIn } from '../scan/index.ts'
import { apart } from './label.ts'

const TYPES = 'jpe?g|png|heic|heif|tiff?|gif|bmp|webp|dcm'
/** The name of a picture's file, from its ending backwards. */
const FILE = anchored(
  String.raw`(?<=[\p{L}\p{N}_)-]\.)(?:${TYPES})(?![\p{L}\p{N}_]|\.\p{L})`,
  'iu',
  { words: firstWords(TYPES) },
)
const NAME = /(?<![\p{L}\p{N}_])[\p{L}\p{N}_~-][\p{L}\p{N}_.~-]{0,80}\.$/u
const PICTURES =
  'photos?|photographs?|pictures?|headshots?|selfies?|portraits?|mugshots?|full[- ]face|facial images?|face images?|snapshot'
const CUE = new RegExp(String.raw`(?<!\p{L})(?:${PICTURES})(?!\p{L})[^\n]{0,50}$`, 'iu')
/** A file that calls itself the picture of a person. */
const OWN =
  /(?:^|[_-])(?:face|facial|photo|portrait|headshot|selfie|patient|pt|mugshot|profile)(?:[_-]|\d|\.$)/i
const LABELLED = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:${PICTURES}|image|img)(?: (?:id|file|number|no\.?|ref(?:erence)?|identifier|name))?(?: ?#| ?[:=]| (?:id|number|no\.?)| is){1,2} {0,2}["'#]{0,2}([\p{L}\p{N}][\p{L}\p{N}_-]{2,40})(?![\p{L}\p{N}.])`,
  'iu',
  { words: firstWords(`${PICTURES}|image|img`) },
)

/** Full-face photographs and comparable images: the numbers and file names that stand for them. */
export const PHOTO: Recognizer = {
  name: 'photo',
  type: 'PHOTO',
  needs: 'nothing',
  patterns: [FILE, LABELLED],
  find(view) {
    const files = matchesIn(view, FILE).flatMap((match): Hit[] => {
      const lead = before(view.text, match.index, 90)
      const name = NAME.exec(lead)?.[0]
      if (name === undefined) return []
      const cued =
        CUE.test(lead.slice(0, lead.length - name.length)) ||
        (OWN.test(name) && /\d|patient|pt_/i.test(name))
      const start = match.index - name.length
      const end = match.index + match[0].length
      return cued ? [{ start, end, score: 0.75, basis: 'cued' }] : []
    })
    const labelled = matchesIn(view, LABELLED).flatMap((match): Hit[] => {
      const { start, end, text } = lastGroup(match)
      const told = text.replaceAll(/\D/g, '').length >= 3
      return told ? [{ start, end, score: 0.75, basis: 'labelled' }] : []
    })
    return apart([...files, ...labelled])
  },
}
