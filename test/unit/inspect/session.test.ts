import assert from 'node:assert/strict'
import { sessionOfAnswer } from '../../../src/inspect/session.ts'
import { MASK_KEY, requestJob } from '../../support/inspection.ts'

/** The scope of a session of whoever acts for somebody. */
function scope(id: string, onBehalfOf: string | null): string {
  const { principal, connection } = requestJob({ model: 'm', messages: [] })
  const who = { ...principal, id, onBehalfOf }
  const context = { principal: who, connection, session: 's', maskKey: MASK_KEY.id }
  return sessionOfAnswer(context, [MASK_KEY]).scope
}

describe('the session of a caller', () => {
  it('is the person’s for whom it acts, however their names are cut', () => {
    const all = [
      scope('https://a|svc', null),
      scope('https://a|svc', 'https://a|nurse'),
      scope('https://a|svc', 'https://a|nurse|'),
      scope('https://a|svc|https://a|nurse', null),
      scope('https://a|svc|https://a|nurse|', null),
    ]
    assert.equal(new Set(all).size, all.length)
  })
})
