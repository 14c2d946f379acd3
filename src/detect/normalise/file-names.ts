import { matchesOf } from '../matches.ts'
import type { Edit } from './edits.ts'

/** Documents and pictures are called after the people in them; sources and settings are not. */
const ENDING =
  '\\.(?:pdf|docx?|odt|rtf|txt|xlsx?|csv|pptx?|eml|msg|hl7|dcm|dicom|jpe?g|png|heic|tiff?|bmp|gif|mp[34]|mov|wav|m4a|zip)(?![A-Za-z0-9_])'
const MAY_HOLD = new RegExp(ENDING, 'i')
const DOCUMENT = new RegExp(
  String.raw`(?<![\p{L}\p{N}_-])(?:\p{L}{2,30}_[\p{L}\p{N}_-]{2,60}\/)?[\p{L}\p{N}][\p{L}\p{N}_-]{2,79}${ENDING}`,
  'giu',
)
/** What stands between two words of a name, and what joins two written with capitals. */
const JOINT = /_+|(?<=\p{L})-(?=\p{L})|(?<=\p{Ll})(?=\p{Lu}\p{Ll})/gu

/** Reads the words of a document's name apart: "Roe_Jane_DOB_1961.pdf" is "Roe Jane DOB 1961.pdf". */
export function fileNameEdits(text: string): readonly Edit[] {
  if (!MAY_HOLD.test(text)) return []
  return matchesOf(text, DOCUMENT).flatMap((match) =>
    matchesOf(match[0], JOINT).map((joint): Edit => {
      const start = match.index + joint.index
      return { start, end: start + joint[0].length, text: ' ' }
    }),
  )
}
