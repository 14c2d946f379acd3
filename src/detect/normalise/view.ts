import { oneByteOf, scan, type Anchors, type Copy } from '../scan/index.ts'
import { characterEdits } from './characters.ts'
import { confusableEdits } from './confusables.ts'
import { edited, type Range } from './edits.ts'
import { narrow } from './narrow.ts'

/** A text as the recognizers read it, with the way back to the original offsets. */
export interface TextView {
  /** The text with invisible characters dropped, and look-alike letters, digits, dashes and spaces made plain. */
  readonly text: string
  readonly hasAt: boolean
  /** Whether a character beyond ASCII stands in it. */
  readonly hasForeign: boolean
  /** The text in one byte a character, in which patterns are searched; undefined where there is no such copy. */
  oneByte(): Copy | undefined
  /** Where each pattern can begin: one pass over the text when it is first asked. */
  anchors(): Anchors
  /** The original UTF-16 range of a range of the view. */
  origin(start: number, end: number): Range
}

const BEYOND_ASCII = /[\u0080-\uFFFF]/
const itself: TextView['origin'] = (start, end) => ({ start, end })

/** Makes the view of a text. Without odd characters it is the text itself. */
export function viewOf(original: string): TextView {
  if (!BEYOND_ASCII.test(original)) return viewFrom(narrow(original), itself)
  const plain = edited(original, characterEdits(original))
  const folded = edited(plain.text, confusableEdits(plain.text))
  return viewFrom(narrow(folded.text), (start, end) => {
    const range = folded.origin(start, end)
    return plain.origin(range.start, range.end)
  })
}

/** The view of a text that was made from another one. */
export function viewFrom(text: string, origin: TextView['origin']): TextView {
  let anchors: Anchors | undefined
  let oneByte: Copy | undefined | null = null
  return {
    text,
    hasAt: text.includes('@'),
    hasForeign: BEYOND_ASCII.test(text),
    oneByte: () => (oneByte === null ? (oneByte = oneByteOf(text)) : oneByte),
    anchors: () => (anchors ??= scan(text)),
    origin,
  }
}
