import { matchesOf } from '../matches.ts'
import type { Edit } from './edits.ts'

/** Documents and pictures are called after the people in them; sources and settings are not. */
const ENDING =
  '\\.(?:pdf|docx?|odt|rtf|txt|xlsx?|csv|pptx?|eml|msg|hl7|dcm|dicom|jpe?g|png|heic|tiff?|bmp|gif|mp[34]|mov|wav|m4a|zip)(?![A-Za-z0-9_])'
const ENDINGS = new RegExp(ENDING, 'gi')
const DOCUMENT = new RegExp(
  String.raw`(?<![\p{L}\p{N}_-])(?:\p{L}{2,30}_[\p{L}\p{N}_-]{2,60}\/)?[\p{L}\p{N}][\p{L}\p{N}_-]{2,79}${ENDING}`,
  'giu',
)
/** More units than a folder and a name have; a character may take two. */
const LONGEST = 2 * (92 + 80)
/** What stands between two words of a name, and what joins two written with capitals. */
const JOINT = /_+|(?<=\p{L})-(?=\p{L})|(?<=\p{Ll})(?=\p{Lu}\p{Ll})/gu

/** Reads the words of a document's name apart: "Roe_Jane_DOB_1961.pdf" is "Roe Jane DOB 1961.pdf". */
export function fileNameEdits(text: string): readonly Edit[] {
  let free = 0
  return matchesOf(text, ENDINGS).flatMap((ending) => {
    // No name goes over a dot.
    const farthest = Math.max(0, ending.index - LONGEST - 2)
    const from = farthest + text.slice(farthest, ending.index).lastIndexOf('.') + 1
    DOCUMENT.lastIndex = Math.max(0, free - from)
    const match = DOCUMENT.exec(text.slice(from, ending.index + ending[0].length + 1))
    if (match === null) return []
    const at = from + match.index
    free = at + match[0].length
    return matchesOf(match[0], JOINT).map((joint): Edit => {
      const start = at + joint.index
      return { start, end: start + joint[0].length, text: ' ' }
    })
  })
}
