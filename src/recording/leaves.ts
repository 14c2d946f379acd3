const QUOTE = 0x22
const BACKSLASH = 0x5c

/** JSON strings from this length on, quotes included, are leaves of their own. */
const LONG = 64

/**
 * Cuts JSON text around its long strings. A message that comes again with another `cache_control`, a text in block form
 * that was a string before, and an answer that comes back as a message share what is long in them.
 * @returns the parts in order; joined they are the text
 */
export function leavesOf(text: Uint8Array): Uint8Array[] {
  const leaves: Uint8Array[] = []
  let from = 0
  let at = 0
  for (;;) {
    const open = text.indexOf(QUOTE, at)
    if (open === -1) break
    const end = endOfString(text, open)
    if (end - open >= LONG) {
      if (open > from) leaves.push(text.subarray(from, open))
      leaves.push(text.subarray(open, end))
      from = end
    }
    at = end
  }
  if (from < text.length || text.length === 0) leaves.push(text.subarray(from))
  return leaves
}

/** Behind the closing quote, or the end of the text where there is none. */
function endOfString(text: Uint8Array, open: number): number {
  let at = open + 1
  for (;;) {
    const close = text.indexOf(QUOTE, at)
    if (close === -1) return text.length
    let slashes = 0
    while (text[close - 1 - slashes] === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return close + 1
    at = close + 1
  }
}
