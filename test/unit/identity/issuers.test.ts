import assert from 'node:assert/strict'
import { GatewayError } from '../../../src/domain/index.ts'
import { fetchKeys } from '../../../src/identity/adapters/jose-verify.ts'
import { discover } from '../../../src/identity/adapters/openid-discovery.ts'
import { createIdentity, type Identity, type IssuerRules } from '../../../src/identity/index.ts'
import { FakeIssuer, forge, newKey, signToken, type SigningKey } from './fake-issuer.ts'

const START = Date.parse('2026-11-22T12:00:00Z')

describe('several issuers', () => {
  let now = START
  let keys: readonly [SigningKey, SigningKey]
  let one: FakeIssuer
  let two: FakeIssuer
  let identity: Identity
  let refused: string[]

  const rules = (issuer: FakeIssuer, more: Partial<IssuerRules> = {}): IssuerRules => ({
    issuer: issuer.url,
    audience: 'phigate',
    algorithms: ['ES256'],
    clockToleranceSeconds: 0,
    ...more,
  })
  const make = (...issuers: IssuerRules[]): Identity => {
    identity?.close()
    refused = []
    identity = createIdentity(
      {
        issuers,
        clock: { now: () => now },
        onRefused: (reason, issuer) => refused.push(`${reason} ${issuer ?? 'unknown'}`),
      },
      { discover, fetchKeys },
    )
    return identity
  }
  const sign = (of: FakeIssuer, by: SigningKey, claims = {}): Promise<string> =>
    signToken(of, by, now, { claims })
  const who = async (token: string): Promise<string> =>
    (await identity.authenticate({ authorization: `Bearer ${token}` })).id
  const refuses = (
    token: string,
    message: RegExp,
    code: GatewayError['code'] = 'unauthenticated',
  ): Promise<void> =>
    assert.rejects(who(token), (thrown) => {
      assert.ok(thrown instanceof GatewayError)
      assert.equal(thrown.code, code)
      assert.match(thrown.message, message)
      return true
    })

  before(async () => {
    keys = [await newKey('first'), await newKey('second')]
  })

  beforeEach(async () => {
    now = START
    one = await FakeIssuer.start([keys[0]])
    two = await FakeIssuer.start([keys[1]])
    make(rules(one), rules(two))
  })

  afterEach(async () => {
    identity.close()
    await Promise.all([one.close(), two.close()])
  })

  it('each verify their own tokens, and one subject of both is two principals', async () => {
    assert.equal(await who(await sign(one, keys[0])), `${one.url.origin}|svc-triage`)
    assert.equal(await who(await sign(two, keys[1])), `${two.url.origin}|svc-triage`)
  })

  it('cannot sign for each other', async () => {
    await who(await sign(one, keys[0]))
    await who(await sign(two, keys[1]))
    await refuses(await sign(one, keys[1]), /key that the issuer does not publish/)
    await refuses(await sign(two, { ...keys[0], kid: 'second' }), /bad signature/)
    assert.deepEqual(refused, [`unknown-key ${one.url.origin}`, `bad-signature ${two.url.origin}`])
  })

  it('have their own audience, algorithms and tolerance', async () => {
    make(
      rules(one, { audience: 'a', clockToleranceSeconds: 60 }),
      rules(two, { audience: 'b', algorithms: ['RS256'] }),
    )
    const late = { aud: 'a', exp: START / 1000 - 30 }
    await who(await sign(one, keys[0], late))
    await refuses(await sign(one, keys[0], { aud: 'b' }), /another audience/)
    await refuses(await sign(two, keys[1], { aud: 'b' }), /algorithm that is not accepted/)
  })

  it('are chosen by iss alone: one that is not configured is refused and never asked', async () => {
    const stranger = await FakeIssuer.start([keys[0]])
    await refuses(await sign(stranger, keys[0]), /comes from another issuer than those that are/)
    await refuses(await sign(one, keys[0], { iss: `${one.url.origin}.example` }), /another issuer/)
    await refuses(await sign(one, keys[0], { iss: [one.url.origin] }), /lacks a claim/)
    await refuses(
      forge({ alg: 'ES256' }, [], () => 'x'),
      /not a signed JWT/,
    )
    await refuses('bm8.bm8.bm8', /not a signed JWT/)
    assert.equal(stranger.discoveryRequests, 0)
    assert.equal(one.discoveryRequests + two.discoveryRequests, 0)
    assert.deepEqual(refused, [
      'unknown-issuer unknown',
      'unknown-issuer unknown',
      'incomplete unknown',
      'malformed unknown',
      'malformed unknown',
    ])
    await stranger.close()
  })

  it('are named as they spell themselves: a slash too many chooses, and does not verify', async () => {
    await refuses(await sign(one, keys[0], { iss: one.url.href }), /another issuer/)
    assert.deepEqual(refused, [`wrong-issuer ${one.url.origin}`])
  })

  it('do not share an outage', async () => {
    two.fault = 'down'
    await refuses(await sign(two, keys[1]), /cannot be reached/, 'issuer-unavailable')
    await who(await sign(one, keys[0]))
    assert.deepEqual(refused, [], 'nobody was refused: nobody could be verified')
  })

  it('do not share the limit on asking for keys anew', async () => {
    await who(await sign(one, keys[0]))
    await who(await sign(two, keys[1]))
    for (let index = 0; index < 10; index += 1) {
      const unknown = { ...keys[0], kid: `unknown-${index}` }
      await refuses(await sign(one, unknown), /does not publish/)
    }
    const next = await newKey('third')
    two.publish([next])
    await who(await sign(two, next))
  })

  it('make it ready as long as there are keys of one of them', async () => {
    two.fault = 'down'
    const until = Date.now() + 30_000
    while (!identity.ready() && Date.now() < until) await new Promise((go) => setTimeout(go, 5))
    assert.equal(identity.ready(), true)
    one.fault = 'down'
    now += 24 * 3_600_000
    assert.equal(identity.ready(), false)
  })

  it('are refused when there are none, or two of one name', () => {
    assert.throws(() => make(), /issuers must be there/)
    assert.throws(() => make(rules(one), rules(one)), /different URLs/)
  })

  it('take a token only with the claims that are required, before and after it is remembered', async () => {
    const requiredClaims = { tid: 'here', 'kubernetes.io.namespace': 'wards', verified: true }
    make(rules(one, { requiredClaims }))
    const good = { tid: 'here', 'kubernetes.io': { namespace: ['wards'] }, verified: true }
    await who(await sign(one, keys[0], good))
    for (const bad of [{ tid: 'there' }, { tid: undefined }, { verified: 'true' }]) {
      const token = await sign(one, keys[0], { ...good, ...bad })
      await refuses(token, /lacks a claim that is required here/)
      await refuses(token, /lacks a claim that is required here/)
    }
    assert.equal(refused[0], `claim-required ${one.url.origin}`)
  })

  it('let nobody in without the scope that each of them calls the base scope', async () => {
    make(rules(one, { requiredScope: 'a' }), rules(two, { requiredScope: 'b' }))
    await who(await sign(one, keys[0], { scope: 'x a' }))
    await who(await sign(two, keys[1], { scope: 'b' }))
    await refuses(await sign(one, keys[0], { scope: 'b' }), /has not the scope a/, 'forbidden')
    assert.deepEqual(refused, [`missing-scope ${one.url.origin}`])
  })

  it('count a caller with no token, and one with two that contradict each other', async () => {
    await assert.rejects(identity.authenticate({}))
    const [a, b] = [await sign(one, keys[0]), await sign(two, keys[1])]
    await assert.rejects(identity.authenticate({ authorization: `Bearer ${a}`, 'x-api-key': b }))
    await identity.authenticate({ authorization: `Bearer ${a}`, 'x-api-key': 'not-a-token' })
    assert.deepEqual(refused, ['no-credential unknown', 'contradiction unknown'])
  })
})
