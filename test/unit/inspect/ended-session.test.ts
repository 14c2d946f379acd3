import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspectJsonAnswer, inspectRequest } from '../../../src/inspect/index.ts'
import { openStore, type Store } from '../../../src/store/index.ts'
import { forwarded, inspector, policyWith, requestJob, textOf } from '../../support/inspection.ts'

const tightened = policyWith((profile) => ({ ...profile, entities: { PERSON: 'redact' } }))
const user = (content: string) => ({ role: 'user', content })

describe('a session that was ended', () => {
  let directory: string
  let store: Store
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-ended-'))
    store = openStore(join(directory, 'store.db'))
  })
  afterEach(() => {
    store.close()
    rmSync(directory, { recursive: true })
  })

  it('is masked anew as a whole, while one that was not keeps its masks', async () => {
    const messages = [user('Patient: Jorvina Quillmark')]
    const job = (more: readonly object[]) =>
      requestJob({ model: 'claude-test', messages: [...messages, ...more] })
    const first = forwarded(await inspectRequest(job([]), inspector(store.maskMemory)))
    const signed = { type: 'thinking', thinking: 'hm', signature: 'sig' }
    const message = { type: 'message', role: 'assistant', content: [signed] }
    const answer = Buffer.from(JSON.stringify(message))
    await inspectJsonAnswer(answer, first.context, inspector(store.maskMemory))
    const later = [{ role: 'assistant', content: [signed] }, user('Patient: Tamsel Dravensted')]

    const strict = inspector(store.maskMemory, tightened)
    const kept = textOf(forwarded(await inspectRequest(job(later), strict)).body)
    assert.match(kept, /Patient: \[PERSON_[\w.]+\]"[^]*Patient: \[PERSON\]"/)

    assert.equal(await store.maskMemory.forget(first.sessionLabel), true)
    const verdict = forwarded(await inspectRequest(job(later), strict))
    assert.match(textOf(verdict.body), /Patient: \[PERSON\]"[^]*Patient: \[PERSON\]"/)
    assert.equal(verdict.sessionLabel, first.sessionLabel)
    // What the upstream signed it still takes back.
    assert.deepEqual(verdict.facts.uninspectable, [])
    assert.equal(await store.maskMemory.forget('ses_0'), false)
  })
})
