/** The first of each four characters says the upper bits of a byte: of ASCII text it is one of these. */
const FIRST = /^[A-Za-f]/
const TEXT = /^[\t\n\r\x20-\x7E\u00A0-\uD7FF\uE000-\uFFFD]+$/
const decoder = new TextDecoder('utf-8', { fatal: true })

/** The text that a piece of base64 (also in its form for URLs) holds, if it holds text that people could write. */
export function decodeBase64(piece: string): string | undefined {
  const bare = piece.replace(/=+$/, '')
  if (bare.length % 4 === 1 || !FIRST.test(bare) || !isVaried(bare)) return undefined
  try {
    const bytes = Buffer.from(bare, 'base64')
    const text = decoder.decode(bytes)
    return TEXT.test(text) ? text : undefined
  } catch {
    return undefined
  }
}

/** A word of one case is a word. */
function isVaried(piece: string): boolean {
  return /[a-z]/.test(piece) && /[A-Z]/.test(piece)
}
