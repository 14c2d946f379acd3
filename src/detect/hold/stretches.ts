import { delimiterOfHeader } from '../structured/index.ts'
import { isClean } from './clean.ts'
import { endOfDocument } from './document.ts'
import { TextWindow } from './text-window.ts'

/** A part of a text that is decided as one; offsets count from the text's beginning. */
export interface Stretch {
  readonly start: number
  readonly end: number
  /** What is found in it depends on the text up to here. */
  readonly look: number
  /** `clean`: nothing is found in it; `whole`: it ends where nothing is open; `cut`: it was too long. */
  readonly kind: 'clean' | 'whole' | 'cut'
}

/** Which words may begin what is looked for. */
export interface Triggers {
  /** `words`: any word, so that sentences are held; `numbers`: what is not letters alone; `none`: nothing. */
  readonly kind: 'words' | 'numbers' | 'none'
  /** Whether a word of letters may begin a value that is known. */
  readonly begins: (word: string) => boolean
}

/** A held stretch ends where so many clean words follow, once so many words of any kind do. */
const CLEAN_BEHIND = 2
const WORDS_BEHIND = 4
/** A longer stretch is decided in parts. */
const LONGEST = 512
/** Where words are held, shorter sentences are decided together. */
const SHORTEST_SENTENCES = 120
const LONGEST_DOCUMENT = 32 * 1024
/** A document begins this early in a word, or not there. */
const BEGINNING = 64
/** What stays undecided of a stretch that is cut: the longest identifier with its separators. */
const OVERLAP = 160
/** What stands before a stretch and is read with it. */
const CONTEXT = 256
const LONGEST_HEADER = 4000

