import assert from 'node:assert/strict'
import { inspectRequest } from '../../../src/inspect/index.ts'
import {
  committedPolicy,
  forwarded,
  inspector,
  memoryInMemory,
  policyWith,
  requestJob,
  textOf,
} from '../../support/inspection.ts'

type Inspect = (body: unknown) => Promise<string>

/** Sends bodies through one session and gives what was forwarded. */
function session(): Inspect {
  const by = inspector(memoryInMemory())
  return async (body) => textOf(forwarded(await inspectRequest(requestJob(body), by)).body)
}

function outcomes(): (body: unknown) => Promise<readonly string[]> {
  const by = inspector(memoryInMemory())
  return async (body) => {
    const verdict = await inspectRequest(requestJob(body), by)
    return [verdict.kind, ...verdict.decision.reasons.map((reason) => reason.code)]
  }
}

function asks(...content: unknown[]): { model: string; messages: unknown[] } {
  return { model: 'claude-test', messages: [{ role: 'user', content }] }
}

const NAME = 'Patient: Jorvina Quillmark'
const text = (words: string, more: object = {}) => ({ type: 'text', text: words, ...more })

describe('what is not part of a remembered message', () => {
  it('is inspected anew: a value in cache_control of a message that was seen without it', async () => {
    const inspect = session()
    await inspect(asks(text('hello')))
    const cached = { cache_control: { type: 'ephemeral', note: NAME } }
    const again = await inspect(asks(text('hello', cached)))
    assert.ok(!again.includes('Jorvina'))
  })

  it('is inspected anew: a member that is null under a key that names somebody', async () => {
    const inspect = outcomes()
    assert.deepEqual(await inspect(asks(text('hello'))), ['forward'])
    const named = { [`SSN 219-09-9941`]: null }
    assert.deepEqual(await inspect(asks(text('hello', named))), ['refuse', 'phi-in-key'])
  })

  it('may go again, with what was found in it', async () => {
    const inspect = session()
    const cached = { cache_control: { type: 'ephemeral', note: NAME } }
    const first = await inspect(asks(text(`${NAME} is here`, cached)))
    const second = await inspect(asks(text(`${NAME} is here`)))
    assert.ok(!first.includes('Jorvina') && !second.includes('Jorvina'))
    const [one] = JSON.parse(first).messages
    const [two] = JSON.parse(second).messages
    assert.equal(one.content[0].text, two.content[0].text)
  })

  it('does not move what stands behind it in an unknown member', async () => {
    const inspect = session()
    const unknown = { custom_note: NAME, other_note: 'nothing of note is written here' }
    const first = await inspect(
      asks({ type: 'text', cache_control: { type: 'ephemeral' }, text: 'hi', ...unknown }),
    )
    const second = await inspect(asks({ type: 'text', text: 'hi', ...unknown }))
    const third = await inspect(asks({ type: 'text', citations: null, text: 'hi', ...unknown }))
    for (const sent of [first, second, third]) {
      assert.ok(!sent.includes('Jorvina'))
      const [block] = JSON.parse(sent).messages[0].content
      assert.equal(block.custom_note, JSON.parse(first).messages[0].content[0].custom_note)
      assert.equal(block.other_note, unknown.other_note)
    }
  })
})

describe('what is data in a tool', () => {
  it('counts in full, whatever its keys are called', async () => {
    const inspect = session()
    const tools = (hint: string) => [
      { name: 'find', input_examples: [{ cache_control: { description: hint } }] },
    ]
    await inspect({ ...asks('hello'), tools: tools('a word') })
    const again = await inspect({ ...asks('hello'), tools: tools(NAME) })
    assert.ok(!again.includes('Jorvina'))
  })
})

describe('a changed profile', () => {
  it('holds for new messages and leaves what was sent', async () => {
    const memory = memoryInMemory()
    const redacts = policyWith((p) => ({ ...p, entities: { ...p.entities, PERSON: 'redact' } }))
    const one = { role: 'user', content: NAME }
    const two = { role: 'user', content: 'Patient: Tamsel Dravensted' }
    const send = async (messages: unknown[], policy: ReturnType<typeof committedPolicy>) => {
      const job = requestJob({ model: 'claude-test', messages })
      const sent = textOf(forwarded(await inspectRequest(job, inspector(memory, policy))).body)
      return (JSON.parse(sent) as { messages: { content: string }[] }).messages.map(
        (m) => m.content,
      )
    }
    const [before] = await send([one], committedPolicy())
    assert.match(before ?? '', /^Patient: \[PERSON_\w{7}\.\w{7}\]$/)
    assert.deepEqual(await send([one, two], redacts), [before, 'Patient: [PERSON]'])
    assert.deepEqual(await send([one, two], committedPolicy()), [before, 'Patient: [PERSON]'])
  })
})

describe('two requests that race with the same message', () => {
  it('are forwarded with the mask that was remembered first', async () => {
    const memory = memoryInMemory()
    const redacts = policyWith((p) => ({ ...p, entities: { ...p.entities, PERSON: 'redact' } }))
    const job = requestJob(asks(text(NAME), text('and 219-09-9941')))
    // Both have looked up before either remembers.
    const [one, two] = await Promise.all([
      inspectRequest(job, inspector(memory)),
      inspectRequest(job, inspector(memory, redacts)),
    ])
    assert.equal(textOf(forwarded(one).body), textOf(forwarded(two).body))
    assert.match(textOf(forwarded(two).body), /\[PERSON_\w/)
  })
})
