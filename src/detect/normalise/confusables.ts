import { matchesOf } from '../matches.ts'
import type { Edit } from './edits.ts'

// Letters of Cyrillic and Greek that are drawn like a Latin letter, and that letter.
const LOOKS_LIKE = new Map(
  [
    'АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXҮYԌGԚQԜWҺh',
    'аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwүyӏl',
    'ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvϲc',
  ].flatMap((row) => pairs(row)),
)

function pairs(row: string): readonly (readonly [string, string])[] {
  const letters = Array.from(row)
  return letters.flatMap((letter, index) =>
    index % 2 === 0 ? [[letter, letters[index + 1] ?? letter] as const] : [],
  )
}

const FOREIGN = /[\u0370-\u03FF\u0400-\u052F]/u
/** A word or an identifier in which Latin letters or digits stand beside Cyrillic or Greek letters. */
const MIXED =
  /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}]*?[A-Za-z0-9])(?=[\p{L}\p{N}]*?[\u0370-\u03FF\u0400-\u052F])[\p{L}\p{N}]+/gu

/**
 * Look-alikes of Latin letters in words that are otherwise Latin, and in identifiers. A word in which one letter has no
 * Latin double ("TGFβ", a Russian word beside a number) is left as it is.
 */
export function confusableEdits(text: string): readonly Edit[] {
  if (!FOREIGN.test(text)) return []
  return matchesOf(text, MIXED).flatMap((match): readonly Edit[] => {
    const edits: Edit[] = []
    let at = match.index
    for (const letter of match[0]) {
      const latin = LOOKS_LIKE.get(letter)
      if (latin === undefined && FOREIGN.test(letter)) return []
      if (latin !== undefined) edits.push({ start: at, end: at + letter.length, text: latin })
      at += letter.length
    }
    return edits
  })
}
