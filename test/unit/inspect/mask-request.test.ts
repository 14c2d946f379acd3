import assert from 'node:assert/strict'
import { Learning } from '../../../src/detect/index.ts'
import { reach } from '../../../src/domain/index.ts'
import { maskRequest } from '../../../src/inspect/mask-request.ts'
import type { Decided, Inspected, Masked } from '../../../src/inspect/stages.ts'
import {
  entryOf,
  inspectAnew,
  inspectReplayed,
  type InspectedUnit,
} from '../../../src/inspect/unit.ts'
import { decodeEntry } from '../../../src/mask/index.ts'
import { parseRequest, type ParsedRequest } from '../../../src/messages/index.ts'
import { collidingKeys } from '../../support/colliding-keys.ts'
import { committedPolicy, requestJob } from '../../support/inspection.ts'
import { profileInput } from '../policy/facts.ts'

const profile = committedPolicy().profile(profileInput())
const keys = collidingKeys(12)

function parsed(...all: string[]): ParsedRequest {
  const messages = all.map((content) => ({ role: 'user', content }))
  return parseRequest(requestJob({ messages }))
}

function contents(text: string): readonly string[] {
  return (JSON.parse(text) as { messages: { content: string }[] }).messages.map((m) => m.content)
}

/** All units as they are masked for the first time. */
function anew(request: ParsedRequest) {
  const learning = new Learning()
  return request.units.map((unit) => inspectAnew(unit, learning, profile, () => false))
}

function masks(request: ParsedRequest, units: readonly InspectedUnit[]): Masked {
  const inspected = reach<Inspected>({ parsed: request, units })
  const decision = { outcome: 'mask' as const, reasons: [], approval: [] }
  return maskRequest(reach<Decided>({ inspected, decision }), keys)
}

describe('two values of a conversation with the same digest', () => {
  // Both begin with the same letter, so that they collide under these keys.
  const first = 'MRN: 48210377'
  const second = 'MRN: 47310945'

  it('have different placeholders: the later one is wide, and remembered so', () => {
    const request = parsed(first, second)
    const units = anew(request)
    const masked = masks(request, units)
    const [one = '', two = ''] = contents(masked.text)
    assert.match(one, /^MRN: \[MEDICAL_RECORD_NUMBER_\w{10}\]$/)
    assert.match(two, /^MRN: \[MEDICAL_RECORD_NUMBER_\w{13}\]$/)
    assert.deepEqual(masked.wide.slice(0, 2), [[false], [true]])
    const entries = units.map((unit, index) => decodeEntry(entryOf(unit, masked.wide[index] ?? [])))
    assert.deepEqual(
      entries.slice(0, 2).map((entry) => entry.spans[0]?.wide),
      [false, true],
    )
    assert.equal([...masked.restore.values()].filter((entry) => entry.wide).length, 1)
  })

  it('keep their placeholders when they come again, whatever comes first', () => {
    const request = parsed(first, second)
    const units = anew(request)
    const masked = masks(request, units)
    const stored = units.map((unit, index) => entryOf(unit, masked.wide[index] ?? []))
    const again = request.units.map((unit, index) =>
      inspectReplayed(unit, new Learning(), stored[index] ?? '', () => false, profile),
    )
    assert.equal(masks(request, again).text, masked.text)
    // The wide one alone: it does not take the short form that is free now.
    const alone = parsed(second)
    const [unit, rest] = alone.units
    assert.ok(unit !== undefined && rest !== undefined)
    const replayed = inspectReplayed(unit, new Learning(), stored[1] ?? '', () => false, profile)
    const text = masks(alone, [replayed, ...anew(alone).slice(1)]).text
    assert.equal(contents(text)[0], contents(masked.text)[1])
  })
})

describe('a name that is learnt late', () => {
  it('is masked from the message on that gives it away, all of that message included', () => {
    const request = parsed(
      'Was it Quillmark?',
      'Was it Quillmark? Patient: Jorvina Quillmark.',
      'Quillmark said thanks.',
    )
    const [before, within, after] = contents(masks(request, anew(request)).text)
    assert.equal(before, 'Was it Quillmark?')
    assert.match(within ?? '', /^Was it \[PERSON_\w{7}\]\? Patient: \[PERSON_\w{7}\.\w{7}\]\.$/)
    assert.match(after ?? '', /^\[PERSON_\w{7}\] said thanks\.$/)
  })
})
