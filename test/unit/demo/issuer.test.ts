import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientsFile, readClients } from '../../../src/demo/clients.ts'
import { startDemoIssuer, type DemoIssuer } from '../../../src/demo/issuer.ts'
import { fetchKeys } from '../../../src/identity/adapters/jose-verify.ts'
import {
  clientCredentialsToken,
  discover,
} from '../../../src/identity/adapters/openid-discovery.ts'
import { createIdentity, type Identity } from '../../../src/identity/index.ts'

describe('the demo issuer', () => {
  let dataDir: string
  let demo: DemoIssuer
  let gateway: Identity
  let console: Identity

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'phigate-'))
    demo = await startDemoIssuer({ port: 0, dataDir })
    const identityFor = (audience: string): Identity =>
      createIdentity(
        {
          issuers: [{ issuer: demo.issuer, audience, algorithms: ['RS256'] }],
          clock: { now: () => Date.now() },
        },
        { discover, fetchKeys },
      )
    gateway = identityFor('phigate')
    console = identityFor('phigate-console')
  })

  after(async () => {
    gateway.close()
    console.close()
    await demo.close()
    await rm(dataDir, { recursive: true })
  })

  it('gives a service account a token for the gateway', async () => {
    for (const client of ['svc-triage', 'svc-batch']) {
      const principal = await gateway.authenticate({ 'x-api-key': await demo.token(client) })
      assert.deepEqual(principal, {
        id: `${demo.issuer.origin}|${client}`,
        kind: 'service_account',
        scopes: ['claude:invoke'],
        groups: [],
        onBehalfOf: null,
        purpose: null,
      })
    }
  })

  it('gives a person a token for the console, with their groups', async () => {
    const people = {
      reviewer: ['privacy-officers'],
      reviewer2: ['privacy-officers'],
      auditor: ['auditors'],
      admin: ['admins'],
    }
    for (const [name, groups] of Object.entries(people)) {
      const token = await demo.token(name)
      const principal = await console.authenticate({ authorization: `Bearer ${token}` })
      assert.equal(principal.id, `${demo.issuer.origin}|${name}`)
      assert.equal(principal.kind, 'person')
      assert.deepEqual(principal.groups, groups)
    }
  })

  it('gives tokens that are refused by the other audience', async () => {
    const [service, person] = [await demo.token('svc-triage'), await demo.token('reviewer')]
    const refused = { code: 'unauthenticated', message: /another audience/ }
    await assert.rejects(console.authenticate({ 'x-api-key': service }), refused)
    await assert.rejects(gateway.authenticate({ 'x-api-key': person }), refused)
  })

  it('leaves a service account a service account at the console', async () => {
    const token = await demo.token('svc-triage', 'console')
    const principal = await console.authenticate({ 'x-api-key': token })
    assert.deepEqual([principal.kind, principal.groups], ['service_account', []])
  })

  it('refuses a wrong secret and an unknown resource', async () => {
    const client = { issuer: demo.issuer, clientId: 'svc-triage' }
    const wrong = { ...client, clientSecret: 'wrong', parameters: {} }
    await assert.rejects(clientCredentialsToken(wrong), { code: 'unauthenticated' })
    const clientSecret = demo.secrets.get('svc-triage') ?? ''
    const odd = { ...client, clientSecret, parameters: { resource: 'urn:other' } }
    await assert.rejects(clientCredentialsToken(odd), {
      code: 'unauthenticated',
      message: /invalid_target/,
    })
  })

  it('leaves its secrets for the command line, readable by the owner alone', async () => {
    const { issuer, secrets } = await readClients(dataDir)
    assert.equal(issuer.href, demo.issuer.href)
    assert.deepEqual(secrets, demo.secrets)
    assert.equal((await stat(clientsFile(dataDir))).mode & 0o777, 0o600)
    assert.equal((await stat(join(dataDir, 'demo'))).mode & 0o777, 0o700)
  })

  it('makes new secrets and a new key at every start', async () => {
    const again = await startDemoIssuer({ port: 0, dataDir })
    assert.notEqual(again.secrets.get('svc-triage'), demo.secrets.get('svc-triage'))
    const kept = await readFile(clientsFile(dataDir), 'utf8')
    assert.ok(kept.includes(again.secrets.get('svc-triage') ?? 'none'))
    await again.close()
  })
})
