import { detect } from '../../../src/detect/index.ts'
import { assertLinear, differentWords, repeated } from '../../support/linear.ts'
import { BALANCED, segment } from './table.ts'

/** Where a recognizer or a view has most to do, and texts without a blank. */
const HOSTILE: Readonly<Record<string, (length: number) => string>> = {
  'one word': repeated('a'),
  'one number': repeated('7'),
  'letters and at signs': repeated('a@'),
  titles: repeated('Dr. '),
  'different words': differentWords,
  labels: repeated('MRN: '),
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

describe('detection of a megabyte takes four times as long as of a quarter', function () {
  this.timeout(120_000)
  for (const [name, textOf] of Object.entries(HOSTILE)) {
    it(`on ${name}`, () => {
      assertLinear(name, (text) => detect([segment(text)], BALANCED), textOf, 3, 250_000)
    })
  }
})
