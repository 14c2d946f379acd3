import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { StretchReader } from '../../src/detect/index.ts'
import { nameParts } from '../../src/detect/index.ts'
import { AnswerText } from '../../src/inspect/text-decoder.ts'
import { AddressReader, placeholderBook, sessionKeys } from '../../src/mask/index.ts'
import { applyEdits, type Edit } from '../../src/messages/index.ts'
import type { Profile } from '../../src/schema/index.ts'
import { committedPolicy, MASK_KEY, PRINCIPAL } from '../support/inspection.ts'
import { rosterOf } from '../support/listed-people.ts'
import { dice, holds } from '../support/property.ts'

const KEYS = sessionKeys(MASK_KEY, { principal: 'a', connection: 'b', session: 'c' })
const ROSTER = rosterOf([{ names: [{ given: 'Lou', family: 'Finch' }], values: [] }])
const HELD = '[PERSON_7K2M4QW.9XD3K5M]'

function profile(change: Partial<Profile> = {}): Profile {
  const connection = { name: 'claude', labels: { baa: true } }
  const principal = { ...PRINCIPAL, scopes: [], groups: [], claims: {} }
  const direction = 'response' as const
  const own = committedPolicy().profile({ version: 1, direction, connection, principal })
  return { ...own, ...change }
}

const PROFILES: Readonly<Record<string, Profile>> = {
  'as it is shipped': profile(),
  'that masks words': profile({ entities: {}, roles: {}, default: 'placeholder' }),
  'that masks nothing': profile({ entities: {}, default: 'keep' }),
}

/** What can be open at the end of a delta: identifiers, placeholders, documents, tables, addresses, broken lines. */
const fragment = fc.oneof(
  fc.constantFrom(
    'the plan stays',
    'as it was',
    'Patient',
    'Dr. Lou Finch',
    'MRN:',
    'mrn on file is',
    '48210377',
    '219-09-9941',
    '(617) 555-0142',
    'ext. 12',
    'x@patients.example',
    '4111 1111',
    '1111 1111',
    '219-09-\n9941',
    '\n',
    '\n\n',
    '\r\n',
    '. ',
    ', ',
    ' ',
    ' ',
    ' ',
    '  ',
    '\t',
    HELD,
    HELD.slice(0, 9),
    HELD.slice(1, -1),
    HELD.toLowerCase(),
    `${HELD}'s`,
    '[',
    '](',
    'https://a.example/?q=',
    '<a href="',
    '"',
    '{"mrn": "48210377", "note": "a\\nMRN: 771182"}',
    '{ "a": [1, 2, {"b": "219-09-9941"}] }',
    '{"a',
    '[1]',
    '[ ] todo',
    '[{"a":1},',
    'if (x) { return "a" }',
    '{',
    '}',
    '```json\n',
    '```',
    'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||48210377^^^H^MR||FINCH^LOU\r',
    'PID|1||998877^^^H^MR||A^B\n',
    'ISA*00*',
    'ST*270*0001~',
    '<?xml version="1.0"?>',
    '<table>',
    'name,mrn,city\nLou Finch,48210377,Rome\nAnn Lee,5512,Oslo\n',
    '| Name | MRN |\n|---|---|\n',
    '| Lou | 48210377 |\n',
    'user: jane_roe',
    '患者姓名，王小明。',
    '电话 13800138000',
    '۴۸۲۱',
    '1️⃣',
    '½',
    '\u200b',
    'e\u0301',
    '🙂',
    '-',
    '—',
    '12',
    '3',
    '4',
    '5 5 5',
    'or',
    'w/o',
    'U1NOIDIxOS0wOS05OTQx',
  ),
  fc.integer({ min: 1, max: 700 }).map((length) => 'y'.repeat(length)),
  fc.integer({ min: 1, max: 400 }).map((count) => '12 a '.repeat(count)),
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.toWellFormed()),
)
const texts = fc
  .array(fc.tuple(fragment, fc.constantFrom('', ' ', ' ', ' ')), { maxLength: 24 })
  .map((parts) => parts.flat().join(''))

interface Result {
  readonly text: string
  readonly found: readonly string[]
  readonly restored: AnswerText['restored']
}

function decode(text: string, of: Profile, cut: () => number): Result {
  const entry = { type: 'PERSON', subtype: undefined, wide: false, last: 'Lou Finch' } as const
  const restore = new Map([[HELD, { ...entry, lastInToolResult: undefined }]])
  const book = placeholderBook(KEYS, nameParts)
  const tools = { profile: of, restore, book, roster: ROSTER }
  const place = { path: '/content/0/text', local: '/content/0/text' }
  const decoder = new AnswerText(place, tools, new AddressReader())
  const edits: Edit[] = []
  let decided = 0
  for (let at = 0; at < text.length;) {
    const end = Math.min(text.length, at + Math.max(1, cut()))
    const step = decoder.push(text.slice(at, end))
    assert.ok(step.to <= end && step.edits.every((edit) => edit.start >= decided))
    decided = Math.max(decided, step.to)
    edits.push(...step.edits)
    at = end
  }
  edits.push(...decoder.end().edits)
  const found = decoder.sources.map(({ unit, spans }) => {
    const [span] = spans
    return `${span?.type} ${span?.operator} ${unit.segments[0]?.text}`
  })
  return { text: applyEdits(text, edits), found: found.toSorted(), restored: decoder.restored }
}

describe('the text of an answer', function () {
  this.timeout(60_000)

  for (const [name, of] of Object.entries(PROFILES)) {
    it(`is decided the same in one piece and cut anywhere, under a profile ${name}`, async () => {
      await holds(
        fc.tuple(texts, fc.nat()),
        ([text, seed]) => {
          const roll = dice(seed)
          const longest = [1, 8, 40, 900][seed % 4] ?? 1
          const whole = decode(text, of, () => text.length)
          assert.deepEqual(
            decode(text, of, () => 1 + roll(longest)),
            whole,
          )
        },
        { runs: 400, within: 10_000 },
      )
    })
  }

  it('is held by sentences that are long enough together, however much follows', () => {
    const short = 'ext. 12 is it. '.repeat(9)
    for (const follows of [30, 3000]) {
      const reader = new StretchReader({ kind: 'words', begins: () => false })
      reader.push(`${short}Then come words and more ${'y'.repeat(follows)}`)
      const { start, end, kind } = reader.next() ?? {}
      assert.deepEqual({ start, end, kind }, { start: 0, end: 124, kind: 'whole' })
    }
  })

  it('takes time linear in the text, in one piece and in small ones', () => {
    const hostile = [
      'a',
      '1',
      '12 ',
      '{"a":',
      '["',
      '{ "',
      'MSH|a ',
      '<table> ',
      'ISA*00* ',
      '1,',
      '\\ ',
    ]
    const more = ['a_', HELD, 'a@b ', '"a ', '\n', 'Lou Finch. ', '患者', '<a href="']
    for (const part of [...hostile, ...more]) {
      const text = `name,mrn,dob\n${part.repeat(30_000 / part.length)}`
      for (const of of Object.values(PROFILES).slice(0, 2)) {
        for (const cut of [text.length, 40]) {
          const before = process.cpuUsage()
          decode(text, of, () => cut)
          const { user } = process.cpuUsage(before)
          assert.ok(user < 3_000_000, `${JSON.stringify(part)} in pieces of ${cut}: ${user} us`)
        }
      }
    }
  })
})
