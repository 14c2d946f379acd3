import { TITLES } from '../names/index.ts'
import {
  fullName,
  identifierKeys,
  initialName,
  isShortStreetWord,
  mailAddress,
  phoneKeys,
  streetAddress,
  streetWord,
} from './canonical.ts'
import { isCapital, type WordReader } from './words.ts'

const LONGEST_NAME = 48
const LONGEST_ID = 32
const LONGEST_PHONE = 15
const LONGEST_TEXT = 96
const LONGEST_GAP = 5
const LABELLED_NUMBER = /^[a-z]{1,5}(\d{6,})$/
const NAME_GAP = /^[\s,.;'_^|/&~"-]*$/
const ID_GAP = /^[-./_]$/
const PHONE_GAP = /^[ ().\-/+\t]*$/
const MAIL_GAP = /^[._+\-@']$/
const ADDRESS_GAP = /^[ ,.'#\-\n\t]{1,3}$/

/** Whether a word may stand inside a listed value. */
export type MayStandInside = (hash: number) => boolean

/** Words side by side that may be a listed value: which kinds they can still be, and the keys of each. */
export class Candidate {
  readonly start: number
  readonly #text: string
  readonly #mayStandInside: MayStandInside
  #end = 0
  #words = 0
  /** All letters and digits so far. */
  #joined = ''
  #numbered = false

  #isName = true
  /** The name without initials in its middle and titles. */
  #bare = ''
  /** The first word, where it is an initial; the last one, where it is. */
  #initial = ''
  #last = ''
  #dropped = false

  #isId = true
  #idGap = ''
  #isPhone = true
  #isMail = true
  #hasAt = false
  #isAddress = true
  #street = ''

  constructor(word: WordReader, mayStandInside: MayStandInside) {
    this.#text = word.text
    this.#mayStandInside = mayStandInside
    this.start = word.start
    this.#numbered = word.hasDigit
    this.#take(word, '')
  }

  /** @returns false when nothing listed can go on with this word */
  add(word: WordReader): boolean {
    if (word.start - this.#end > LONGEST_GAP || this.#joined.length > LONGEST_TEXT) return false
    const gap = this.#text.slice(this.#end, word.start)
    if (gap === ' ') {
      this.#isId &&= this.#numbered && word.hasDigit && this.#goesOn(gap)
      this.#isMail = false
    } else {
      this.#isName &&= NAME_GAP.test(gap)
      this.#isId &&= ID_GAP.test(gap) && this.#goesOn(gap)
      this.#isPhone &&= gap.length <= 4 && PHONE_GAP.test(gap)
      this.#isMail &&= MAIL_GAP.test(gap)
      this.#hasAt ||= gap === '@'
      this.#isAddress &&= ADDRESS_GAP.test(gap)
    }
    this.#numbered = word.hasDigit
    this.#take(word, gap)
    return this.#isName || this.#isId || this.#isPhone || this.#isMail || this.#isAddress
  }

  /** The keys under which the words so far may be listed. */
  keys(): readonly string[] {
    const keys: string[] = []
    if (this.#isName && this.#words > 1) this.#addNames(keys)
    if (this.#isId && this.#isWhole()) keys.push(...this.#identifiers())
    if (this.#isPhone && this.#hasCountry()) keys.push(...phoneKeys(this.#joined))
    if (this.#isMail && this.#hasAt) keys.push(mailAddress(this.#joined))
    if (this.#isAddress && this.#words > 1) keys.push(streetAddress(this.#street))
    return keys
  }

  #take(word: WordReader, gap: string): void {
    const folded = word.folded()
    this.#end = word.end
    this.#words += 1
    this.#joined += folded
    if (this.#isName) this.#takeName(word, folded, gap)
    this.#isId &&= folded !== '' && this.#joined.length <= LONGEST_ID
    this.#isPhone &&= this.#joined.length <= LONGEST_PHONE && word.isNumber
    if (this.#isAddress) this.#takeStreet(word, folded)
  }

  #takeName(word: WordReader, folded: string, gap: string): void {
    if (word.hasDigit || folded === '' || this.#joined.length > LONGEST_NAME) {
      this.#isName = false
      return
    }
    const letter = word.isLetter
    const follows = this.#text[word.end]
    const capital = isCapital(this.#text, word.start)
    const first = this.#words === 1
    // Behind the family name it needs its comma: "Robert L." is anybody.
    this.#last = letter && capital && /[,^]/.test(gap) ? folded : ''
    this.#dropped = !first && ((letter && follows !== "'") || TITLES.has(folded))
    if (first) this.#startName(letter, capital, folded, follows === '.')
    else if (!this.#dropped) this.#goOnWithName(word, letter, capital)
    if (this.#dropped || !this.#isName) return
    this.#bare += folded
  }

  /** "J. Smith" and "J Smith" are names; a bare "A" or "I" is a word. */
  #startName(letter: boolean, capital: boolean, folded: string, dotted: boolean): void {
    if (letter && (dotted || (capital && !/^[ai]$/.test(folded)))) this.#initial = folded
  }

  #goOnWithName(word: WordReader, letter: boolean, capital: boolean): void {
    // Every word of a listed name is known, as it is or joined with those before it.
    if (!letter && !this.#mayStandInside(word.hash)) this.#isName = false
    // Without its dot an initial goes before a capital.
    if (this.#initial !== '' && !capital && this.#text[this.start + 1] !== '.') this.#initial = ''
  }

  #takeStreet(word: WordReader, folded: string): void {
    // A word of an address is known, or a number, or the usual short form of a word.
    const street = streetWord(folded)
    const known =
      this.#words === 1 ||
      word.hasDigit ||
      isShortStreetWord(street) ||
      this.#mayStandInside(word.hash)
    this.#isAddress = this.#words <= 8 && known
    this.#street += street
  }

  #addNames(keys: string[]): void {
    const bare = this.#bare
    keys.push(fullName(this.#joined, ''))
    if (this.#dropped) {
      if (this.#last !== '') keys.push(initialName(this.#last, bare))
      return
    }
    if (bare !== this.#joined) keys.push(fullName(bare, ''))
    const initial = this.#initial
    if (initial !== '') keys.push(initialName(initial, bare.slice(initial.length)))
  }

  /** "MRN0048291" is the number as well. */
  #identifiers(): readonly string[] {
    const keys = identifierKeys(this.#joined)
    const number = this.#words === 1 ? LABELLED_NUMBER.exec(this.#joined)?.[1] : undefined
    return number === undefined ? keys : [...keys, ...identifierKeys(number)]
  }

  /** The parts of one number are parted all alike. */
  #goesOn(gap: string): boolean {
    if (this.#words === 1) this.#idGap = gap
    return gap === this.#idGap
  }

  /** Part of a longer number or of an object identifier is no identifier. */
  #isWhole(): boolean {
    const { start } = this
    const end = this.#end
    const before = this.#text.charCodeAt(start - 1)
    const after = this.#text.charCodeAt(end)
    return (
      !(isJoint(before) && isDigit(this.#text.charCodeAt(start - 2))) &&
      !(isJoint(after) && isDigit(this.#text.charCodeAt(end + 1)))
    )
  }

  /** More than ten digits are a number with a country code, or two numbers. */
  #hasCountry(): boolean {
    if (this.#joined.length <= 10 || this.#words === 1) return true
    return this.#text[this.start - 1] === '+' || /^(?:1|00)/.test(this.#joined)
  }
}

function isJoint(unit: number): boolean {
  return unit === 45 || unit === 46
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}
