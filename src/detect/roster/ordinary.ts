import { AMBIGUOUS, CALENDAR, foldWord, isStopWord } from '../names/index.ts'
import { PARTICLES } from './canonical.ts'
import { isCapital, WordReader } from './words.ts'

interface Place {
  readonly start: number
  readonly end: number
}

/** Whether a folded word says nothing of a person by itself: words of the language, and everything very short. */
export function isOrdinary(written: string): boolean {
  const folded = foldWord(written)
  return folded.length < 3 || isStopWord(folded) || AMBIGUOUS.has(folded) || CALENDAR.has(folded)
}

/**
 * Whether words stand there as a name. Ordinary words ("Will May", "Rose") are one only with their capitals, and where
 * any word has one, an ordinary word at either end has it too: "to Hanh" is not the name of somebody called To Hanh.
 */
export function isWritten(text: string, { start, end }: Place): boolean {
  const reader = new WordReader(text.slice(start, end), 0)
  const words: { readonly ordinary: boolean; readonly capital: boolean }[] = []
  while (reader.next()) {
    if (reader.unspaced) return true
    const capital = isCapital(reader.text, reader.start)
    const folded = reader.folded()
    const ordinary = !reader.isLetter && !PARTICLES.has(folded) && isOrdinary(folded)
    words.push({ ordinary, capital })
  }
  const telling = words.filter(({ ordinary }) => !ordinary)
  if (telling.every(({ capital }) => !capital) && telling.length > 0) return true
  const ends = [words[0], words.at(-1)]
  return ends.every((word) => word === undefined || word.capital || !word.ordinary)
}

/** A name that stands for itself: long enough, with its capital, and no word of the language. */
export function isTelling(text: string, { start, end }: Place): boolean {
  return isCapital(text, start) && !isOrdinary(text.slice(start, end))
}
