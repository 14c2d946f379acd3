import assert from 'node:assert/strict'
import type { Principal } from '../../../src/domain/index.ts'
import { PERMISSIONS, permits, refusalOf } from '../../../src/console/permissions.ts'

const principal = (kind: Principal['kind'], ...groups: string[]): Principal => ({
  id: 'https://issuer.example|someone',
  kind,
  scopes: [],
  groups,
  onBehalfOf: null,
  purpose: null,
})

describe('permissions', () => {
  it('lets persons and service accounts of any role read the status, and nobody else', () => {
    for (const group of ['privacy-officers', 'auditors', 'admins']) {
      assert.ok(permits(PERMISSIONS['status:read'], principal('person', 'x', group)))
      assert.ok(permits(PERMISSIONS['status:read'], principal('service_account', group)))
    }
    assert.ok(!permits(PERMISSIONS['status:read'], principal('person')))
    assert.ok(!permits(PERMISSIONS['status:read'], principal('person', 'admin')))
  })

  it('lets whoever holds a token read the description of the API', () => {
    assert.ok(permits(PERMISSIONS['api:describe'], principal('service_account')))
  })

  it('lets no service account write, whatever groups it is in', () => {
    for (const groups of [['admins'], 'anyone'] as const) {
      assert.ok(!permits({ access: 'write', groups }, principal('service_account', 'admins')))
      assert.ok(permits({ access: 'write', groups }, principal('person', 'admins')))
    }
  })

  it('says what is lacking: a person, or a group', () => {
    assert.match(
      refusalOf('principals:write', principal('service_account', 'admins')),
      /^The caller lacks the permission principals:write: it takes a person/,
    )
    assert.match(
      refusalOf('audit:read', principal('person', 'admins')),
      /: it takes one of the groups privacy-officers, auditors$/,
    )
  })
})
