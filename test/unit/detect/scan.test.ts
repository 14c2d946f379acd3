import assert from 'node:assert/strict'
import { viewOf } from '../../../src/detect/normalise/index.ts'
import { RECOGNIZERS } from '../../../src/detect/registry.ts'
import { askedOf } from '../../../src/detect/asked.ts'
import { anchored, anchoredByWords, matchesIn } from '../../../src/detect/scan/index.ts'

// The scan reads every text for these as well: what it promises of patterns has to hold for them.
const DATE = anchored(String.raw`(?<![\p{L}\p{N}])\d{1,2}/\d{1,2}`, 'u', {
  tokens: [{ kind: 'digits', least: 1, most: 2, next: '/', beyond: ['digit'] }],
})
const NAMED = anchored(String.raw`(?<![\p{L}\p{N}])\p{Lu}\p{L}+ (?:Test)ward`, 'u', {
  words: new Set(['testward']),
  back: 1,
  starts: 'A',
})
const OF_OTHERS = anchoredByWords('', 'снилс|žofie|αφμ', String.raw` \d`)

function placesOf(text: string, pattern: typeof DATE): readonly (readonly number[])[] {
  const view = viewOf(text)
  return [view.anchors().positions[pattern.id] ?? [], matchesIn(view, pattern).map((m) => m.index)]
}

describe('a scan for the places where patterns can begin', () => {
  it('passes over a number with something else behind the character that follows it', () => {
    assert.deepEqual(placesOf('12/x 3/4 5/ 6/', DATE), [[5], [5]])
  })

  it('passes over a place that the match cannot begin with', () => {
    assert.deepEqual(placesOf('the Testward, Blue Testward', NAMED), [[4, 14, 19], [14]])
  })

  it('finds words in capitals of other alphabets', () => {
    const text = 'СНИЛС 1, Žofie 2, ΑΦΜ 3'
    assert.deepEqual(placesOf(text, OF_OTHERS), [
      [0, 9, 18],
      [0, 9, 18],
    ])
  })

  it('rules out nothing that is beyond ASCII', () => {
    assert.deepEqual(placesOf('Émile Testward, éa Testward', NAMED), [[0, 6, 16, 19], [0]])
    assert.deepEqual(placesOf('12/\u{10400}', DATE), [[0], []])
  })
})

describe('a text is given to the recognizers', () => {
  const askedFor = (text: string, isProse = true): readonly string[] =>
    askedOf(RECOGNIZERS, viewOf(text), isProse).map(({ name }) => name)

  it('of which a pattern can begin in it, in the order of their list', () => {
    const asked = askedFor('MRN 99120 on 3/14/2026')
    assert.ok(asked.includes('mrn-label') && asked.includes('date'))
    assert.ok(!asked.includes('email') && !asked.includes('photo') && !asked.includes('vin'))
    const order = RECOGNIZERS.map(({ name }) => name).filter((name) => asked.includes(name))
    assert.deepEqual(asked, order)
  })

  it('that need a digit only where it has one', () => {
    assert.ok(!askedFor('the MRN is not known').includes('mrn-label'))
    assert.ok(askedFor('seen last March').includes('date'))
  })

  it('that read another script only where it has letters beyond ASCII', () => {
    assert.ok(!askedFor('Tanaka, 13800138000').some((name) => name.endsWith('-eastern')))
    assert.ok(askedFor('田中, 13800138000').includes('phone-eastern'))
  })

  it('that read sentences only where it has some', () => {
    assert.ok(askedFor('Ann Lee').includes('tagger-person'))
    assert.ok(!askedFor('Ann Lee', false).includes('tagger-person'))
  })
})
