import assert from 'node:assert/strict'
import type { Claims } from '../../../src/identity/index.ts'
import { principalOf } from '../../../src/identity/principal.ts'

const ISSUER = 'https://issuer.example'
const of = (claims: Claims): ReturnType<typeof principalOf> =>
  principalOf({ sub: 'someone', ...claims }, ISSUER, 'groups')

describe('principalOf', () => {
  const kinds: readonly [string, Claims, string][] = [
    ['a subject that is the client', { client_id: 'someone' }, 'service_account'],
    ['a subject that is the authorised party', { azp: 'someone' }, 'service_account'],
    ['a client that acts for another subject', { client_id: 'app' }, 'person'],
    ['an authorised party that acts for another subject', { azp: 'app' }, 'person'],
    ['a token that names no client', {}, 'service_account'],
    ['phigate_kind person', { client_id: 'someone', phigate_kind: 'person' }, 'person'],
    ['any other phigate_kind', { client_id: 'app', phigate_kind: 'robot' }, 'service_account'],
    ['client credentials of Auth0', { azp: 'app', gty: 'client-credentials' }, 'service_account'],
    ['an application of Entra', { azp: 'app', idtyp: 'app' }, 'service_account'],
  ]
  for (const [name, claims, kind] of kinds) {
    it(`makes a ${kind} of ${name}`, () => {
      assert.equal(of(claims).kind, kind)
    })
  }

  it('reads scopes from scope, else from scp as words or as a list', () => {
    assert.deepEqual(of({ scope: 'a  b', scp: 'c' }).scopes, ['a', 'b'])
    assert.deepEqual(of({ scp: 'a b' }).scopes, ['a', 'b'])
    assert.deepEqual(of({ scp: ['a', 'b'] }).scopes, ['a', 'b'])
    assert.deepEqual(of({}).scopes, [])
  })

  it('reads groups from the configured claim, and grants none for what is not a list of names', () => {
    assert.deepEqual(of({ groups: ['auditors', 7, ''] }).groups, ['auditors'])
    assert.deepEqual(of({ groups: 'auditors' }).groups, ['auditors'])
    assert.deepEqual(of({ groups: { auditors: true } }).groups, [])
    assert.deepEqual(principalOf({ sub: 'x', roles: ['a'] }, ISSUER, 'roles').groups, ['a'])
    assert.deepEqual(principalOf({ sub: 'x' }, ISSUER, 'constructor').groups, [])
  })

  it('never acts on behalf of someone or for a purpose that a claim states', () => {
    const principal = of({ purpose: 'research', onBehalfOf: 'x', act: { sub: 'x' } })
    assert.deepEqual([principal.onBehalfOf, principal.purpose], [null, null])
  })
})
