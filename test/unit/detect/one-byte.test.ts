import assert from 'node:assert/strict'
import { array, assert as assertProperty, constantFrom, property } from 'fast-check'
import { viewOf } from '../../../src/detect/normalise/index.ts'
import { RECOGNIZERS } from '../../../src/detect/registry.ts'
import { anchored, matchesIn, oneByteOf } from '../../../src/detect/scan/index.ts'
import { oneBytePattern } from '../../../src/detect/scan/one-byte.ts'

const NAMED = anchored(String.raw`(?<![\p{L}\p{N}])\p{Lu}\p{Ll}{2,9} of (\p{L}{2,9})`, 'u', {
  words: new Set(['thor']),
})

/** The characters of the basic plane that have a stand-in, in one text. */
const STOOD_FOR = Array.from({ length: 0xff_ff }, (_, code) => String.fromCharCode(code))
  .filter((character) => oneByteOf(character) !== undefined)
  .join('')

/** Where a global pattern matches. */
function placesOf(pattern: RegExp | undefined, text: string | undefined): readonly string[] {
  assert.ok(pattern !== undefined && text !== undefined)
  return [...text.matchAll(pattern)].map(({ index, 0: match }) => `${index}+${match.length}`)
}

const WORDS =
  `Dr. Roe|Łódź|MRN: 4471-22|12 March 2021|st. Ωmega Clinic|patient Ünal|5 ≥ 3 mg|(555) 123-4567|Иванов|患者|age 93|a@b.example
  |born 1/2/1934|in Žilina|account no 99120|😀|–|“ID” 77120|…|\n|, |. |'s |ǅ|ﬁ|µ|μg|\u017f|\u212a|ß|İ`.split(
    '|',
  )

describe('a copy of a text in one byte a character', () => {
  it('is the text itself where that has room in it', () => {
    assert.deepEqual(oneByteOf('Zoë Roe'), { text: 'Zoë Roe', hasStandIns: false })
  })

  it('is as long as the text, also where characters take two units', () => {
    const copy = oneByteOf('a ≥ 😀 Ł')
    assert.equal(copy?.text.length, 'a ≥ 😀 Ł'.length)
    assert.match(copy?.text ?? '', /^[^\u0100-\uFFFF]*$/)
    const many = Array.from({ length: 3000 }, (_, index) => String.fromCodePoint(0x1f000 + index))
    assert.ok(many.filter((one) => oneByteOf(one) !== undefined).length > 2900)
    for (const letter of ['\u{1d400}', '\u{1d7ce}', '\u{10400}', '\u{e0100}', '\u{20000}']) {
      assert.equal(oneByteOf(letter), undefined, 'a letter, a digit or a mark')
    }
  })

  it('does not exist where a character is another one of Latin-1 in another case, half a pair, or a stand-in itself', () => {
    for (const text of ['\u017f', '\u212a', 'ẞ', '\ud83d', '\udc00a', 'a\u0090']) {
      assert.equal(oneByteOf(text), undefined)
    }
    assert.ok(STOOD_FOR.length > 60_000)
  })

  it('is matched where the text is, character by character', () => {
    const items = String.raw`\p{L}|\p{Lu}|\p{Ll}|[\p{L}\p{M}]|\p{N}|\s|\S|\D|.|[^\p{L}]|[^\n]|[\p{Lu}\d'-]`
    for (const item of items.split('|')) {
      for (const flags of ['gu', 'giu']) {
        const pattern = new RegExp(item, flags)
        const copied = placesOf(oneBytePattern(pattern), oneByteOf(STOOD_FOR)?.text)
        assert.deepEqual(copied, placesOf(pattern, STOOD_FOR), `${item} ${flags}`)
      }
    }
  })

  it('is matched by every pattern where the text is', () => {
    const matchOf = (pattern: RegExp, text: string, at: number) => {
      pattern.lastIndex = at
      return pattern.exec(text)?.[0].length
    }
    const texts = array(constantFrom(...WORDS), { minLength: 1, maxLength: 8 })
    const separators = constantFrom('', ' ')
    assertProperty(
      property(texts, separators, (words, separator) => {
        const text = words.join(separator)
        const copy = oneByteOf(text)
        if (copy === undefined) return
        for (const one of RECOGNIZERS.flatMap(({ patterns = [] }) => patterns)) {
          const pattern = one.oneByte()
          if (pattern === undefined) continue
          for (let at = 0; at < text.length; at += 1) {
            if (text.charCodeAt(at) >>> 10 === 0x37) continue
            const found = matchOf(pattern, copy.text, at)
            assert.equal(found, matchOf(one.pattern, text, at), `${one.pattern.source} at ${at}`)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives matches with what stands in the text', () => {
    const matches = matchesIn(viewOf('≥ Thor of Ōsaka, Thor of Asgard'), NAMED)
    assert.deepEqual(
      matches.map(({ index, 0: whole, 1: place }) => [index, whole, place]),
      [
        [2, 'Thor of Ōsaka', 'Ōsaka'],
        [17, 'Thor of Asgard', 'Asgard'],
      ],
    )
  })

  it('is not read by patterns that name a character that it does not have', () => {
    assert.equal(oneBytePattern(/tel|тел/iu), undefined)
    assert.equal(oneBytePattern(/[–-]/u), undefined)
    assert.equal(oneBytePattern(/\u2013/u), undefined)
    assert.equal(oneBytePattern(/\p{Script=Greek}/u), undefined)
  })
})
