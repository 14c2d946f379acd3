/**
 * Controls (but tab and line feed), lone surrogates, and format characters: those that turn the direction of text, join
 * or hide (Unicode category Cf), and the separators of lines and paragraphs. Whoever reads has to see that they are
 * there, and a terminal must not obey them.
 */
const UNSEEN = /[^\P{C}\t\n]|[\u2028\u2029\u115f\u1160\u3164\uffa0]/gu

/** Text of a payload in which what hides, joins or commands stands by its name. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (character) => `\u27e8${nameOf(character)}\u27e9`)
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
