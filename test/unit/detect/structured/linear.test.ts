import assert from 'node:assert/strict'
import { findStructured } from '../../../../src/detect/structured/index.ts'
import { unmarked } from '../../../support/structured/marked.ts'
import { hl7Message } from '../../../support/structured/hl7-messages.ts'
import { fhirBundle } from '../../../support/structured/fhir-bundles.ts'
import { segment } from '../table.ts'

/** What opens, separates or escapes something in each syntax, over and over. */
const UNITS: readonly string[] = [
  ['|', '[', '{', '<', '"', '\\', '\\"', '\n', ':', ',', ';', '\t', '^', '&', '~', '*'],
  [
    'MSH|',
    'MSH|^~\\&|',
    'MSH|^~\\&|\r',
    'PID|1|',
    'PID|1||\r',
    '\rOBX|1|TX|',
    'ISA*',
    'ST*271*',
    'NM1*~',
  ],
  ['<a>', '<a b="', "<a b='", '</a>', '<a/>', '<!--', '<![CDATA[', '&amp;', '&#', '<a '],
  ['{"a":', '{"a":"', '["', '{"', '{"name":"', '{\\"', '{\\\\"', '[[{"', '{"a":[', '"\\n'],
  ['a,b\n', 'name,dob\n', 'name,dob\n1,2\n', '| name | dob |\n', '|-|\n', '"a,"', 'a|', 'x\ty\n'],
  ['a=1&', "dob='", 'dob="1"', '--dob ', '--a x ', "a: '", '=', "dob='1' and ", '%20'],
  [
    'insert into a values (',
    "insert into a (dob) values ('",
    '(',
    "('',",
    "''",
    'copy a (dob) from stdin;\n',
  ],
  ['a:', 'Name: ', 'Address: 1 A St\n', 'Reno, NV 89501\n', '  Name:', 'Patient Name:  '],
].flat()
const LENGTH = 60_000
/** Four times the text: a linear scan takes 4 times as long, a quadratic one 16 times. */
const LIMIT = 10
const NOISE_MS = 12

function timeOf(text: string): number {
  const start = process.threadCpuUsage()
  findStructured(segment(text), 0, undefined, () => [])
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1000
}

function assertLinear(name: string, part: string, whole: string): void {
  let ratio = Infinity
  // What else the machine does, and a garbage collection, can spoil a pair of runs, not eight.
  for (let run = 0; run < 8 && ratio >= LIMIT; run += 1) {
    const shorter = timeOf(part)
    const longer = timeOf(whole)
    ratio = longer < NOISE_MS ? 0 : longer / Math.max(shorter, NOISE_MS / 4)
  }
  assert.ok(ratio < LIMIT, `${name}: four times the text took ${ratio.toFixed(1)} times as long`)
}

describe('reading structure', () => {
  it('takes linear time on anything that opens and never closes', () => {
    for (const [index, unit] of UNITS.entries()) {
      const of = (length: number) => unit.repeat(Math.ceil(length / unit.length))
      assertLinear(`unit ${index}`, of(LENGTH), of(4 * LENGTH))
    }
  })

  it('takes linear time on data', () => {
    const data = [
      unmarked(JSON.stringify(fhirBundle(1))).text,
      unmarked(`${hl7Message(1)}\r`).text,
      'name,dob,mrn\nAnn Lee,1950-01-02,77182\n',
    ]
    for (const [index, text] of data.entries()) {
      const times = Math.ceil(LENGTH / text.length)
      assertLinear(`data ${index}`, text.repeat(times), text.repeat(4 * times))
    }
  })

  it('survives what is nested deeper than any limit', () => {
    const deep = ['['.repeat(100_000), '{"a":'.repeat(100_000), '<a>'.repeat(100_000)]
    const nested = Array.from({ length: 12 }).reduce<string>(
      (text) => JSON.stringify({ text }),
      'PID',
    )
    for (const text of [...deep, nested, '\uD800{"a":"\uDC00"}', '\u0000|\u0000']) {
      findStructured(segment(text), 0, undefined, () => [])
    }
  })
})
