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
const BEYOND_ASCII = /[\u0080-\uFFFF]/

/** A word without case, diacritics and apostrophes: what two spellings of one name have in common. */
export function foldWord(word: string): string {
  if (!BEYOND_ASCII.test(word)) {
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
