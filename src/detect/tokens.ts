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
  for (const match of text.matchAll(TOKEN)) {
    const possessive = /['\u2018\u2019\u02BC][sS]$/.test(match[0]) && match[0].length > 2
    const word = possessive ? match[0].slice(0, -2) : match[0]
    tokens.push({ start: match.index, end: match.index + word.length, folded: foldWord(word) })
  }
  return tokens
}
