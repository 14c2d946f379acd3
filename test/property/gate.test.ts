import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { matchesOf } from '../../src/detect/matches.ts'
import { hiddenViews, viewOf } from '../../src/detect/normalise/index.ts'
import { RECOGNIZERS } from '../../src/detect/registry.ts'
import { anchoredPatterns, matchesIn, type Anchored } from '../../src/detect/scan/index.ts'
import { holds } from '../support/property.ts'

/** What the patterns are made of, so that generated texts come near to matching them. */
const PIECES =
  `MRN|mr #|Patient|patient ID|ssn|SSN:|social security number|DOB|born|age|Aged|ninety|a hundred|years old|y/o|
yo|M|F|F,|phone|Tel.|Fax|fax number|call her at|cell|ext. 4|x123|+1|+44|(212)|(02)|555|0188|555-0188|212-555-0188|911|7|12|
14|92|101|1961|2021|03|031461|19610314|998877|123456789|2125550188|1234567893|4111 1111 1111 1111|4111-|XQB-12|A12|AB1234563|
1EG4-TE5-MK73|1EG4TE5MK73|GB82 WEST 1234 5698 7654 32|1HGCM82633A004352|00:1B:44:11:3A:B7|fe80::1ff:fe23:4567:890a|10.0.0.7|::|
(01)00844588003288|March|May|may|Jan|Sept|mai|février|third|twenty-first|the|of|last|since|in|in her 90s|Monday|Mon,|st|nd|th|
https://x.example/a?b=1|www.a.org|example.org|clinic.com/x|@handle|instagram|a@b.co|user name:|jdoe_77|photo|IMG_1.jpg|.png|
Dr.|dr|Mrs.|Nurse|Jane|Roe|Mary-Ann|O'Neil|Van der Berg|Smith, John|MD|, RN|Ph.D|who was seen|is|was admitted|presents|, a|
mother|named|dear|I'm|signed,|Attending:|Name:|Elm|Street|St|Ave Apt 3B|P.O. Box|PO BOX|APO|AE|Springfield|IL|Illinois|62704|
97301-1234|zip code|lives in|General Hospital|St. Anne's|Medical Center|of|and|fingerprint|retinal scan #|serial|S/N|VIN|plate|
policy no.|member|claim #|account|acct|NPI|DEA|license number|case #|xxx-xx-6789|last 4|(at)|[dot]|OTk4ODc3|5 5 5 - 1 2 3 4`
    .split('|')
    .map((piece) => piece.trim())
const GLUE = [
  ' ',
  ' ',
  ' ',
  '  ',
  ', ',
  '. ',
  '-',
  '.',
  '/',
  ':',
  ': ',
  '\n',
  '',
  '(',
  ') ',
  '"',
  "'",
  '#',
  ' - ',
  '|',
  '\t',
  '_',
  '@',
  'é',
  '\u0301',
  '😀',
  '王',
]
const text = fc
  .array(
    fc.tuple(
      fc.constantFrom(...PIECES),
      fc.constantFrom(...GLUE),
      fc.constantFrom('', '', '', 'upper', 'lower'),
    ),
    { maxLength: 24 },
  )
  .map((parts) =>
    parts
      .map(([piece, glue, form]) => {
        const written =
          form === 'upper' ? piece.toUpperCase() : form === 'lower' ? piece.toLowerCase() : piece
        return written + glue
      })
      .join(''),
  )

const whole = new Map<Anchored, RegExp>()

function everywhere(value: string, one: Anchored): readonly string[] {
  let pattern = whole.get(one)
  if (pattern === undefined) {
    const { source, flags } = one.pattern
    whole.set(one, (pattern = new RegExp(source, flags.replace('y', 'g'))))
  }
  return matchesOf(value, pattern).map((match) => `${match.index} ${match[0].length}`)
}

describe('the scan for where patterns can begin', () => {
  it('has every pattern of every recognizer', () => {
    const listed = new Set(anchoredPatterns())
    const used = RECOGNIZERS.flatMap(({ patterns }) => patterns ?? [])
    assert.ok(used.length > 50)
    assert.ok(used.every((pattern) => listed.has(pattern)))
  })

  it('misses nothing that a search of the whole text finds', async () => {
    let matches = 0
    let texts = 0
    await holds(
      text,
      (value) => {
        const view = viewOf(value)
        texts += 1
        for (const [number, pattern] of anchoredPatterns().entries()) {
          const found = matchesIn(view, pattern).map((one) => `${one.index} ${one[0].length}`)
          matches += found.length
          assert.deepEqual(found, everywhere(view.text, pattern), `pattern ${number}`)
        }
      },
      { runs: 400, within: 12_000 },
    )
    assert.ok(matches > texts, 'the texts are too far from what is looked for')
  }).timeout(120_000)

  it('makes views whose ranges lead back to whole characters of the text', async () => {
    const odd = fc.array(
      fc.oneof(
        fc.constantFrom(
          '\u200B',
          '\uFF11',
          '𝟏',
          '\u0430',
          'a',
          '%31',
          '%C3%A9',
          '&#49;',
          '&amp;',
          '\\u0031',
          'MTIzLTQ1LTY3ODk=',
          '1 2 3 - 4 5 6',
          '-\n',
          '\uD83D',
          '\uDE00',
          '😀',
          'e\u0301',
          '1\u0336',
          ' (at) ',
          'x',
        ),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      { maxLength: 30 },
    )
    await holds(
      odd.map((parts) => parts.join('')),
      (value) => {
        const base = viewOf(value)
        for (const view of [base, ...hiddenViews(base)]) {
          let last = 0
          for (let at = 0; at < view.text.length; at += 1) {
            const { start, end } = view.origin(at, at + 1)
            assert.ok(start <= end && end <= value.length && start >= last)
            const replaced = view.text.slice(at, at + 1) !== value.slice(start, end)
            assert.ok(!replaced || (!inPair(value, start) && !inPair(value, end)))
            last = start
          }
        }
      },
      { runs: 300 },
    )
  }).timeout(120_000)
})

function inPair(value: string, at: number): boolean {
  return at > 0 && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(value.slice(at - 1, at + 1))
}
