import assert from 'node:assert/strict'
import type { MaskMemory } from '../../../src/domain/index.ts'
import { inspectJsonAnswer, inspectRequest, type MaskKeys } from '../../../src/inspect/index.ts'
import {
  committedPolicy,
  forwarded,
  inspector,
  memoryInMemory,
  MASK_KEY,
  requestJob,
  textOf,
  type Forwarded,
} from '../../support/inspection.ts'

const OLDER = MASK_KEY
const NEWER = { id: 'newer', secret: new Uint8Array(32).fill(8) }
const FIRST = { role: 'user', content: 'Patient: Jorvina Quillmark, MRN: 4471902. What now?' }
const PLACEHOLDER = /\[PERSON_[0-9A-Z.]+\]/

/** Sends messages, in a session of the given name or in one that is implied. */
async function send(
  memory: MaskMemory,
  maskKeys: MaskKeys,
  session: string | undefined,
  messages: readonly object[],
): Promise<Forwarded> {
  const by = inspector(memory, committedPolicy(), maskKeys)
  const job = requestJob({ model: 'claude-test', messages }, { session })
  return forwarded(await inspectRequest(job, by))
}

const personIn = (verdict: Forwarded): string => PLACEHOLDER.exec(textOf(verdict.body))?.[0] ?? ''

describe('a session whose mask key was rotated', () => {
  for (const session of ['named', undefined]) {
    const kind = session === undefined ? 'implied' : 'named'

    it(`goes on under the key it began with, byte for byte (${kind})`, async () => {
      const memory = memoryInMemory()
      const before = await send(memory, [OLDER], session, [FIRST])
      const next = [FIRST, { role: 'assistant', content: 'Rest.' }, FIRST]
      const after = await send(memory, [NEWER, OLDER], session, next)
      const [first] = (JSON.parse(textOf(before.body)) as { messages: object[] }).messages
      const now = (JSON.parse(textOf(after.body)) as { messages: object[] }).messages
      assert.equal(JSON.stringify(now[0]), JSON.stringify(first))
      assert.equal(JSON.stringify(now[2]), JSON.stringify(first))
      assert.equal(after.sessionLabel, before.sessionLabel)
      assert.match(personIn(after), PLACEHOLDER)
    })

    it(`begins anew when that key is retired (${kind})`, async () => {
      const memory = memoryInMemory()
      const before = await send(memory, [OLDER], session, [FIRST])
      const after = await send(memory, [NEWER], session, [FIRST])
      assert.match(personIn(after), PLACEHOLDER)
      assert.notEqual(personIn(after), personIn(before))
      assert.notEqual(after.sessionLabel, before.sessionLabel)
      const again = await send(memory, [NEWER, OLDER], session, [FIRST])
      assert.equal(personIn(again), personIn(after))
    })
  }

  it('has its answer restored and remembered under the same key', async () => {
    const memory = memoryInMemory()
    await send(memory, [OLDER], 'named', [FIRST])
    const keys: MaskKeys = [NEWER, OLDER]
    const asked = await send(memory, keys, 'named', [FIRST])
    const text = `About ${personIn(asked)}.`
    const answer = { type: 'message', role: 'assistant', content: [{ type: 'text', text }] }
    const body = new TextEncoder().encode(JSON.stringify(answer))
    const by = inspector(memory, committedPolicy(), keys)
    const seen = await inspectJsonAnswer(body, asked.context, by)
    const { content } = JSON.parse(textOf(seen.body)) as { content: { text: string }[] }
    assert.equal(content[0]?.text, 'About Jorvina Quillmark.')
    const next = [FIRST, { role: 'assistant', content }, { role: 'user', content: 'And now?' }]
    const turn = await send(memory, keys, 'named', next)
    assert.ok(textOf(turn.body).includes(text))
    await assert.rejects(
      inspectJsonAnswer(body, asked.context, inspector(memory, committedPolicy(), [NEWER])),
      /mask key/,
    )
  })

  it('is the only one: what begins after the rotation is under the new key', async () => {
    const memory = memoryInMemory()
    const before = await send(memory, [OLDER], 'one', [FIRST])
    const other = await send(memory, [NEWER, OLDER], 'two', [FIRST])
    const alone = await send(memoryInMemory(), [NEWER], 'two', [FIRST])
    assert.notEqual(personIn(other), personIn(before))
    assert.deepEqual(other.body, alone.body)
  })
})
