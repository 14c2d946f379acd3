import assert from 'node:assert/strict'
import type { Principal } from '../../../src/domain/index.ts'
import { fetchKeys } from '../../../src/identity/adapters/jose-verify.ts'
import { discover } from '../../../src/identity/adapters/openid-discovery.ts'
import { createIdentity, type IssuerRules } from '../../../src/identity/index.ts'
import { FakeIssuer, newKey, signToken, type SigningKey } from './fake-issuer.ts'

type Claims = Readonly<Record<string, unknown>>

interface Vendor {
  readonly rules?: Partial<IssuerRules>
  readonly claims: Claims
  readonly is: Partial<Principal>
}

const UUID = '0b7e5c1e-6f6e-4f6e-9a51-3f2d8f0c1a2b'
const OTHER = '7d1f8e52-1c3b-4b55-8f59-2f4c3a1b0d9e'
const NONE = { client_id: undefined, scope: undefined }

const KEYCLOAK = { claims: { groups: ['realm_access.roles', 'resource_access.phigate.roles'] } }
const ENTRA = {
  claims: { scopes: ['scp', 'roles'], groups: ['roles'] },
  requiredClaims: { tid: 'tenant' },
}
const OKTA = { claims: { scopes: ['scp'], groups: ['groups'] } }
const KUBERNETES = {
  requiredClaims: { 'kubernetes.io.namespace': 'wards' },
  grantScopes: ['claude:invoke'],
}

/** The shapes that the vendors document. */
const VENDORS: Readonly<Record<string, Vendor>> = {
  'a person of Keycloak': {
    rules: KEYCLOAK,
    claims: {
      ...NONE,
      sub: UUID,
      azp: 'chart-app',
      scope: 'openid claude:invoke',
      preferred_username: 'nurse',
      realm_access: { roles: ['clinicians'] },
      resource_access: { phigate: { roles: ['auditors'] }, account: { roles: ['manage-account'] } },
    },
    is: {
      kind: 'person',
      scopes: ['openid', 'claude:invoke'],
      groups: ['clinicians', 'auditors'],
    },
  },
  'a client of Keycloak, whose subject is a UUID': {
    rules: KEYCLOAK,
    claims: {
      ...NONE,
      sub: UUID,
      azp: 'svc-triage',
      client_id: 'svc-triage',
      scope: 'claude:invoke',
      preferred_username: 'service-account-svc-triage',
    },
    is: { kind: 'service_account', scopes: ['claude:invoke'], groups: [] },
  },
  'a client of Keycloak without a user name': {
    rules: KEYCLOAK,
    claims: { ...NONE, sub: UUID, azp: 'svc-triage', client_id: 'svc-triage' },
    is: { kind: 'service_account' },
  },
  'a client of Keycloak without a name at all, by a mapping': {
    rules: { claims: { kind: { claim: 'account_type', person: ['person'] } } },
    claims: { ...NONE, sub: UUID, azp: 'svc-triage' },
    is: { kind: 'service_account' },
  },
  'a person of Entra': {
    rules: ENTRA,
    claims: {
      ...NONE,
      sub: 'pairwise-subject',
      oid: UUID,
      azp: OTHER,
      tid: 'tenant',
      scp: 'claude:invoke',
      roles: ['privacy-officers'],
    },
    is: {
      kind: 'person',
      scopes: ['claude:invoke', 'privacy-officers'],
      groups: ['privacy-officers'],
    },
  },
  'an application of Entra, which does not say that it is one': {
    rules: ENTRA,
    claims: { ...NONE, sub: UUID, oid: UUID, azp: OTHER, tid: 'tenant', roles: ['claude:invoke'] },
    is: { kind: 'service_account', scopes: ['claude:invoke'] },
  },
  'a person of Okta': {
    rules: OKTA,
    claims: {
      ...NONE,
      sub: 'nurse@hospital.example',
      cid: '0oa1',
      uid: '00u1',
      scp: ['claude:invoke'],
      groups: ['auditors'],
    },
    is: { kind: 'person', scopes: ['claude:invoke'], groups: ['auditors'] },
  },
  'a service of Okta': {
    rules: OKTA,
    claims: { ...NONE, sub: '0oa1', cid: '0oa1', scp: ['claude:invoke'] },
    is: { kind: 'service_account', scopes: ['claude:invoke'] },
  },
  'a service account of Kubernetes': {
    rules: KUBERNETES,
    claims: {
      ...NONE,
      sub: 'system:serviceaccount:wards:triage',
      'kubernetes.io': { namespace: 'wards', serviceaccount: { name: 'triage', uid: UUID } },
    },
    is: { kind: 'service_account', scopes: ['claude:invoke'], groups: [] },
  },
  'a service account of Kubernetes, even where something names a client': {
    rules: { grantScopes: ['claude:invoke'] },
    claims: { ...NONE, sub: 'system:serviceaccount:wards:triage', azp: 'kubelet' },
    is: { kind: 'service_account' },
  },
}

describe('tokens as the vendors make them', () => {
  let key: SigningKey
  let issuer: FakeIssuer

  before(async () => {
    key = await newKey('first')
    issuer = await FakeIssuer.start([key])
  })
  after(() => issuer.close())

  async function principal(rules: Partial<IssuerRules>, claims: Claims): Promise<Principal> {
    const clock = { now: () => Date.parse('2026-11-22T12:00:00Z') }
    const usual = { issuer: issuer.url, audience: 'phigate', algorithms: ['ES256'] }
    const options = { issuers: [{ ...usual, ...rules }], clock }
    const identity = createIdentity(options, { discover, fetchKeys })
    try {
      const token = await signToken(issuer, key, clock.now(), { claims, header: { typ: 'JWT' } })
      return await identity.authenticate({ authorization: `Bearer ${token}` })
    } finally {
      identity.close()
    }
  }

  for (const [name, { rules = {}, claims, is }] of Object.entries(VENDORS)) {
    it(`show ${name}`, async () => {
      const shown = await principal(rules, claims)
      assert.deepEqual(shown, { ...shown, ...is })
    })
  }

  it('are refused from another tenant or namespace', async () => {
    await assert.rejects(principal(ENTRA, { tid: 'other' }), /claim that is required/)
    const claims = { sub: 'system:serviceaccount:other:triage' }
    const elsewhere = { ...claims, 'kubernetes.io': { namespace: 'other' } }
    await assert.rejects(principal(KUBERNETES, elsewhere), /claim that is required/)
  })
})
