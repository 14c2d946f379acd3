import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { applyEdits, liftEdits, type Edit } from '../../../src/messages/edit.ts'
import { holds } from '../../support/property.ts'

/** A value, and one of the many literals that JSON has for it. */
const literal = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }).map((t) => plain(t)),
      fc.constantFrom('\\n', '\\t', '\\"', '\\\\', '\\/', '\\b', '\\f', '\\r'),
      fc.constantFrom('\\u0041', '\\u00e4', '\\ud83d\\ude42', '\\u2028', '\\u0000', '\u{1F642}'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => `"${parts.join('')}"`)

function plain(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Edits that do not overlap, at any places of a text of this length. */
function editsOf(length: number, picks: readonly number[], texts: readonly string[]): Edit[] {
  const places = [...new Set(picks.map((pick) => pick % (length + 1)))].toSorted((a, b) => a - b)
  const edits: Edit[] = []
  for (let at = 0; at + 1 < places.length; at += 2) {
    edits.push({ start: places[at] ?? 0, end: places[at + 1] ?? 0, text: texts[at] ?? '' })
  }
  return edits
}

const picks = fc.array(fc.nat(), { maxLength: 8 })
const texts = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 8, maxLength: 8 })

describe('liftEdits', () => {
  it('edits the literal so that it reads as the edited value', async () => {
    await holds(
      fc.tuple(literal, picks, texts, fc.string()),
      ([one, where, by, before]) => {
        const value = String(JSON.parse(one))
        const edits = editsOf(value.length, where, by)
        const text = `${before}${one} tail`
        const edited = applyEdits(text, liftEdits(text, before.length, edits))
        const after = edited.slice(before.length, -' tail'.length)
        assert.equal(JSON.parse(after), applyEdits(value, edits))
        assert.ok(edited.startsWith(before) && edited.endsWith(' tail'))
      },
      { runs: 500 },
    )
  })

  it('leaves the spelling of what it does not touch', () => {
    const text = '["\\u0041 \\/ name \\u00e4"]'
    const edits = liftEdits(text, 1, [{ start: 4, end: 8, text: '[X]' }])
    assert.equal(applyEdits(text, edits), '["\\u0041 \\/ [X] \\u00e4"]')
  })

  it('takes edits through literals in literals', async () => {
    await holds(
      fc.tuple(literal, picks, texts, fc.integer({ min: 1, max: 4 })),
      ([one, where, by, levels]) => {
        const value = String(JSON.parse(one))
        const edits = editsOf(value.length, where, by)
        const literals = [one]
        for (let level = 1; level < levels; level += 1) {
          literals.push(JSON.stringify(literals.at(-1)))
        }
        let lifted: readonly Edit[] = edits
        for (const holder of literals) lifted = liftEdits(holder, 0, lifted)
        let result: unknown = applyEdits(literals.at(-1) ?? '', lifted)
        for (let level = 0; level < levels; level += 1) result = JSON.parse(String(result))
        assert.equal(result, applyEdits(value, edits))
      },
      { runs: 300 },
    )
  })

  it('sorts edits that come in any order', () => {
    const edits = [
      { start: 4, end: 5, text: 'E' },
      { start: 0, end: 1, text: 'A' },
    ]
    assert.equal(applyEdits('"abcde"', liftEdits('"abcde"', 0, edits)), '"AbcdE"')
  })
})

describe('applyEdits', () => {
  it('gives the text back where there is no edit', () => {
    assert.equal(applyEdits('text', []), 'text')
  })

  it('inserts, deletes and replaces', () => {
    const edits = [
      { start: 6, end: 6, text: '!' },
      { start: 0, end: 2, text: '' },
      { start: 3, end: 4, text: 'xyz' },
    ]
    assert.equal(applyEdits('abcdef', edits), 'cxyzef!')
  })

  it('refuses edits that overlap or lie outside', () => {
    const broken: Edit[][] = [
      [
        { start: 0, end: 3, text: '' },
        { start: 2, end: 4, text: '' },
      ],
      [{ start: 2, end: 1, text: '' }],
      [{ start: 0, end: 7, text: '' }],
      [{ start: -1, end: 1, text: '' }],
    ]
    for (const edits of broken) assert.throws(() => applyEdits('abcdef', edits), /overlap/)
  })
})
