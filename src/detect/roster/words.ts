import { foldWord } from '../names/index.ts'
import { finished, fingerprint, mixed } from './fingerprint.ts'

const UNKNOWN = 0
const BETWEEN = 1
const LETTER = 2
const DIGIT = 3
const WIDE = 4
const UNSPACED = 5

const WORD = /[\p{L}\p{M}\p{N}]/u
// Scripts that put no spaces between words: each character is a word here, and names are put together from them.
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** What each UTF-16 code unit is, found out when it is first seen: a property of Unicode, not of any text. */
const CLASSES = new Uint8Array(65_536)
for (let unit = 0; unit < 128; unit += 1) CLASSES[unit] = classOfAscii(unit)

const LONGEST_FOLDED = 64
const MOST_FOLDED = 5000

/** Goes through the words of a text: runs of letters and digits, apostrophes and hyphens between them. */
export class WordReader {
  readonly text: string
  readonly #seed: number
  readonly #folds: Map<string, string>
  start = 0
  end = 0
  /** Fingerprint of the folded word; 0 for words too long to be anybody's. */
  hash = 0
  hasDigit = false
  /** Nothing but digits. */
  isNumber = false
  /** A character of a script without spaces. */
  unspaced = false
  #wide = false

  constructor(text: string, seed: number, folds = new Map<string, string>()) {
    this.text = text
    this.#seed = seed
    this.#folds = folds
  }

  /** A second reader behind the word that this one is at. */
  ahead(): WordReader {
    const other = new WordReader(this.text, this.#seed, this.#folds)
    other.end = this.end
    return other
  }

  next(): boolean {
    const { text } = this
    let at = this.end
    let kind = BETWEEN
    for (; at < text.length; at += 1) {
      kind = classOf(text.charCodeAt(at))
      if (kind !== BETWEEN) break
    }
    this.start = at
    this.end = at
    if (at >= text.length) return false
    this.unspaced = kind === UNSPACED
    if (this.unspaced) {
      this.end = at + 1
      this.hasDigit = false
      this.isNumber = false
      this.#wide = false
      this.hash = finished(mixed(this.#seed, text.charCodeAt(at)))
    } else {
      this.#take(at)
    }
    return true
  }

  #take(from: number): void {
    const { text } = this
    let state = this.#seed
    let digit = false
    let letter = false
    let wide = false
    let at = from
    for (; at < text.length; at += 1) {
      const unit = text.charCodeAt(at)
      const kind = classOf(unit)
      if (kind === BETWEEN || kind === UNSPACED) break
      if (kind === DIGIT) digit = true
      else letter = true
      if (kind === WIDE) wide = true
      state = mixed(state, kind === LETTER ? unit | 32 : unit)
    }
    this.end = at
    this.hasDigit = digit
    this.isNumber = !letter
    this.#wide = wide
    if (at - from > LONGEST_FOLDED) this.hash = 0
    else this.hash = wide ? fingerprint(this.folded(), this.#seed) : finished(state)
  }

  /** One letter, which is an initial only if it is written as one. */
  get isLetter(): boolean {
    return this.end - this.start === 1 && !this.hasDigit && !this.unspaced
  }

  /** The word in lower case, without diacritics. Empty where it is too long to be anybody's. */
  folded(): string {
    if (this.end - this.start > LONGEST_FOLDED) return ''
    const word = this.text.slice(this.start, this.end)
    if (!this.#wide) return this.unspaced ? word : word.toLowerCase()
    const known = this.#folds.get(word)
    if (known !== undefined) return known
    const folded = foldWord(word)
    if (this.#folds.size < MOST_FOLDED) this.#folds.set(word, folded)
    return folded
  }
}

/** Whether a text is of a script without spaces, as far as its first character tells. */
export function isUnspaced(text: string): boolean {
  return WITHOUT_SPACES.test(text.slice(0, 1))
}

const CAPITAL = /^[\p{Lu}\p{Lt}\p{Lo}]/u

/** Whether a capital stands at a position, or a letter of a script that has none. */
export function isCapital(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit < 128 ? unit >= 65 && unit <= 90 : CAPITAL.test(text.slice(at, at + 2))
}

/** The folded words of a short text. */
export function foldedWords(text: string): readonly string[] {
  const reader = new WordReader(text, 0)
  const words: string[] = []
  while (reader.next()) words.push(reader.folded())
  return words.filter((word) => word !== '')
}

function classOf(unit: number): number {
  const known = CLASSES[unit] ?? BETWEEN
  return known === UNKNOWN ? (CLASSES[unit] = classOfWide(unit)) : known
}

function classOfAscii(unit: number): number {
  if (unit >= 48 && unit <= 57) return DIGIT
  const lower = unit | 32
  return lower >= 97 && lower <= 122 && unit >= 65 ? LETTER : BETWEEN
}

function classOfWide(unit: number): number {
  const character = String.fromCharCode(unit)
  if (!WORD.test(character)) return BETWEEN
  return WITHOUT_SPACES.test(character) ? UNSPACED : WIDE
}
