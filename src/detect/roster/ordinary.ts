import { AMBIGUOUS, CALENDAR, foldWord, isStopWord } from '../names/index.ts'
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

/** Ordinary words alone ("Will May", "Rose") are a name only where each has its capital. */
export function isWritten(text: string, { start, end }: Place): boolean {
  const reader = new WordReader(text.slice(start, end), 0)
  let ordinary = true
  let capital = true
  while (reader.next()) {
    const word = reader.text.slice(reader.start, reader.end)
    if (word.length > 1 && !reader.unspaced) ordinary &&= isOrdinary(word)
    else if (reader.unspaced) return true
    capital &&= isCapital(reader.text, reader.start)
  }
  return capital || !ordinary
}

/** A name that stands for itself: long enough, with its capital, and no word of the language. */
export function isTelling(text: string, { start, end }: Place): boolean {
  return isCapital(text, start) && !isOrdinary(text.slice(start, end))
}
