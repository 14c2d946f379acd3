import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { nameParts } from '../../../src/detect/index.ts'
import {
  decodeEntry,
  decodeTable,
  encodeEntry,
  encodeTable,
  impliedSession,
  placeholderBook,
  prefixDigests,
  restoreCollector,
  sessionKeys,
  sha256Hex,
  type MemoryEntry,
} from '../../../src/mask/index.ts'
import { inspectRequest } from '../../../src/inspect/index.ts'
import { inspector, memoryInMemory, MASK_KEY, requestJob } from '../../support/inspection.ts'
import { PATIENTS } from '../../support/patients.ts'
import { holds } from '../../support/property.ts'

const span = fc.record({
  local: fc.constantFrom('/content/0/text', '/content/1/input/#0>/#2'),
  start: fc.nat(),
  end: fc.nat(),
  type: fc.constantFrom('PERSON' as const, 'DATE' as const),
  subtype: fc.constantFrom('patient' as const, undefined),
  score: fc.double({ min: 0, max: 1, noNaN: true }).map((score) => score + 0),
  basis: fc.constantFrom('cued' as const, 'field' as const),
  operator: fc.constantFrom('placeholder' as const, 'keep' as const),
  wide: fc.boolean(),
})

describe('an entry of the mask memory', () => {
  it('is read as it was written, and equal entries are equal texts', async () => {
    await holds(
      fc.record({
        spans: fc.array(span),
        uninspectable: fc.array(fc.tuple(fc.constant('/content/0'), fc.constant('deny' as const))),
        explained: fc.constantFrom(undefined, '/content/0/text'),
      }),
      (entry: MemoryEntry) => {
        const stored = encodeEntry(entry)
        assert.deepEqual(JSON.parse(JSON.stringify(decodeEntry(stored))), plain(entry))
        assert.equal(encodeEntry(decodeEntry(stored)), stored)
      },
      { runs: 100 },
    )
  })

  it('is refused in another version or form', () => {
    for (const stored of [
      '{"v":2,"spans":[],"uninspectable":[]}',
      '{"v":1,"spans":[]}',
      '{}',
      '[]',
    ]) {
      assert.throws(() => decodeEntry(stored), /another version/)
    }
    assert.throws(() => decodeEntry('nothing'))
  })

  it('holds no text of the message', async () => {
    const entries: string[] = []
    const memory = memoryInMemory()
    const spying = {
      ...memory,
      remember: (scope: string, given: Parameters<typeof memory.remember>[1]) => {
        entries.push(scope, ...given.flatMap(({ prefix, entry }) => [prefix, entry]))
        return memory.remember(scope, given)
      },
    }
    const content = PATIENTS.map((p) => {
      const { first, last, mrn, ssn, phone, email, birth } = p
      return `Patient: ${first} ${last}, MRN: ${mrn}, SSN ${ssn}, ${phone}, ${email}, DOB: ${birth}`
    }).join('\n')
    const input = { [`field of nobody`]: content }
    const call = { type: 'tool_use', id: 'a b', name: 'find', input }
    const messages = [
      { role: 'user', content },
      { role: 'assistant', content: [call] },
    ]
    await inspectRequest(requestJob({ model: 'm', messages }), inspector(spying))
    assert.ok(entries.length > 2)
    for (const patient of PATIENTS) {
      for (const value of [...Object.values(patient), 'nobody', 'session-1', 'issuer.example']) {
        assert.ok(!entries.join('\n').includes(value))
      }
    }
  })
})

/** Without members that are undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

describe('the restore table', () => {
  it('crosses a thread as bytes', () => {
    const collector = restoreCollector()
    const value = { type: 'PERSON', subtype: 'patient', wide: false } as const
    const { placeholder } = placeholderBook(
      sessionKeys(MASK_KEY, { principal: 'p', connection: 'c', session: 's' }),
      nameParts,
    ).name('PERSON', 'Zo\u00eb Roe', false)
    collector.add(placeholder, value, 'Zo\u00eb Roe', false)
    const table = decodeTable(encodeTable(collector.table()))
    assert.deepEqual(plain([...table]), plain([...collector.table()]))
    assert.equal(decodeTable(new Uint8Array(0)).size, 0)
  })
})

describe('prefix digests', () => {
  const keys = sessionKeys(MASK_KEY, { principal: 'p', connection: 'c', session: 's' })
  const digests = (...units: string[]): string[] =>
    prefixDigests(
      keys,
      units.map((unit) => (update: (text: string) => void) => update(unit)),
    )

  it('name a unit by all that stands before it', () => {
    const [a, b] = digests('A', 'B')
    assert.deepEqual(digests('A', 'B', 'C').slice(0, 2), [a, b])
    assert.notEqual(digests('X', 'B')[1], b)
    assert.notEqual(digests('AB')[0], digests('A', 'B')[1])
    assert.notEqual(digests('', 'AB')[1], digests('A', 'B')[1])
    assert.match(a ?? '', /^[0-9a-f]{64}$/)
  })

  it('continue from another digest', () => {
    const [a, b] = digests('A', 'B')
    assert.deepEqual(prefixDigests(keys, [(update) => update('B')], a), [b])
  })

  it('do not depend on the pieces in which a unit comes', () => {
    const pieces = prefixDigests(keys, [
      (update) => {
        update('A')
        update('B')
      },
    ])
    assert.deepEqual(pieces, digests('AB'))
  })
})

describe('session keys', () => {
  it('keep purposes apart, and names of sessions too', () => {
    const keys = sessionKeys(MASK_KEY, { principal: 'p', connection: 'c', session: 's' })
    assert.notDeepEqual(keys.digest('a', 'bc'), keys.digest('ab', 'c'))
    assert.equal(keys.digest('a', 'b').length, 32)
    assert.notEqual(
      keys.scope,
      sessionKeys(MASK_KEY, { principal: 'p', connection: 'c', session: 't' }).scope,
    )
  })

  it('imply a name from the first words, for one principal and connection', () => {
    const implied = (principal: string, connection: string, words: string): string =>
      impliedSession(MASK_KEY, principal, connection, (update) => update(words))
    const all = [
      implied('p', 'c', 'x'),
      implied('q', 'c', 'x'),
      implied('p', 'd', 'x'),
      implied('p', 'c', 'y'),
    ]
    assert.equal(new Set(all).size, 4)
    assert.match(all[0] ?? '', /^implied:[0-9a-f]{64}$/)
  })

  it('digest bytes and text alike where no key is asked for', () => {
    assert.equal(sha256Hex('abc'), sha256Hex(new TextEncoder().encode('abc')))
    assert.match(sha256Hex(''), /^e3b0c442/)
  })
})
