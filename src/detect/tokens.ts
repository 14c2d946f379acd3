import { foldWord } from './names/index.ts'

/** A run of letters (with the apostrophes inside it) or of digits. */
export interface Token {
  readonly start: number
  readonly end: number
  readonly folded: string
}

const TOKEN = /[\p{L}\p{M}]+(?:['\u2018\u2019\u02BC][\p{L}\p{M}]+)*|\p{N}+/gu

/** The words and numbers of a text, folded, without the possessive 's. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let next = nextToken(text); next !== undefined; next = nextToken(text)) tokens.push(next)
  return tokens
}

/** The tokens behind a place, read as far as they are asked for. */
export class TokenReader {
  readonly #text: string
  readonly #read: Token[] = []
  #from: number

  constructor(text: string, from: number) {
    this.#text = text
    this.#from = from
  }

  at(index: number): Token | undefined {
    while (this.#read.length <= index && this.#from < this.#text.length) {
      TOKEN.lastIndex = this.#from
      const next = nextToken(this.#text)
      this.#from = next === undefined ? this.#text.length : TOKEN.lastIndex
      if (next !== undefined) this.#read.push(next)
    }
    return this.#read[index]
  }
}

function nextToken(text: string): Token | undefined {
  const match = TOKEN.exec(text)
  if (match === null) return undefined
  const possessive = /['\u2018\u2019\u02BC][sS]$/.test(match[0]) && match[0].length > 2
  const word = possessive ? match[0].slice(0, -2) : match[0]
  return { start: match.index, end: match.index + word.length, folded: foldWord(word) }
}
