import assert from 'node:assert/strict'
import { GatewayError, type Principal } from '../../../src/domain/index.ts'
import { fetchKeys } from '../../../src/identity/adapters/jose-verify.ts'
import { discover } from '../../../src/identity/adapters/openid-discovery.ts'
import { createIdentity, type Identity } from '../../../src/identity/index.ts'
import { FakeIssuer, newKey, signToken, type SigningKey } from './fake-issuer.ts'

const START = Date.parse('2026-11-22T12:00:00Z')
const NURSE = { sub: 'nurse', client_id: 'chart-app', scope: 'openid' }

describe('a caller that acts for a person', () => {
  let now = START
  let keys: readonly [SigningKey, SigningKey]
  let machines: FakeIssuer
  let people: FakeIssuer
  let identity: Identity
  let refused: string[]

  before(async () => {
    keys = [await newKey('first'), await newKey('second')]
  })

  beforeEach(async () => {
    now = START
    refused = []
    machines = await FakeIssuer.start([keys[0]])
    people = await FakeIssuer.start([keys[1]])
    const usual = { audience: 'phigate', algorithms: ['ES256'], clockToleranceSeconds: 0 }
    identity = createIdentity(
      {
        issuers: [
          { ...usual, issuer: machines.url, requiredScope: 'claude:invoke' },
          { ...usual, issuer: people.url, requiredScope: 'claude:invoke' },
        ],
        clock: { now: () => now },
        onRefused: (reason, issuer) => refused.push(`${reason} ${issuer ?? 'unknown'}`),
      },
      { discover, fetchKeys },
    )
  })

  afterEach(async () => {
    identity.close()
    await Promise.all([machines.close(), people.close()])
  })

  const service = (claims = {}): Promise<string> => signToken(machines, keys[0], now, { claims })
  const person = (claims = {}): Promise<string> =>
    signToken(people, keys[1], now, { claims: { ...NURSE, ...claims } })
  const call = (token: string, onBehalfOf?: string): Promise<Principal> =>
    identity.authenticate({
      authorization: `Bearer ${token}`,
      'x-phigate-on-behalf-of': onBehalfOf,
    })
  const refuses = async (
    calling: Promise<Principal>,
    message: RegExp,
    code: GatewayError['code'] = 'unauthenticated',
  ): Promise<void> => {
    await assert.rejects(calling, (thrown) => {
      assert.ok(thrown instanceof GatewayError)
      assert.equal(thrown.code, code)
      assert.match(thrown.message, message)
      return true
    })
  }

  it('is itself, on behalf of the person whose token it shows', async () => {
    assert.deepEqual(await call(await service(), await person({ groups: ['admins'] })), {
      id: `${machines.url.origin}|svc-triage`,
      kind: 'service_account',
      scopes: ['claude:invoke'],
      groups: [],
      onBehalfOf: `${people.url.origin}|nurse`,
      purpose: null,
    })
  })

  it('is itself alone again in the next request, though its token is remembered', async () => {
    const token = await service()
    await call(token, await person())
    assert.equal((await call(token)).onBehalfOf, null)
  })

  it('cannot show a service account for a person', async () => {
    await refuses(
      call(await service(), await service({ sub: 'svc-batch', client_id: 'svc-batch' })),
      /x-phigate-on-behalf-of does not belong to a person/,
    )
    // A person behind another application is shown by that application's token alone.
    await refuses(call(await service(), await person({ act: { sub: 'app' } })), /to a person/)
    assert.deepEqual(refused, [
      `not-a-person ${machines.url.origin}`,
      `not-a-person ${people.url.origin}`,
    ])
  })

  it('cannot show a token that would not be taken from its owner', async () => {
    const expired = await person({ exp: START / 1000 - 1 })
    await refuses(call(await service(), expired), /x-phigate-on-behalf-of has expired/)
    await refuses(call(await service(), await person({ aud: 'other' })), /another audience/)
    const forged = await signToken(people, { ...keys[0], kid: 'second' }, now, { claims: NURSE })
    await refuses(call(await service(), forged), /x-phigate-on-behalf-of has a bad signature/)
    for (const text of ['', ' ', 'nurse', `Bearer ${await person()}`, 'a.b.c, d.e.f']) {
      await refuses(call(await service(), text), /x-phigate-on-behalf-of is not a signed JWT/)
    }
  })

  it('is not told what a person has when it is not let in itself', async () => {
    const expired = await service({ exp: START / 1000 - 1 })
    await refuses(call(expired, await person()), /token in Authorization has expired$/)
    const idle = await service({ scope: 'other' })
    await refuses(call(idle, await person()), /has not the scope/, 'forbidden')
    assert.equal(people.discoveryRequests, 0)
  })

  it('has to try again when nobody can verify the person', async () => {
    people.fault = 'down'
    await refuses(call(await service(), await person()), /cannot be reached/, 'issuer-unavailable')
  })

  describe('by the claim act', () => {
    it('is the actor, on behalf of the subject', async () => {
      const token = await person({ scope: 'claude:invoke', act: { sub: 'chart-app' } })
      const { id, kind, onBehalfOf } = await call(token)
      assert.equal(id, `${people.url.origin}|chart-app`)
      assert.equal(kind, 'service_account')
      assert.equal(onBehalfOf, `${people.url.origin}|nurse`)
    })

    it('is the outermost of nested actors', async () => {
      const act = { sub: 'chart-app', act: { sub: 'portal' } }
      const { id } = await call(await person({ scope: 'claude:invoke', act }))
      assert.equal(id, `${people.url.origin}|chart-app`)
    })

    it('is refused when the actor is none', async () => {
      await refuses(call(await person({ act: 'chart-app' })), /claim act/)
      assert.deepEqual(refused, [`bad-actor ${people.url.origin}`])
    })

    it('may show the same person in the header, and no other', async () => {
      const token = await person({ scope: 'claude:invoke', act: { sub: 'chart-app' } })
      assert.equal((await call(token, await person())).onBehalfOf, `${people.url.origin}|nurse`)
      const other = await person({ sub: 'physician' })
      await refuses(call(token, other), /acts for another person than the one in x-phigate-on/)
      assert.deepEqual(refused, ['contradiction unknown'])
    })

    it('is two callers with tokens for two people', async () => {
      const of = (sub: string): Promise<string> =>
        person({ sub, scope: 'claude:invoke', act: { sub: 'chart-app' } })
      const headers = {
        authorization: `Bearer ${await of('nurse')}`,
        'x-api-key': await of('physician'),
      }
      await refuses(identity.authenticate(headers), /different principals/)
    })
  })
})
