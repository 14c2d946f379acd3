import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { cdaDocument } from '../../../support/structured/cda-documents.ts'
import { fhirBundle } from '../../../support/structured/fhir-bundles.ts'
import { hl7Message } from '../../../support/structured/hl7-messages.ts'
import { unmarked } from '../../../support/structured/marked.ts'
import { findAll, masked } from '../../../support/structured/measure.ts'
import { TABLES } from '../../../support/structured/tables.ts'
import { holds } from '../../../support/property.ts'

const seeds = fc.integer({ min: 1, max: 10_000 })
const EFFORT = { runs: 12, within: 2500 }

const maskedText = (marked: string): readonly [before: string, after: string] => {
  const { text } = unmarked(marked)
  return [text, masked(text, findAll(text))]
}
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
}
const count = (text: string, sign: string) => text.split(sign).length

describe('masking keeps the syntax around what it masks', () => {
  it('of JSON, and of JSON in a string', async () => {
    await holds(
      seeds,
      (seed) => {
        const bundle = JSON.stringify(fhirBundle(seed), null, seed % 3)
        const [before, after] = maskedText(bundle)
        assert.deepEqual(shapeOf(JSON.parse(after)), shapeOf(JSON.parse(before)))
        const [, escaped] = maskedText(JSON.stringify({ text: bundle }))
        const inner = (JSON.parse(escaped) as { text: string }).text
        assert.deepEqual(shapeOf(JSON.parse(inner)), shapeOf(JSON.parse(before)))
      },
      EFFORT,
    )
  })

  it('of HL7 v2: fields, components, repetitions and segments', async () => {
    await holds(
      seeds,
      (seed) => {
        const [before, after] = maskedText(hl7Message(seed))
        for (const sign of ['|', '^', '~', '&', '\r', '\\']) {
          assert.equal(count(after, sign), count(before, sign))
        }
      },
      EFFORT,
    )
  })

  it('of XML', async () => {
    await holds(
      seeds,
      (seed) => {
        const [before, after] = maskedText(cdaDocument(seed))
        const tags = (text: string) =>
          text.match(/<[^>]*>/g)?.map((tag) => tag.replace(/"[^"]*"/g, '""'))
        assert.deepEqual(tags(after), tags(before))
      },
      EFFORT,
    )
  })

  it('of tables', async () => {
    await holds(
      seeds,
      (seed) => {
        for (const [kind, sign] of [
          ['TSV', '\t'],
          ['bars', '|'],
          ['Markdown', '|'],
        ] as const) {
          const [before, after] = maskedText(TABLES[kind]?.(seed) ?? '')
          const columns = (text: string) => text.split('\n').map((line) => count(line, sign))
          assert.deepEqual(columns(after), columns(before))
        }
      },
      EFFORT,
    )
  })

  it('and never splits a code point, whatever stands around it', async () => {
    const odd = fc.constantFrom(
      '{"name":"',
      '"}',
      '😀',
      '\\ud83d',
      '\\n',
      'PID|1|',
      '^',
      '<a b="',
      '">',
      ',',
      '\n',
      'Name: ',
      'Ann Lee',
    )
    await holds(
      fc.array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 16 }),
      (parts) => {
        const text = parts.join('')
        let last = 0
        for (const { start, end } of findAll(text)) {
          assert.ok(start >= last && end > start && end <= text.length)
          for (const at of [start, end]) {
            assert.ok(
              !/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(0, at - 1), at + 1)) ||
                at === 0,
            )
          }
          last = end
        }
      },
      { runs: 400, within: 3000 },
    )
  })
})
