import assert from 'node:assert/strict'
import { inspectRequest } from '../../../src/inspect/index.ts'
import type { CustomRecognizer, Profile } from '../../../src/schema/index.ts'
import {
  forwarded,
  inspector,
  memoryInMemory,
  policyWith,
  requestJob,
  textOf,
} from '../../support/inspection.ts'

const CONTENT = 'Moved to W-4471, call (212) 555-0188.'
const WARD: CustomRecognizer = {
  name: 'ward-code',
  type: 'OTHER_ID',
  patterns: ['W-\\d{4}'],
  score: 0.6,
}

async function sent(recognizers: NonNullable<Profile['recognizers']>): Promise<string> {
  const policy = policyWith((profile) => ({ ...profile, recognizers }))
  const job = requestJob({
    model: 'claude-sonnet-5-5',
    max_tokens: 8,
    messages: [{ role: 'user', content: CONTENT }],
  })
  return textOf(forwarded(await inspectRequest(job, inspector(memoryInMemory(), policy))).body)
}

describe('the recognizers of a profile', () => {
  it('are added to the built-in ones', async () => {
    assert.match(await sent({ custom: [WARD] }), /to \[OTHER_ID_\w+\], call \[PHONE_\w+\]/)
  })

  it('are left out where the profile disables them', async () => {
    assert.match(await sent({ disabled: ['phone'] }), /to W-4471, call \(212\) 555-0188/)
  })

  it('stop the exchange where they cannot be used', async () => {
    await assert.rejects(
      sent({ custom: [{ ...WARD, patterns: ['('] }] }),
      /custom\[0\]\.patterns\[0\]/,
    )
  })
})
