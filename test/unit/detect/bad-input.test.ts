import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  detect,
  findKnown,
  learn,
  mergeFindings,
  NOTHING_KNOWN,
} from '../../../src/detect/index.ts'
import type { Finding, Segment } from '../../../src/domain/index.ts'
import { inventPeople, listed, rosterOf } from '../../support/listed-people.ts'

const ROSTER = rosterOf(inventPeople(200).map(listed))
const MEGABYTE = 1024 * 1024
const SSN = '123-45-6789'

function segment(text: string): Segment {
  return { path: '', role: 'user', place: 'text', text, keys: [] }
}

function find(text: string): readonly Finding[] {
  const segments = [segment(text)]
  const found = detect(segments, { recall: 'balanced', fields: [], roster: ROSTER })
  return mergeFindings(found, findKnown(segments, learn(NOTHING_KNOWN, segments, found)))
}

function masked(text: string, findings: readonly Finding[]): string {
  let at = 0
  let result = ''
  for (const { start, end } of findings) {
    assert.ok(start >= at && end > start && end <= text.length, 'spans are in order')
    result += `${text.slice(at, start)}[X]`
    at = end
  }
  return result + text.slice(at)
}

/** Whether both ends of every span stand between code points. */
function keepsCodePoints(text: string, findings: readonly Finding[]): boolean {
  const inside = (at: number): boolean =>
    /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1))
  return findings.every(({ start, end }) => !inside(start) && !inside(end))
}

describe('detection of bad input', function () {
  this.timeout(120_000)

  it('finds what stands behind lone surrogates, NUL and other scripts, at its own place', () => {
    const leads = [
      '\uD800',
      '\uDC00\uD800 ',
      '\u0000\u0000 ',
      '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} ',
      'e\u0301\u0301\u0301 ',
      '\u202Eabc\u202C ',
      '\u041F\u0430\u0446\u0438\u0435\u043D\u0442 ',
      '\u60A3\u8005\uFF1A ',
      '\u0645\u0631\u064A\u0636 ',
      '\u0E1C\u0E39\u0E49\u0E1B\u0E48\u0E27\u0E22 ',
      '\uFDFA\uFDFA ',
      '\u{1D7CF}\u{1D7D0} ',
    ]
    for (const lead of leads) {
      const text = `${lead} SSN ${SSN} ${lead}`
      const found = find(text).filter(({ type }) => type === 'US_SSN')
      assert.deepEqual(
        found.map(({ start, end }) => text.slice(start, end)),
        [SSN],
      )
    }
  })

  it('never splits a code point, and leaves what is between spans as it was', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        SSN,
        ' Patient: Jo Roe ',
        '\uD83D',
        '\uDE00',
        '\u00AD',
        '\u0000',
        '\u{1D7D8}',
      ),
      fc.constantFrom('MRN ', '555-0188', '\u200B', ' (415) 555-0188 ', 'ﬁ', 'ǆ', 'İ', '\uFF11'),
    )
    const texts = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        const found = find(text)
        assert.ok(keepsCodePoints(text, found))
        const rest = masked(text, found).split('[X]').join('').length
        const covered = found.reduce((sum, { start, end }) => sum + end - start, 0)
        assert.equal(rest + covered, text.length)
      }),
      { numRuns: 200 },
    )
  })

  const HOSTILE: Readonly<Record<string, (length: number) => string>> = {
    'letters without a space': (length) => 'a'.repeat(length),
    'digits without a space': (length) => '7'.repeat(length),
    'brackets, one inside the other': (length) => '['.repeat(length / 2) + ']'.repeat(length / 2),
    'surrogates that are alone': (length) => '\uD800'.repeat(length),
    'marks on one letter': (length) => `e${'\u0301'.repeat(length)}`,
    'words all different': (length) =>
      Array.from({ length: length / 8 }, (_, n) => (n * 7919 + 46656).toString(36)).join(' '),
    'names of the roster': (length) =>
      inventPeople(200)
        .map(({ given, family }) => `${given} ${family}`)
        .join(' ')
        .repeat(length / 2000),
    'dates and numbers': (length) => '03/04/1956 482910-17 '.repeat(length / 21),
    'characters of a script without spaces': (length) => '王小明李'.repeat(length / 4),
  }
  for (const [name, make] of Object.entries(HOSTILE)) {
    it(`takes time in proportion: ${name}`, () => {
      const time = (length: number): number => {
        const text = make(length)
        const start = performance.now()
        find(text)
        return performance.now() - start
      }
      time(MEGABYTE / 64)
      const ratios = [0, 1].map(() => time(MEGABYTE / 8) / Math.max(time(MEGABYTE / 64), 4))
      // Eight times the length; far less than the 64 of a square.
      assert.ok(Math.min(...ratios) < 28, `ratio ${Math.min(...ratios).toFixed(1)}`)
    })
  }

  it('goes through a text of 30 MB to its end', () => {
    const line = 'const total = items.map((item) => item.price).reduce((a, b) => a + b, 0)\n'
    const text = line.repeat(Math.ceil((30 * MEGABYTE) / line.length)) + `SSN ${SSN}`
    const segments = [segment(text)]
    const found = detect(segments, { recall: 'balanced', fields: [], roster: ROSTER })
    assert.equal(found.at(-1)?.end, text.length)
  })
})