const SENTENCE_END = /[.!?]["'”’)\]*_]*$/
/** What an identifier that is broken over two lines may end with. */
const BROKEN = /[-_@:/(+#=]/

interface Hold {
  readonly start: number
  /** Up to here its words were looked at. */
  at: number
  /** The end of the last word that belongs to it. */
  last: number
  /** Words behind that. */
  behind: number
  /** Whether words that follow are no part of it any more. */
  closed: boolean
  /** It goes on to the end of its line. */
  line: boolean
  longest: number
  /** It does not end before it is so long. */
  least: number
  /** A document was open: it is looked at again when the text is so long. */
  again: number
}

/**
 * Cuts a text into stretches while it comes: a fixed-lag decoder. Where it is cut depends on the text alone, not on the
 * pieces it came in. Text is held from a word that may begin something, and released when nothing is open and at most
 * four words follow.
 */
export class StretchReader {
  readonly #triggers: Triggers
  readonly #text = new TextWindow()
  #from = 0
  #ended = false
  #hold: Hold | undefined
  #line = 0
  #header: { readonly text: string; readonly delimiter: string } | undefined

  constructor(triggers: Triggers) {
    this.#triggers = triggers
  }

  push(text: string): void {
    this.#text.push(text)
  }

  end(): void {
    this.#ended = true
  }

  slice(start: number, end: number): string {
    return this.#text.slice(start, end)
  }

  /** The next stretch, when it can be told: it is either accepted, or it goes on. */
  next(): Stretch | undefined {
    if (this.#hold === undefined) {
      const start = this.#from
      const end = this.#cleanEnd()
      if (end > start) return { start, end, look: end, kind: 'clean' }
      if (!this.#holdsFrom(start)) return undefined
      this.#hold = this.#openAt(start, start)
    }
    return this.#endOf(this.#hold)
  }

  /** Everything before the end, which may be put earlier, is decided. */
  accept(stretch: Stretch, end = stretch.end): void {
    this.#hold = undefined
    this.#readLines(this.#from, end)
    this.#from = end
  }

  /** The stretch does not end there: something goes on to a place behind it. */
  goOn({ start }: Stretch, to: number): void {
    const end = this.#text.wordEnd(to, LONGEST)
    const hold = this.#openAt(start, end)
    // Each time all of it is looked at again: so it is not often, and it does not grow without end.
    hold.longest = Math.max(LONGEST, end - start)
    hold.least = 2 * (end - start)
    this.#hold = hold
  }

  /** What stands before a stretch: the header of its table and its row so far, or the text right before it. */
  before(start: number): { readonly lead: string; readonly from: number } {
    if (this.#header !== undefined && start - this.#line <= LONGEST) {
      return { lead: `${this.#header.text}\n`, from: this.#line }
    }
    if (start <= CONTEXT) return { lead: '', from: 0 }
    let from = start - CONTEXT
    while (from < start && !this.#text.isSpace(from)) from += 1
    return { lead: '', from }
  }

  /** Text before is needed no more by who asked for it. */
  forget(before: number): void {
    const lines = Math.max(this.#line, this.#from - LONGEST_HEADER)
    this.#text.forget(Math.min(before, this.#from - CONTEXT, lines))
  }

  /** Notes where the line begins, and whether a header stands above it. */
  #readLines(start: number, end: number): void {
    for (let at = this.#text.lineEnd(start, end); at >= 0; at = this.#text.lineEnd(at + 1, end)) {
      const line = at - this.#line > LONGEST_HEADER ? '' : this.slice(this.#line, at)
      if (this.#header === undefined || !line.includes(this.#header.delimiter)) {
        const text = line.endsWith('\r') ? line.slice(0, -1) : line
        const delimiter = delimiterOfHeader(text)
        this.#header = delimiter === undefined ? undefined : { text, delimiter }
      }
      this.#line = at + 1
    }
  }

  /** Where the words end that are clean; one that is not complete is none yet. */
  #cleanEnd(): number {
    for (let at = this.#from; ;) {
      const start = this.#text.skipSpace(at)
      const end = this.#text.wordEnd(start, BEGINNING + 1)
      const complete = end < this.#text.length || this.#ended
      if (end === start || !complete || this.#isTrigger(start, end)) return start
      at = end
    }
  }

  /** Whether a word stands here that is held: it is complete, or too long to be a word. */
  #holdsFrom(start: number): boolean {
    const end = this.#text.wordEnd(start, BEGINNING + 1)
    return end > start && (end < this.#text.length || this.#ended || end - start > BEGINNING)
  }

  #isTrigger(start: number, end: number): boolean {
    const { kind, begins } = this.#triggers
    // What is so long is no word, and is not waited for.
    if (end - start > BEGINNING) return true
    if (kind !== 'numbers') return kind === 'words'
    const word = this.slice(start, end)
    return !isClean(word) || begins(word)
  }

  #openAt(start: number, at: number): Hold {
    const line = this.#header !== undefined
    const longest = at - start + LONGEST
    const least = this.#triggers.kind === 'words' ? SHORTEST_SENTENCES : 0
    return { start, at, last: at, behind: 0, closed: false, line, longest, least, again: 0 }
  }

  #endOf(hold: Hold): Stretch | undefined {
    for (;;) {
      const limit = hold.start + hold.longest
      const start = this.#text.skipSpace(hold.at)
      if (start >= limit) return this.#cut(hold, limit)
      if (start >= this.#text.length) {
        return this.#ended ? whole(hold, this.#text.length, this.#text.length) : undefined
      }
      if (this.#endsWithLine(hold, start)) return whole(hold, hold.at, hold.at)
      const document = hold.closed ? 'none' : this.#document(hold, start)
      if (document === 'wait') return undefined
      if (document === 'cut') return this.#cut(hold, start + LONGEST_DOCUMENT)
      const end = document === 'none' ? this.#text.wordEnd(start, limit + 1 - start) : document
      if (document === 'none') {
        if (end > limit || (end === this.#text.length && end >= limit))
          return this.#cut(hold, limit)
        if (end === this.#text.length && !this.#ended) return undefined
      } else hold.longest = end - hold.start + LONGEST
      this.#takeWord(hold, start, end)
      if (hold.behind >= WORDS_BEHIND) return whole(hold, hold.last, hold.at)
    }
  }

  /** Whether the line ends before the next word, and nothing can go on in the next one. */
  #endsWithLine(hold: Hold, next: number): boolean {
    if (hold.at === hold.start || this.#text.lineEnd(hold.at, next) < 0) return false
    if (hold.line) return true
    if (hold.at - hold.start < hold.least) return false
    const isBroken =
      BROKEN.test(this.slice(hold.at - 1, hold.at)) || this.slice(next, next + 1) === '@'
    return !isBroken
  }

  /** Where the document ends that begins in the word here. */
  #document(hold: Hold, start: number): number | 'none' | 'wait' | 'cut' {
    const wordEnd = this.#text.wordEnd(start, BEGINNING)
    const known = wordEnd < this.#text.length || this.#ended
    if (!known || (this.#text.length < hold.again && !this.#ended)) return 'wait'
    const last = start + LONGEST_DOCUMENT
    const complete = this.#ended && last >= this.#text.length
    const end = endOfDocument(this.slice(start, last), wordEnd - start, complete)
    if (end === 'none') return 'none'
    if (end !== 'open') return start + end
    if (this.#text.length >= last) return 'cut'
    // Looked at again only when there is an eighth more of it: each look reads all of it.
    hold.again = Math.min(last, this.#text.length + ((this.#text.length - start) >> 3))
    return 'wait'
  }

  #takeWord(hold: Hold, start: number, end: number): void {
    hold.at = end
    if (hold.closed) {
      hold.behind += 1
      return
    }
    const word = this.slice(Math.max(start, end - LONGEST), end)
    if (word.includes('\\')) hold.line = true
    if (hold.line || this.#isTrigger(start, end)) {
      hold.last = end
      hold.behind = 0
    } else hold.behind += 1
    if (hold.line || end - hold.start < hold.least) return
    hold.closed = hold.behind >= CLEAN_BEHIND || this.#isSentenceEnd(end)
  }

  /** Where words are held, a sentence at a time. */
  #isSentenceEnd(end: number): boolean {
    return this.#triggers.kind === 'words' && SENTENCE_END.test(this.slice(end - 10, end))
  }

  /** What is too long is decided but for its end. */
  #cut(hold: Hold, limit: number): Stretch {
    let end = limit - OVERLAP
    while (end > limit - 2 * OVERLAP && !this.#text.isSpace(end)) end -= 1
    if (!this.#text.isSpace(end)) end = this.#uncut(this.#text.pairEdge(limit - OVERLAP))
    return { start: hold.start, end, look: this.#text.pairEdge(limit), kind: 'cut' }
  }

  /** Not inside of a placeholder. */
  #uncut(end: number): number {
    const before = this.slice(end - OVERLAP, end)
    const opened = before.lastIndexOf('[')
    return opened > before.lastIndexOf(']') ? end - before.length + opened : end
  }
}

function whole(hold: Hold, end: number, look: number): Stretch {
  return { start: hold.start, end, look, kind: 'whole' }
}
