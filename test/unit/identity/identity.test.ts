import assert from 'node:assert/strict'
import { createHmac, createPublicKey } from 'node:crypto'
import { GatewayError } from '../../../src/domain/index.ts'
import { fetchKeys } from '../../../src/identity/adapters/jose-verify.ts'
import { discover } from '../../../src/identity/adapters/openid-discovery.ts'
import {
  createIdentity,
  type CredentialHeaders,
  type Identity,
  type IssuerRules,
} from '../../../src/identity/index.ts'
import {
  FakeIssuer,
  forge,
  newKey,
  signToken,
  type SigningKey,
  type TokenChanges,
} from './fake-issuer.ts'

const START = Date.parse('2026-11-22T12:00:00Z')
const HOUR = 3_600_000

describe('identity', () => {
  let now = START
  let key: SigningKey
  let issuer: FakeIssuer
  let identity: Identity
  const made: Identity[] = []

  const make = (changes: Partial<IssuerRules> = {}, fetchTimeoutMs = 5_000): Identity => {
    const rules = {
      issuer: issuer.url,
      audience: 'phigate',
      algorithms: ['ES256'],
      clockToleranceSeconds: 0,
      ...changes,
    }
    const options = { issuers: [rules], clock: { now: () => now }, fetchTimeoutMs }
    const one = createIdentity(options, { discover, fetchKeys })
    made.push(one)
    return one
  }
  const sign = (changes: TokenChanges = {}, by = key): Promise<string> =>
    signToken(issuer, by, now, changes)
  const bearer = (token: string): CredentialHeaders => ({ authorization: `Bearer ${token}` })

  const refuses = async (
    headers: CredentialHeaders,
    message: RegExp,
    code: GatewayError['code'] = 'unauthenticated',
    by = identity,
  ): Promise<void> => {
    await assert.rejects(by.authenticate(headers), (thrown) => {
      assert.ok(thrown instanceof GatewayError)
      assert.equal(thrown.code, code)
      assert.match(thrown.message, message)
      for (const part of Object.values(headers).join('.').split(/[. ]/)) {
        if (part.length > 12) assert.ok(!thrown.message.includes(part), 'quotes the credential')
      }
      return true
    })
  }

  before(async () => {
    key = await newKey('first')
  })

  beforeEach(async () => {
    now = START
    issuer = await FakeIssuer.start([key])
    identity = make()
  })

  afterEach(async () => {
    for (const one of made.splice(0)) one.close()
    await issuer.close()
  })

  describe('credentials', () => {
    it('takes a token from Authorization', async () => {
      const principal = await identity.authenticate(bearer(await sign()))
      assert.deepEqual(principal, {
        id: `${issuer.url.origin}|svc-triage`,
        kind: 'service_account',
        scopes: ['claude:invoke'],
        groups: [],
        onBehalfOf: null,
        purpose: null,
      })
    })

    it('takes a token from x-api-key, and the same token from both headers', async () => {
      const token = await sign()
      const id = `${issuer.url.origin}|svc-triage`
      assert.equal((await identity.authenticate({ 'x-api-key': token })).id, id)
      assert.equal((await identity.authenticate({ ...bearer(token), 'x-api-key': token })).id, id)
    })

    it('takes whichever of two different values verifies', async () => {
      const token = await sign()
      const id = `${issuer.url.origin}|svc-triage`
      const other = 'sk-ant-something-else'
      assert.equal((await identity.authenticate({ ...bearer(token), 'x-api-key': other })).id, id)
      assert.equal((await identity.authenticate({ ...bearer(other), 'x-api-key': token })).id, id)
      const expired = await sign({ claims: { exp: now / 1000 - 60 } })
      assert.equal((await identity.authenticate({ ...bearer(expired), 'x-api-key': token })).id, id)
    })

    it('takes two tokens of one principal and refuses two of different principals', async () => {
      const one = await sign()
      const same = await sign({ claims: { jti: 'another' } })
      const other = await sign({ claims: { sub: 'svc-batch' } })
      await identity.authenticate({ ...bearer(one), 'x-api-key': same })
      await refuses({ ...bearer(one), 'x-api-key': other }, /different principals/)
    })

    it('says what is missing', async () => {
      await refuses({}, /No credential.*Authorization.*x-api-key/)
      await refuses({ authorization: ' ', 'x-api-key': '' }, /No credential/)
    })

    it('says which header holds what, when neither verifies', async () => {
      await refuses(
        { authorization: 'Basic dXNlcjpwYXNzd29yZA==', 'x-api-key': 'sk-ant-0123456789abcdef' },
        /Authorization is not a bearer token; .*x-api-key is not a signed JWT/,
      )
    })

    it('does not ask the issuer about what cannot be a token', async () => {
      await refuses(bearer('sk-ant-0123456789abcdef'), /not a signed JWT/)
      await refuses(bearer(`${'a'.repeat(17_000)}.b.c`), /not a signed JWT/)
      assert.equal(issuer.discoveryRequests, 0)
    })
  })

  describe('bad tokens', () => {
    const cases: readonly [string, TokenChanges, RegExp][] = [
      ['expired', { claims: { exp: START / 1000 - 1 } }, /has expired/],
      ['valid only later', { claims: { nbf: START / 1000 + 60 } }, /not valid yet/],
      ['for another audience', { claims: { aud: 'phigate-console' } }, /another audience/],
      ['of another issuer', { claims: { iss: 'https://elsewhere.example' } }, /another issuer/],
      ['without expiry', { claims: { exp: undefined } }, /lacks a claim/],
      ['without audience', { claims: { aud: undefined } }, /lacks a claim/],
      ['without issuer', { claims: { iss: undefined } }, /lacks a claim/],
      ['without subject', { claims: { sub: undefined } }, /lacks a claim/],
      ['with an empty subject', { claims: { sub: '' } }, /lacks a claim/],
      ['with a subject that is no string', { claims: { sub: 7 } }, /lacks a claim/],
      ['of another type', { header: { typ: 'logout+jwt' } }, /not an access token/],
      [
        'with an unknown key',
        { header: { kid: 'another' } },
        /key that the issuer does not publish/,
      ],
    ]
    for (const [name, changes, message] of cases) {
      it(`refuses one ${name}`, async () => {
        await refuses(bearer(await sign(changes)), message)
      })
    }

    it('refuses one that nobody signed (alg none)', async () => {
      const claims = { iss: issuer.url.origin, aud: 'phigate', sub: 'x', exp: now / 1000 + 60 }
      const token = forge({ alg: 'none' }, claims, () => '')
      await refuses(bearer(token), /algorithm that is not accepted/)
    })

    it('refuses HS256 with the public key as the secret', async () => {
      const claims = { iss: issuer.url.origin, aud: 'phigate', sub: 'x', exp: now / 1000 + 60 }
      const pem = createPublicKey({ key: { ...key.jwk }, format: 'jwk' })
        .export({ type: 'spki', format: 'pem' })
        .toString()
      const token = forge({ alg: 'HS256', kid: key.kid }, claims, (input) =>
        createHmac('sha256', pem).update(input).digest('base64url'),
      )
      await refuses(bearer(token), /algorithm that is not accepted/)
    })

    it('refuses an algorithm that is not on the list', async () => {
      const picky = make({ algorithms: ['RS256'] })
      await refuses(bearer(await sign()), /algorithm/, 'unauthenticated', picky)
    })

    it('refuses one whose claims were changed after signing', async () => {
      const [header, , signature] = (await sign()).split('.')
      const [, claims] = (await sign({ claims: { sub: 'admin' } })).split('.')
      await refuses(bearer(`${header}.${claims}.${signature}`), /bad signature/)
    })

    it('refuses one signed by a key that only bears the name of a published one', async () => {
      const impostor = { ...(await newKey('x')), kid: key.kid }
      await refuses(bearer(await sign({}, impostor)), /bad signature/)
    })

    it('allows for a clock that is off by the tolerance, and no more', async () => {
      const tolerant = make({ clockToleranceSeconds: 30 })
      await tolerant.authenticate(bearer(await sign({ claims: { exp: now / 1000 - 29 } })))
      const later = await sign({ claims: { exp: now / 1000 - 31 } })
      await refuses(bearer(later), /expired/, 'unauthenticated', tolerant)
    })
  })

  describe('keys', () => {
    it('asks nothing of the issuer before the first token, and then once', async () => {
      assert.equal(issuer.discoveryRequests, 0)
      const token = await sign()
      await Promise.all(Array.from({ length: 20 }, () => identity.authenticate(bearer(token))))
      assert.deepEqual([issuer.discoveryRequests, issuer.jwksRequests], [1, 1])
    })

    it('is ready once it has keys, and asking makes it get them', async () => {
      assert.equal(identity.ready(), false)
      await identity.authenticate(bearer(await sign()))
      assert.equal(identity.ready(), true)
      const other = make()
      const deadline = Date.now() + 30_000
      while (!other.ready() && Date.now() < deadline) await new Promise((r) => setTimeout(r, 5))
      assert.equal(other.ready(), true)
    })

    it('picks up a rotated key at once, and drops the old one', async () => {
      const old = await sign()
      await identity.authenticate(bearer(old))
      const next = await newKey('second')
      issuer.publish([next])
      await identity.authenticate(bearer(await sign({}, next)))
      await refuses(bearer(old), /key that the issuer does not publish/)
    })

    it('picks up a key that was replaced under the same name', async () => {
      await identity.authenticate(bearer(await sign()))
      const next = await newKey(key.kid)
      issuer.publish([next])
      await identity.authenticate(bearer(await sign({}, next)))
    })

    it('tries every key that fits a token without kid', async () => {
      const next = await newKey('second')
      issuer.publish([key, next])
      await identity.authenticate(bearer(await sign({ header: { kid: undefined } }, next)))
      const stranger = await newKey('third')
      const token = await sign({ header: { kid: undefined } }, stranger)
      await refuses(bearer(token), /bad signature/)
    })

    it('does not pass a flood of unknown keys on, and sees a new key soon after', async () => {
      await identity.authenticate(bearer(await sign()))
      const before = issuer.jwksRequests
      for (let index = 0; index < 30; index += 1) {
        const token = await sign({ header: { kid: `unknown-${index}` } })
        await refuses(bearer(token), /key that the issuer does not publish/)
      }
      assert.equal(issuer.jwksRequests - before, 3)
      const next = await newKey('second')
      issuer.publish([key, next])
      now += 5_000
      await identity.authenticate(bearer(await sign({}, next)))
    })

    it('stops trusting a withdrawn key in time, without making a request wait', async () => {
      const token = await sign({ claims: { exp: START / 1000 + 7200 } })
      await identity.authenticate(bearer(token))
      issuer.publish([await newKey('second')])
      now += HOUR
      await identity.authenticate(bearer(token))
      await waitFor(() => issuer.jwksRequests >= 2)
      await waitFor(() =>
        identity.authenticate(bearer(token)).then(
          () => false,
          () => true,
        ),
      )
    })
  })

  describe('an issuer that is away', () => {
    it('is a 503, not a 401, when there are no keys', async () => {
      issuer.fault = 'down'
      await refuses(bearer(await sign()), /cannot be reached/, 'issuer-unavailable')
      assert.equal(identity.ready(), false)
    })

    it('is asked again a second later, and no sooner', async () => {
      issuer.fault = 'down'
      await refuses(bearer(await sign()), /cannot be reached/, 'issuer-unavailable')
      issuer.fault = undefined
      await refuses(bearer(await sign()), /cannot be reached/, 'issuer-unavailable')
      assert.equal(issuer.discoveryRequests, 1)
      now += 1_000
      await identity.authenticate(bearer(await sign()))
    })

    it('does no harm to tokens of known keys for a day', async () => {
      await identity.authenticate(bearer(await sign()))
      issuer.fault = 'down'
      now += 23 * HOUR
      await identity.authenticate(bearer(await sign()))
      now += HOUR
      await refuses(bearer(await sign()), /cannot be reached/, 'issuer-unavailable')
    })

    it('does no harm for as long as the configuration says, and no longer', async () => {
      const brief = make({ maxKeyAgeMs: 2 * HOUR })
      await brief.authenticate(bearer(await sign()))
      issuer.fault = 'down'
      now += 2 * HOUR - 1
      assert.equal(brief.ready(), true)
      await brief.authenticate(bearer(await sign()))
      now += 1
      assert.equal(brief.ready(), false)
      await refuses(bearer(await sign()), /cannot be reached/, 'issuer-unavailable', brief)
    })

    it('is not what keys look like that got old because nobody called', async () => {
      let fetched = 0
      const counting: typeof fetchKeys = async (...args) => {
        const keys = await fetchKeys(...args)
        fetched += 1
        return keys
      }
      const rules = { issuer: issuer.url, audience: 'phigate', algorithms: ['ES256'] }
      const idle = createIdentity(
        { issuers: [{ ...rules, maxKeyAgeMs: 60_000 }], clock: { now: () => now } },
        { discover, fetchKeys: counting },
      )
      made.push(idle)
      await idle.authenticate(bearer(await sign()))
      for (let probes = 2; probes < 5; probes += 1) {
        now += 40_000
        assert.equal(idle.ready(), true)
        await waitFor(() => fetched === probes)
      }
    })

    it('makes an unknown key a 503, since it may be a new one', async () => {
      await identity.authenticate(bearer(await sign()))
      issuer.fault = 'down'
      const token = await sign({ header: { kid: 'another' } })
      await refuses(bearer(token), /cannot be reached/, 'issuer-unavailable')
    })

    it('leaves a bad signature by a known key what it is', async () => {
      await identity.authenticate(bearer(await sign()))
      issuer.fault = 'down'
      const impostor = { ...(await newKey('x')), kid: key.kid }
      await refuses(bearer(await sign({}, impostor)), /bad signature/)
    })

    it('does not hang a request', async () => {
      issuer.fault = 'hang'
      const hasty = make({}, 100)
      const token = await sign()
      const begun = Date.now()
      await refuses(bearer(token), /cannot be reached/, 'issuer-unavailable', hasty)
      assert.ok(Date.now() - begun < 3_000)
    })

    it('does not hang a request even when an adapter forgets its time limit', async () => {
      const never = new Promise<never>(() => {})
      const rules = { issuer: issuer.url, audience: 'phigate', algorithms: ['ES256'] }
      const clock = { now: () => now }
      const stuck = createIdentity(
        { issuers: [rules], clock, fetchTimeoutMs: 50 },
        { discover: () => never, fetchKeys },
      )
      const alive = setTimeout(() => {}, 5_000)
      await refuses(bearer(await sign()), /cannot be reached/, 'issuer-unavailable', stuck)
      clearTimeout(alive)
    })

    it('is not asked any more after the close', async () => {
      identity.close()
      await refuses(bearer(await sign()), /cannot be reached/, 'issuer-unavailable')
      assert.equal(issuer.discoveryRequests, 0)
    })
  })

  it('remembers a verified token no longer than it lasts', async () => {
    const token = await sign({ claims: { exp: START / 1000 + 60 } })
    await identity.authenticate(bearer(token))
    await identity.authenticate(bearer(token))
    now += 60_000
    await refuses(bearer(token), /expired/)
  })

  it('remembers a verified token for the tolerance longer, as it would verify it', async () => {
    const tolerant = make({ clockToleranceSeconds: 30 })
    const token = await sign({ claims: { exp: START / 1000 + 60 } })
    await tolerant.authenticate(bearer(token))
    now += 89_999
    await tolerant.authenticate(bearer(token))
    await make({ clockToleranceSeconds: 30 }).authenticate(bearer(token))
    now += 1
    await refuses(bearer(token), /expired/, 'unauthenticated', tolerant)
  })

  it('refuses settings that would accept what nobody signed, or an issuer that can be impersonated', () => {
    for (const algorithms of [[], ['none'], ['HS256'], ['RS256', 'HS512']]) {
      assert.throws(() => make({ algorithms }), /asymmetric/)
    }
    assert.throws(() => make({ audience: '' }), /empty/)
    assert.throws(() => make({ issuer: new URL('http://issuer.example') }), /https/)
  })

  it('does not take keys from an address that is neither https nor local', async () => {
    issuer.jwksUri = 'http://keys.example/jwks'
    await refuses(bearer(await sign()), /cannot be reached/, 'issuer-unavailable')
  })
})

async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('did not come true in time')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
