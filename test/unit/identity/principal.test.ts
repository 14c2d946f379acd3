import assert from 'node:assert/strict'
import type { ClaimMapping, Claims } from '../../../src/identity/index.ts'
import { principalOf } from '../../../src/identity/principal.ts'
import { TokenRefusal } from '../../../src/identity/refusal.ts'

const ISSUER = 'https://issuer.example'
const of = (claims: Claims): ReturnType<typeof principalOf> =>
  principalOf({ sub: 'someone', ...claims }, ISSUER, { claims: {}, grantScopes: [] })
const by = (mapping: ClaimMapping, claims: Claims): ReturnType<typeof principalOf> =>
  principalOf({ sub: 'someone', ...claims }, ISSUER, { claims: mapping, grantScopes: [] })

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
    assert.deepEqual(by({ groups: ['roles'] }, { roles: ['a'], groups: ['b'] }).groups, ['a'])
    assert.deepEqual(by({ groups: ['constructor', 'constructor.name'] }, {}).groups, [])
  })

  it('joins the names of several claims, each once', () => {
    const mapping = { scopes: ['scp', 'roles'], groups: ['groups', 'roles'] }
    const principal = by(mapping, { scp: 'a b', roles: ['b', 'c'], groups: ['c', 'd'] })
    assert.deepEqual(principal.scopes, ['a', 'b', 'c'])
    assert.deepEqual(principal.groups, ['c', 'd', 'b'])
  })

  it('follows a path into claims, and prefers a claim whose own name has the dots', () => {
    const groups = (path: string, claims: Claims): readonly string[] =>
      by({ groups: [path] }, claims).groups
    assert.deepEqual(groups('realm_access.roles', { realm_access: { roles: ['a'] } }), ['a'])
    const url = 'https://phigate.example/roles'
    assert.deepEqual(groups(url, { [url]: ['a'] }), ['a'])
    assert.deepEqual(groups('a.b', { 'a.b': ['own'], a: { b: ['inner'] } }), ['own'])
    assert.deepEqual(groups('x.y.z', { 'x.y': { z: ['a'] } }), ['a'])
    for (const a of [null, 'text', ['b'], 7]) assert.deepEqual(groups('a.b', { a }), [])
  })

  it('states a purpose only where a claim is configured for it', () => {
    assert.equal(of({ purpose: 'research' }).purpose, null)
    const mapping = { purpose: 'use.purpose' }
    assert.equal(by(mapping, { use: { purpose: 'research' } }).purpose, 'research')
    for (const purpose of ['', 7, ['research']]) {
      assert.equal(by(mapping, { use: { purpose } }).purpose, null)
    }
  })

  it('takes for a person only what the configured claim says is one', () => {
    const kind = { claim: 'user.type', person: ['employee', 'guest'] }
    const kindOf = (claims: Claims): string => by({ kind }, claims).kind
    assert.equal(kindOf({ user: { type: 'guest' } }), 'person')
    assert.equal(kindOf({ user: { type: 'robot' }, phigate_kind: 'person' }), 'service_account')
    assert.equal(kindOf({ azp: 'app' }), 'service_account')
    assert.equal(by({ kind: { claim: 'azp', person: [] } }, { azp: 'app' }).kind, 'service_account')
  })

  it('takes the actor for the principal and the subject for whom it acts for', () => {
    const { id, kind, onBehalfOf } = of({ client_id: 'app', act: { sub: 'app' } })
    assert.deepEqual(
      { id, kind, onBehalfOf },
      { id: `${ISSUER}|app`, kind: 'service_account', onBehalfOf: `${ISSUER}|someone` },
    )
    assert.equal(of({ act: { sub: 'app', iss: ISSUER } }).id, `${ISSUER}|app`)
  })

  it('takes the outermost of several actors: those inside it came before', () => {
    const act = { sub: 'app', act: { sub: 'before', act: { sub: 'first' } } }
    assert.equal(of({ act }).id, `${ISSUER}|app`)
  })

  it('takes no actor for a person, whatever the token says of its subject', () => {
    assert.equal(of({ phigate_kind: 'person', act: { sub: 'app' } }).kind, 'service_account')
    const kind = { claim: 'type', person: ['p'] }
    assert.equal(by({ kind }, { type: 'p', act: { sub: 'app' } }).kind, 'service_account')
  })

  it('refuses an actor that is none, or of another issuer', () => {
    const acts = [null, 'app', [], {}, { sub: '' }, { sub: 7 }, { act: { sub: 'app' } }]
    for (const act of [...acts, { sub: 'app', iss: 'https://other.example' }]) {
      assert.throws(
        () => of({ act }),
        (thrown) => thrown instanceof TokenRefusal && thrown.reason === 'bad-actor',
      )
    }
  })
})
