const FORGET_AT_LEAST = 2048
const WIDE_SPACE = /[\s，。、；：？！]/

/** A text that comes in pieces, of which the beginning can be forgotten; offsets count from the text's beginning. */
export class TextWindow {
  #text = ''
  /** Offset of the first character that is kept. */
  #base = 0

  push(text: string): void {
    this.#text += text
  }

  /** Of all that came. */
  get length(): number {
    return this.#base + this.#text.length
  }

  slice(start: number, end: number): string {
    // A place before the text is its beginning; for String.slice it would be one before its end.
    return this.#text.slice(Math.max(0, start - this.#base), end - this.#base)
  }

  /** What stands before a place is needed no more. */
  forget(before: number): void {
    // Not for each word: what stays is copied.
    if (before - this.#base < FORGET_AT_LEAST) return
    this.#text = this.#text.slice(before - this.#base)
    this.#base = before
  }

  /** Whether words end here. Those of scripts without spaces end at their punctuation. */
  isSpace(at: number): boolean {
    const code = this.#codeAt(at)
    return code < 0x80 ? code <= 0x20 : WIDE_SPACE.test(String.fromCharCode(code))
  }

  skipSpace(from: number): number {
    let at = from
    while (at < this.length && this.isSpace(at)) at += 1
    return at
  }

  /** Where the word ends, or so many characters on: a long one is not gone through again and again. */
  wordEnd(from: number, most: number): number {
    const last = Math.min(this.length, from + most)
    let at = from
    while (at < last && !this.isSpace(at)) at += 1
    return at
  }

  /** The first end of a line in a range; -1 where there is none. */
  lineEnd(from: number, end: number): number {
    for (let at = from; at < end; at += 1) {
      if (this.#codeAt(at) === 0x0a) return at
    }
    return -1
  }

  /** The place, or the one before where it would part a surrogate pair. */
  pairEdge(at: number): number {
    const low = this.#codeAt(at)
    return low >= 0xdc00 && low <= 0xdfff ? at - 1 : at
  }

  #codeAt(at: number): number {
    return this.#text.charCodeAt(at - this.#base)
  }
}
