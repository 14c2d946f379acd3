import assert from 'node:assert/strict'
import { EXPLANATION } from '../../../src/inspect/explanation.ts'
import { inspectRequest, type Inspector } from '../../../src/inspect/index.ts'
import {
  forwarded,
  inspector,
  memoryInMemory,
  policyWith,
  requestJob,
  textOf,
} from '../../support/inspection.ts'

const PATIENT = 'Patient: Jorvina Quillmark, MRN: 48210377'
const explaining = (memory = memoryInMemory()): Inspector =>
  inspector(
    memory,
    policyWith((profile) => ({ ...profile, explainPlaceholders: true })),
  )

async function sent(
  messages: readonly object[],
  by: Inspector,
  more: object = {},
): Promise<string> {
  const job = requestJob({ model: 'claude-test', messages, ...more })
  return textOf(forwarded(await inspectRequest(job, by)).body)
}
const user = (content: unknown) => ({ role: 'user', content })
const said = { role: 'assistant', content: 'Noted.' }
const written = JSON.stringify(EXPLANATION).slice(1, -1)

describe('the sentence about placeholders', () => {
  it('stands at the end of the first masked message, once, and in no other', async () => {
    const text = await sent([user('Hello'), said, user(PATIENT), said, user(PATIENT)], explaining())
    assert.match(text, /Hello"/)
    assert.equal(text.split(written).length, 2)
    assert.ok(text.indexOf(written) < text.lastIndexOf('[PERSON_'))
  })

  it('is at the same place on every turn, whatever the form of the message', async () => {
    const memory = memoryInMemory()
    const by = explaining(memory)
    const first = await sent([user(PATIENT)], by)
    const block = { type: 'text', text: PATIENT, cache_control: { type: 'ephemeral' } }
    const second = await sent([user([block]), said, user(`Again ${PATIENT}`)], by)
    const content = (body: string): string =>
      /PERSON_[^]*?exactly as they are/.exec(body)?.[0] ?? ''
    assert.equal(content(second), content(first))
    assert.equal(second.split(written).length, 2)
  })

  it('is remembered: a policy that stops asking for it does not take it back, nor one that begins', async () => {
    const memory = memoryInMemory()
    const first = await sent([user(PATIENT)], explaining(memory))
    assert.ok((await sent([user(PATIENT), said, user('ok')], inspector(memory))).includes(written))
    const other = memoryInMemory()
    const plain = await sent([user(PATIENT)], inspector(other))
    const later = await sent([user(PATIENT), said, user(`And ${PATIENT}`)], explaining(other))
    assert.ok(!plain.includes(written) && first.includes(written))
    assert.ok(later.startsWith(plain.slice(0, plain.indexOf(']}'))))
    assert.ok(later.endsWith(`${written}"}]}`))
  })

  it('leaves a request without identifiers as it came', async () => {
    const job = requestJob({ model: 'claude-test', messages: [user('Hello there')] })
    const verdict = forwarded(await inspectRequest(job, explaining()))
    assert.equal(verdict.body, job.body)
  })

  it('is not put into what a tool gave, nor into a document', async () => {
    const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: PATIENT }
    const use = { type: 'tool_use', id: 'toolu_1', name: 'Read', input: { path: 'a' } }
    const messages = [user('Hello'), { role: 'assistant', content: [use] }, user([result])]
    const by = explaining()
    assert.ok(!(await sent(messages, by)).includes('Note: expressions'))
    const more = [...messages, said, user(JSON.stringify({ mrn: '48210377' }))]
    assert.ok(!(await sent(more, by)).includes('Note: expressions'))
    assert.ok((await sent([...more, said, user(PATIENT)], by)).endsWith(`${written}"}]}`))
  })
})
