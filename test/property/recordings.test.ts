import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import type { Recorded } from '../../src/domain/index.ts'
import { payloadPieces } from '../../src/inspect/payload.ts'
import { parseJson } from '../../src/messages/index.ts'
import { leavesOf } from '../../src/recording/leaves.ts'
import { openArchive, openRecordingStore } from '../../src/recording/index.ts'
import { openRecordingIndex } from '../../src/store/index.ts'
import { holds } from '../support/property.ts'
import { recorded, TEST_KEYS } from '../support/recordings.ts'

/** Texts around the length from which on they are stored by themselves, with what JSON escapes. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', minLength: 55, maxLength: 90 }),
  fc.constantFrom('\\', '"', '\\"', '\u2028', 'a'.repeat(62), `${'b'.repeat(80)}\\`),
)
const block = fc.record(
  { type: fc.constant('text'), text, cache_control: fc.constant({ type: 'ephemeral' }) },
  { requiredKeys: ['type', 'text'] },
)
const message = fc.record({
  role: fc.constantFrom('user', 'assistant'),
  content: fc.oneof(text, fc.array(block, { maxLength: 3 })),
})
const step = fc.record({
  session: fc.constantFrom('one', 'two'),
  /** How many of the messages so far stay. */
  keep: fc.nat(6),
  add: fc.array(message, { maxLength: 3 }),
  system: fc.option(text, { nil: undefined }),
  space: fc.constantFrom(0, 1),
  reopen: fc.boolean(),
  /** Whether the next step comes before this one is on disk. */
  hurry: fc.boolean(),
})

describe('recordings', () => {
  it('give back any body to the byte, however a conversation goes on, whenever they are opened anew, and whatever is forgotten', async () => {
    await holds(
      fc.tuple(fc.array(step, { minLength: 1, maxLength: 12 }), fc.constantFrom(0, 12, 1e6)),
      async ([steps, mostKnown]) => {
        const directory = mkdtempSync(join(tmpdir(), 'phigate-property-'))
        try {
          await goThrough(directory, steps, mostKnown)
        } finally {
          rmSync(directory, { recursive: true, force: true })
        }
      },
      { runs: 60 },
    )
  })

  it('cut any text so that its parts are the text', async () => {
    await holds(
      fc.oneof(text, fc.json(), fc.string()),
      (value) => {
        const bytes = Buffer.from(value)
        assert.deepEqual(Buffer.concat(leavesOf(bytes)), bytes)
      },
      { runs: 500 },
    )
  })
})

async function goThrough(
  directory: string,
  steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[],
  mostKnown: number,
): Promise<void> {
  const open = async (): Promise<readonly [{ close(): void }, Opened]> => {
    const index = openRecordingIndex(join(directory, 'index.db'))
    return [
      index,
      await openRecordingStore({
        directory,
        index,
        keys: () => TEST_KEYS,
        segmentBytes: 3000,
        mostKnown,
      }),
    ]
  }
  let [index, recordings] = await open()
  const messages = new Map<string, object[]>()
  const bodies: Recorded[] = []
  const underWay: Promise<void>[] = []
  for (const { session, keep, add, system, space, reopen, hurry } of steps) {
    const now = [...(messages.get(session) ?? []).slice(0, keep), ...add]
    messages.set(session, now)
    const body = JSON.stringify({ model: 'm', system, messages: now }, null, space)
    const root = parseJson(body, { maxDepth: 50, unambiguous: false })
    assert.ok(root.kind === 'object')
    const bytes = Buffer.from(body)
    const pieces = payloadPieces({ text: body, root }, bytes)
    const one = { ...recorded(session, []), bytes, pieces }
    bodies.push(one)
    underWay.push(recordings.put(one))
    if (hurry) continue
    await Promise.all(underWay.splice(0))
    if (!reopen) continue
    await recordings.close()
    index.close()
    ;[index, recordings] = await open()
  }
  await Promise.all(underWay)
  const archive = openArchive(recordings.files)
  for (const { session, exchange, bytes } of bodies) {
    const found = await archive.bytes(session, exchange)
    assert.deepEqual(Buffer.from(found?.request ?? []), bytes)
    const replayed = await archive.replay(session, 0, 100)
    assert.equal(replayed?.exchanges.length, bodies.filter((one) => one.session === session).length)
  }
  await recordings.close()
  index.close()
}

type Opened = Awaited<ReturnType<typeof openRecordingStore>>
