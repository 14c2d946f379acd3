import assert from 'node:assert/strict'
import { detect, findKnown, learn, NOTHING_KNOWN } from '../../../src/detect/index.ts'
import { viewOf } from '../../../src/detect/normalise/index.ts'
import { RECOGNIZERS } from '../../../src/detect/registry.ts'
import { assertLinear, differentWords, NOISE_MS, repeated, shortest } from '../../support/linear.ts'
import { segment } from './table.ts'

const HOSTILE: Readonly<Record<string, (length: number) => string>> = {
  digits: repeated('1'),
  letters: repeated('a'),
  capitals: repeated('A'),
  'at signs': repeated('@'),
  'letters and at signs': repeated('a@'),
  spaces: repeated(' '),
  'line ends': repeated('\n'),
  dots: repeated('.'),
  titles: repeated('Dr. '),
  initials: repeated('A. '),
  'different words': differentWords,
  names: repeated('Smith, John '),
  'names in mixed lines': repeated('patient Smith '),
  labels: repeated('MRN: '),
  'groups of digits': repeated('123 '),
  'digits and dashes': repeated('1-'),
  'digits and dots': repeated('1.'),
  months: repeated('Jan 1 '),
  'colons in hex': repeated('ab:'),
  'starts of URLs': repeated('http://'),
  brackets: repeated('[A_'),
  parentheses: repeated('('),
  'zero-width characters': repeated('1\u200B'),
  'other scripts': repeated('王'),
}

describe('detection takes linear time', () => {
  it('by a measure that tells a scan that starts anew at every character', () => {
    const quadratic = (text: string) => /a+[xy]/.exec(text.slice(0, text.length / 4))
    assert.throws(() => assertLinear('quadratic', quadratic, repeated('a'), 2), /times as long/)
  })

  for (const [name, textOf] of Object.entries(HOSTILE)) {
    it(`on ${name}, in every recognizer`, () => {
      for (const recognizer of RECOGNIZERS) {
        assertLinear(recognizer.name, (text) => recognizer.find(viewOf(text), 'strict'), textOf)
      }
    })

    it(`on ${name}, for known values and as a whole`, () => {
      const people = 'Smith John|Will Smith|Wa Wb Wc|王'.split('|').map((text) => segment(text))
      const lessons = people.map((one, index) => ({
        segment: index,
        start: 0,
        end: one.text.length,
      }))
      const ids = ['1'.repeat(200), '123123123', 'a@a.example', '1-1-1-1-1'].map((text) =>
        segment(text),
      )
      const known = learn(
        NOTHING_KNOWN,
        [...people, ...ids],
        [
          ...lessons.map((one) => ({ ...one, type: 'PERSON', basis: 'labelled' }) as const),
          ...ids.map(
            (one, index) =>
              ({
                segment: people.length + index,
                start: 0,
                end: one.text.length,
                type: 'OTHER_ID',
                basis: 'labelled',
              }) as const,
          ),
        ],
      )
      assertLinear('findKnown', (text) => findKnown([segment(text)], known), textOf)
      assertLinear(
        'detect',
        (text) => detect([segment(text)], { recall: 'strict', fields: [] }),
        textOf,
      )
    })
  }

  it('however many values are known', () => {
    const words = differentWords(60_000).split(' ')
    const text = differentWords(200_000)
    const knownOf = (count: number) => {
      const segments = words.slice(0, count).map((word) => segment(`Zz${word} Yy${word}`))
      return learn(
        NOTHING_KNOWN,
        segments,
        segments.map(
          (one, index) =>
            ({
              segment: index,
              start: 0,
              end: one.text.length,
              type: 'PERSON',
              basis: 'labelled',
            }) as const,
        ),
      )
    }
    const [few, many] = [knownOf(50), knownOf(5000)]
    const timeOf = (known: typeof few) => shortest(() => findKnown([segment(text)], known), 4)
    assert.ok(timeOf(many) < 3.5 * Math.max(timeOf(few), NOISE_MS))
  })
})
