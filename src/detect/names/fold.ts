// Letters that Unicode does not take apart into a base and a mark.
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
}

/** By a look at each character: words are short, and a pattern takes longer to begin than to end. */
function isAscii(word: string): boolean {
  for (let at = 0; at < word.length; at += 1) if (word.charCodeAt(at) > 0x7f) return false
  return true
}

/** A word without case, diacritics and apostrophes: what two spellings of one name have in common. */
export function foldWord(word: string): string {
  if (isAscii(word)) {
    const lower = word.toLowerCase()
    return lower.includes("'") ? lower.replaceAll("'", '') : lower
  }
  return word
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}'\u2019\u2018\u02BC]/gu, '')
    .replace(/[ßæœøđðłþħı]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
    .normalize('NFC')
}
