/** The first of each four characters says the upper bits of a byte: of ASCII text it is one of these. */
const FIRST = /^[A-Za-f]/
const TEXT = /^[\t\n\r\x20-\x7E\u00A0-\uD7FF\uE000-\uFFFC]+$/
/** Bytes that are no text give U+FFFD, which is no text either. */
const decoder = new TextDecoder('utf-8')

/** The text that a piece of base64 (also in its form for URLs) holds, if it holds text that people could write. */
export function decodeBase64(piece: string): string | undefined {
  const bare = piece.replace(/=+$/, '')
  if (bare.length % 4 === 1 || !FIRST.test(bare) || !isVaried(bare)) return undefined
  const bytes = Buffer.from(bare, 'base64')
  if (!bytes.subarray(0, 6).every(isWritten)) return undefined
  const text = decoder.decode(bytes)
  return TEXT.test(text) ? text : undefined
}

/** A word of one case is a word. */
function isVaried(piece: string): boolean {
  return /[a-z]/.test(piece) && /[A-Z]/.test(piece)
}

function isWritten(byte: number): boolean {
  return (byte >= 0x20 && byte !== 0x7f) || byte === 9 || byte === 10 || byte === 13
}
