import assert from 'node:assert/strict'
import { sessionOfAnswer } from '../../../src/inspect/session.ts'
import { requestJob } from '../../support/inspection.ts'

const master = { id: 'test', secret: new Uint8Array(32).fill(7) }

/** The scope of a session of whoever acts for somebody. */
function scope(id: string, onBehalfOf: string | null): string {
  const { principal, connection } = requestJob({ model: 'm', messages: [] })
  const context = { principal: { ...principal, id, onBehalfOf }, connection, session: 's' }
  return sessionOfAnswer(context, master).scope
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
