import { foldWord } from './fold.ts'
import { CREDENTIALS, SUFFIXES, TITLES } from './titles.ts'

// Invisible characters are dropped before the words are taken, as the detector's own view does.
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/gu
const WORD = /[\p{L}\p{M}\p{N}]+(?:['\u2018\u2019\u02BC][\p{L}\p{M}\p{N}]+)*/gu
const POSSESSIVE = /['\u2018\u2019\u02BC]s(?![\p{L}\p{M}\p{N}])/giu

/**
 * The folded parts of a person's name, first name first: lower case, without diacritics, punctuation, titles,
 * credentials and possessive; "Last, First M." is turned round. Empty only where the text holds no letter or digit.
 */
export function nameParts(text: string): readonly string[] {
  const sections = text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(POSSESSIVE, '')
    .replace(/\b(Ph|Pharm|Psy)\.? ?D\b\.?/g, '$1D ')
    .replace(/\b((?:[A-Z]\.){2,}[A-Z]?)/gi, joinCredential)
    .split(/[,\u3001\uFF0C;]/)
    .map(wordsOf)
    .filter((words) => words.length > 0)
  const bare = sections.map(dropTitles).filter((words) => words.length > 0)
  const kept = bare.filter((words, index) => index === 0 || !words.every(isCredential))
  const names = kept.map(dropTrailingCredentials)
  const ordered = inOrder(names).map(foldWord)
  return ordered.length > 0 ? ordered : sections.flat().map(foldWord)
}

/** The parts of a name joined by spaces. */
export function foldName(text: string): string {
  return nameParts(text).join(' ')
}

function wordsOf(section: string): readonly string[] {
  return section.match(WORD) ?? []
}

/** "M.D." is one word, "J.R." are two initials. */
function joinCredential(dotted: string): string {
  const joined = dotted.replaceAll('.', '')
  return isCredential(joined) ? `${joined} ` : dotted
}

function isCredential(word: string): boolean {
  return CREDENTIALS.has(word.toUpperCase())
}

function isSuffix(word: string): boolean {
  return SUFFIXES.has(word.toLowerCase())
}

function dropTitles(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !TITLES.has(word.toLowerCase()))
  return first < 0 ? [] : words.slice(first)
}

/** Credentials are also surnames (Do, Ma): dropped only in capitals, and never the last word that is left. */
function dropTrailingCredentials(words: readonly string[]): readonly string[] {
  let end = words.length
  const caps = words.every((word) => word === word.toUpperCase())
  for (let word = words[end - 1]; end > 1 && word !== undefined; word = words[end - 1]) {
    if (!isCredential(word) || word !== word.toUpperCase() || (caps && end <= 2)) break
    end -= 1
  }
  return words.slice(0, end)
}

function inOrder(sections: readonly (readonly string[])[]): readonly string[] {
  const suffixes = sections.slice(1).filter((words) => words.every(isSuffix))
  const [last, ...first] = sections.filter((words) => !suffixes.includes(words))
  return [...first.flat(), ...(last ?? []), ...suffixes.flat()]
}
