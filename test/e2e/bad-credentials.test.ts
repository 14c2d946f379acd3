import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { usualIssuer } from '../../src/config/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { assertForwarded, errorOf, watchRecords } from '../support/exchanges.ts'
import { ask, startTestGateway, UPSTREAM_KEY, type TestGateway } from '../support/gateway.ts'
import {
  FakeIssuer,
  forge,
  newKey,
  signToken,
  type SigningKey,
} from '../unit/identity/fake-issuer.ts'

type Headers = Readonly<Record<string, string>>

describe('credentials at the gateway', () => {
  let issuer: FakeIssuer
  let key: SigningKey
  let gateway: TestGateway
  let records: () => AuditRecord[]
  let forwarded = 0

  before(async () => {
    key = await newKey('k1')
    issuer = await FakeIssuer.start([key])
    gateway = await startTestGateway({
      issuers: [usualIssuer(issuer.url)],
    })
    records = watchRecords(gateway)
    records()
  })
  after(async () => {
    await gateway.stop()
    await issuer.close()
  })

  const token = (claims: Record<string, unknown> = {}): Promise<string> =>
    signToken(issuer, key, Date.now(), { claims })
  const now = (): number => Math.floor(Date.now() / 1000)
  const claims = (): Record<string, unknown> => ({
    iss: issuer.url.origin,
    aud: 'phigate',
    sub: 'svc-triage',
    client_id: 'svc-triage',
    scope: 'claude:invoke',
    iat: now(),
    exp: now() + 600,
  })
  const post = (headers: Headers): Promise<Response> =>
    fetch(new URL('/v1/messages', gateway.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(ask('good morning')),
    })
  /** Nobody known asked for anything: that is no decision, and it reaches nobody. */
  const assertUnheard = async (response: Response, secrets: readonly string[]): Promise<void> => {
    const said = JSON.stringify([...response.headers])
    const envelope = await errorOf(response, 401)
    assert.equal(envelope.error.type, 'authentication_error')
    for (const secret of secrets) {
      assert.ok(!(JSON.stringify(envelope) + said).includes(secret), 'the answer holds the token')
    }
    assert.equal(gateway.simulator.received.length, forwarded)
    assert.deepEqual(records(), [])
  }

  const BAD: Readonly<Record<string, () => Promise<string> | string>> = {
    'that has expired': () => token({ exp: now() - 60 }),
    'that is not valid yet': () => token({ nbf: now() + 600 }),
    'without an expiry': () => token({ exp: undefined }),
    'without a subject': () => token({ sub: undefined }),
    'for the console': () => token({ aud: 'phigate-console' }),
    'of another issuer that serves nobody here': () => gateway.token,
    'that names another issuer': () => token({ iss: 'https://issuer.invalid' }),
    'signed by a stranger under a known key id': async () =>
      signToken(issuer, await newKey('k1'), Date.now()),
    'signed by a stranger under an unknown key id': async () =>
      signToken(issuer, await newKey('k2'), Date.now()),
    'whose claims were changed after signing': async () => {
      const [header, , signature] = (await token()).split('.')
      const changed = Buffer.from(JSON.stringify({ ...claims(), sub: 'svc-batch' }))
      return `${header}.${changed.toString('base64url')}.${signature}`
    },
    'with alg none': () => forge({ alg: 'none', typ: 'at+jwt' }, claims(), () => ''),
    'with alg None and a signature': () =>
      forge({ alg: 'None', kid: 'k1' }, claims(), () => 'AAAA'),
    'signed with the public key as a shared secret': () =>
      forge({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' }, claims(), (input) =>
        createHmac('sha256', JSON.stringify(key.jwk)).update(input).digest('base64url'),
      ),
    'that is no access token': () =>
      signToken(issuer, key, Date.now(), { header: { typ: 'logout+jwt' } }),
    'that is the real key of the upstream': () => UPSTREAM_KEY,
    'that is no token at all': () => 'sk-ant-api03-nothing',
  }
  for (const [name, make] of Object.entries(BAD)) {
    it(`refuses a token ${name}, in either header`, async () => {
      const bad = await make()
      await assertUnheard(await post({ authorization: `Bearer ${bad}` }), [])
      await assertUnheard(await post({ 'x-api-key': bad }), bad === UPSTREAM_KEY ? [] : [bad])
    })
  }

  it('refuses a request without any credential', async () => {
    await assertUnheard(await post({}), [])
    await assertUnheard(await post({ authorization: '', 'x-api-key': ' ' }), [])
    await assertUnheard(await post({ authorization: 'Basic c3ZjOnNlY3JldA==' }), ['c3ZjOnNlY3JldA'])
  })

  it('refuses a gateway token at the console, and takes a console token there', async () => {
    const status = new URL('/status', gateway.server.consoleUrl)
    const wrong = await token()
    const refused = await fetch(status, { headers: { authorization: `Bearer ${wrong}` } })
    assert.equal(refused.status, 401)
    assert.ok(!(await refused.text()).includes(wrong))
    const right = await token({
      aud: 'phigate-console',
      groups: ['auditors'],
      phigate_kind: 'person',
    })
    const taken = await fetch(status, { headers: { authorization: `Bearer ${right}` } })
    assert.equal(taken.status, 200)
  })

  it('refuses two valid tokens of different principals', async () => {
    const [one, two] = [await token(), await token({ sub: 'svc-batch', client_id: 'svc-batch' })]
    await assertUnheard(await post({ authorization: `Bearer ${one}`, 'x-api-key': two }), [
      one,
      two,
    ])
  })

  it('answers 403 to a verified token without the base scope', async () => {
    for (const scope of ['', 'openid profile', 'claude:invoke:admin', undefined]) {
      const envelope = await errorOf(
        await post({ authorization: `Bearer ${await token({ scope })}` }),
        403,
      )
      assert.equal(envelope.error.type, 'permission_error')
    }
    assert.deepEqual(records(), [])
    assert.equal(gateway.simulator.received.length, forwarded)
  })

  const GOOD: Readonly<Record<string, () => Promise<Headers>>> = {
    'as a bearer token': async () => ({ authorization: `Bearer ${await token()}` }),
    'as a bearer token, whatever the letter case': async () => ({
      authorization: `bEARER  ${await token()}`,
    }),
    'as x-api-key': async () => ({ 'x-api-key': await token() }),
    'in both headers': async () => {
      const same = await token()
      return { authorization: `Bearer ${same}`, 'x-api-key': same }
    },
    'twice, as two tokens of one principal': async () => ({
      authorization: `Bearer ${await token()}`,
      'x-api-key': await token({ jti: 'second' }),
    }),
    'in Authorization beside something else': async () => ({
      authorization: `Bearer ${await token()}`,
      'x-api-key': 'sk-ant-left-over-from-before',
    }),
    'in x-api-key beside an expired one': async () => ({
      authorization: `Bearer ${await token({ exp: now() - 60 })}`,
      'x-api-key': await token(),
    }),
  }
  for (const [name, make] of Object.entries(GOOD)) {
    it(`takes a valid token ${name}, and sends the real key alone upstream`, async () => {
      const headers = await make()
      const response = await post(headers)
      const said = (await response.text()) + JSON.stringify([...response.headers])
      assert.equal(response.status, 200)
      assert.ok(!said.includes(UPSTREAM_KEY), 'the answer holds the real key')
      const received = gateway.simulator.received.slice(forwarded)
      forwarded += 1
      assert.equal(received.length, 1)
      assert.equal(received[0]?.headers['x-api-key'], UPSTREAM_KEY)
      const sent = JSON.stringify(received[0]?.headers)
      for (const value of Object.values(headers)) {
        assert.ok(!sent.includes(value.replace(/^bearer +/i, '')), 'a credential went upstream')
      }
      assertForwarded(records(), 'complete', 200)
    })
  }

  it('keeps credentials out of everything it writes', async () => {
    const used = await token()
    await post({ authorization: `Bearer ${used}` })
    const written = gateway.written()
    assert.ok(!written.includes(used) && !written.includes(UPSTREAM_KEY))
  })
})
