import assert from 'node:assert/strict'
import { detect, findKnown, learn, NOTHING_KNOWN } from '../../../src/detect/index.ts'
import { viewOf } from '../../../src/detect/normalise/index.ts'
import { RECOGNIZERS } from '../../../src/detect/registry.ts'
import { segment } from './table.ts'

const repeated = (unit: string) => (length: number) =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

/** Words that are all different and all have a capital. */
function differentWords(length: number): string {
  const words: string[] = []
  for (let total = 0, n = 0; total < length; n += 1) {
    const word = `W${n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)))}`
    words.push(word)
    total += word.length + 1
  }
  return words.join(' ').slice(0, length)
}

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
  'look-alike letters': repeated('a\u0430'),
  'escapes of JSON': repeated('\\u0031'),
  'percent signs': repeated('%31'),
  entities: repeated('&#49;'),
  'spaced digits': repeated('5 4 7 '),
  'broken lines': repeated('12-\n'),
  'cells of a table': repeated('12-|'),
  'letters of base64': repeated('MTIzLTQ1'),
  'base64 in many pieces': repeated('MTIzLTQ1LTY3ODk= '),
  'slashes and digits': repeated('3/4'),
  years: repeated('2021 '),
  'heads of facilities': repeated('Medical Center '),
  pictures: repeated('photo.png '),
  sites: repeated('a.com/'),
}

/** The shortest of some runs, in milliseconds of this thread: what else the machine does must not count. */
function shortest(work: () => void, runs: number): number {
  let best = Infinity
  for (let run = 0; run < runs; run += 1) {
    const start = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(start)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

/** Times too short to measure are linear enough. */
const NOISE_MS = 8
/** Four times the text: a linear scan takes 4 times as long, a quadratic one 16 times. */
const LIMIT = 9

function assertLinear(
  name: string,
  work: (text: string) => void,
  textOf: (length: number) => string,
  rounds = 8,
) {
  let ratio = Infinity
  // The first runs of a pattern are interpreted: they would make the shorter text look slow.
  for (let warm = 0; warm < 3; warm += 1) work(textOf(2_000))
  // A garbage collection can spoil a pair of runs, not eight, of which the later ones are repeated more often.
  for (let runs = 1; runs <= rounds && ratio >= LIMIT; runs += 1) {
    const [part, whole] = [textOf(30_000), textOf(120_000)]
    const shorter = shortest(() => work(part), runs)
    const longer = shortest(() => work(whole), runs)
    ratio = longer < NOISE_MS ? 0 : longer / Math.max(shorter, NOISE_MS / 4)
  }
  assert.ok(ratio < LIMIT, `${name}: four times the text took ${ratio.toFixed(1)} times as long`)
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
