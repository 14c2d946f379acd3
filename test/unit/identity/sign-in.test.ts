import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { SignJWT } from 'jose'
import { openidSignIn } from '../../../src/identity/adapters/openid-sign-in.ts'
import {
  createSignIn,
  type SignedIn,
  type SignIn,
  type SignInOptions,
} from '../../../src/identity/index.ts'
import { newKey, type SigningKey } from './fake-issuer.ts'

const REDIRECT = new URL('http://127.0.0.1:1/sign-in/callback')

/** An issuer that people sign in at, as good or bad as a test wants it. */
interface Provider {
  claims: Record<string, unknown>
  /** What userinfo answers: claims, or a status. */
  userInfo: Record<string, unknown> | number
  /** The access token that userinfo takes. */
  access: string
  refreshed: number
  signer: SigningKey
}

describe('signing people in', () => {
  let key: SigningKey
  let server: Server
  let issuer: string
  let provider: Provider
  let nonce: string
  let hasUserInfo: boolean

  before(async () => {
    key = await newKey('k1')
  })
  beforeEach(async () => {
    hasUserInfo = true
    provider = {
      claims: { groups: ['officers'] },
      userInfo: { groups: ['officers'] },
      access: 'access-1',
      refreshed: 0,
      signer: key,
    }
    server = createServer((request, response) => {
      const send = (status: number, body: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }
      let form = ''
      request.setEncoding('utf8').on('data', (chunk: string) => (form += chunk))
      request.on('end', () => {
        const { url = '' } = request
        if (url.startsWith('/.well-known')) send(200, metadata())
        else if (url === '/jwks') send(200, { keys: [key.jwk] })
        else if (url === '/token')
          void token(new URLSearchParams(form)).then((body) => send(200, body))
        else if (typeof provider.userInfo === 'number') send(provider.userInfo, {})
        else if (request.headers.authorization !== `Bearer ${provider.access}`) send(401, {})
        else send(200, { sub: 'jane', ...provider.userInfo })
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    issuer = `http://127.0.0.1:${address.port}`
  })
  afterEach(() => {
    server.close()
    server.closeAllConnections()
  })

  function metadata(): object {
    return {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ['ES256'],
      ...(hasUserInfo ? { userinfo_endpoint: `${issuer}/userinfo` } : {}),
    }
  }

  async function token(form: URLSearchParams): Promise<object> {
    if (form.get('grant_type') === 'refresh_token') {
      provider.refreshed += 1
      return { access_token: provider.access, token_type: 'bearer' }
    }
    const seconds = Math.floor(Date.now() / 1000)
    const good = { iss: issuer, aud: 'console', sub: 'jane', iat: seconds, exp: seconds + 300 }
    const claims = { ...good, auth_time: seconds - 5, nonce, ...provider.claims }
    const idToken = await new SignJWT(JSON.parse(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .sign(provider.signer.privateKey)
    return {
      access_token: 'access-1',
      refresh_token: 'refresh-1',
      token_type: 'bearer',
      id_token: idToken,
    }
  }

  function signInWith(changes: Partial<SignInOptions> = {}): SignIn {
    const clock = { now: () => Date.now() }
    const access = openidSignIn({
      issuer: new URL(issuer),
      clientId: 'console',
      clientSecret: () => 'secret',
      scopes: ['openid', 'profile'],
      clock,
    })
    const options = {
      redirectUri: REDIRECT,
      maxAgeSeconds: 900,
      claims: {},
      requiredClaims: {},
      clock,
    }
    return createSignIn({ ...options, ...changes }, access)
  }

  async function signIn(changes: Partial<SignInOptions> = {}): Promise<SignedIn> {
    const desk = signInWith(changes)
    const { url, secrets } = await desk.begin(false)
    nonce = url.searchParams.get('nonce') ?? ''
    const state = url.searchParams.get('state') ?? ''
    return desk.finish(new URL(`${REDIRECT.href}?code=c&state=${state}`), secrets)
  }
  const refused = { code: 'unauthenticated' }
  const away = { code: 'issuer-unavailable' }

  it('gives a person by issuer and subject, with their groups and the time they showed who they are', async () => {
    const { principal, authenticatedAt } = await signIn()
    assert.deepEqual(principal, {
      id: `${issuer}|jane`,
      kind: 'person',
      scopes: [],
      groups: ['officers'],
      onBehalfOf: null,
      purpose: null,
    })
    assert.ok(Date.now() - authenticatedAt >= 5000 && Date.now() - authenticatedAt < 10_000)
  })

  it('asks with PKCE, state, nonce and an age, and again where that is wanted', async () => {
    const { url, secrets } = await signInWith().begin(true)
    const asked = Object.fromEntries(url.searchParams)
    assert.equal(asked['code_challenge_method'], 'S256')
    assert.notEqual(asked['code_challenge'], secrets.verifier)
    assert.deepEqual([asked['state'], asked['nonce']], [secrets.state, secrets.nonce])
    assert.deepEqual([asked['max_age'], asked['prompt']], ['900', 'login'])
    assert.equal(asked['scope'], 'openid profile')
    assert.equal((await signInWith().begin(false)).url.searchParams.get('prompt'), null)
  })

  it('reads groups and kind where the claims of tokens have them', async () => {
    provider.claims = { realm: { roles: ['officers'] }, user_type: 'robot' }
    provider.userInfo = {}
    const claims = { groups: ['realm.roles'], kind: { claim: 'user_type', person: ['employee'] } }
    const { principal } = await signIn({ claims })
    assert.deepEqual([principal.groups, principal.kind], [['officers'], 'service_account'])
  })

  it('is refused when the ID token is not what it must be', async () => {
    const seconds = Math.floor(Date.now() / 1000)
    for (const claims of [
      { nonce: 'another' },
      { aud: 'another' },
      { iss: 'https://other.example' },
      { exp: seconds - 600 },
      { auth_time: seconds - 1000 },
      { auth_time: undefined },
    ]) {
      provider.claims = claims
      await assert.rejects(signIn(), refused, JSON.stringify(Object.keys(claims)))
    }
    provider.claims = {}
    provider.signer = await newKey('k1')
    await assert.rejects(signIn(), refused, 'signed by somebody else')
  })

  it('is refused without a claim that the issuer must state', async () => {
    await assert.rejects(signIn({ requiredClaims: { tid: 'ours' } }), refused)
    provider.claims = { tid: 'ours', groups: ['officers'] }
    assert.equal((await signIn({ requiredClaims: { tid: 'ours' } })).principal.id, `${issuer}|jane`)
  })

  it('is refused with the state of somebody else, and when the issuer refused', async () => {
    const desk = signInWith()
    const [one, other] = [await desk.begin(false), await desk.begin(false)]
    const state = other.url.searchParams.get('state') ?? ''
    await assert.rejects(
      desk.finish(new URL(`${REDIRECT.href}?code=c&state=${state}`), one.secrets),
      refused,
    )
    const denied = new URL(`${REDIRECT.href}?error=access_denied&state=${state}`)
    await assert.rejects(desk.finish(denied, other.secrets), refused)
  })

  it('lets userinfo alone tell of groups where it does, now and later', async () => {
    provider.claims = { groups: ['officers', 'admins'] }
    const { principal, now } = await signIn()
    assert.deepEqual(principal.groups, ['officers'])
    for (const groups of [['others'], [], undefined]) {
      provider.userInfo = { groups }
      assert.deepEqual((await now()).groups, groups ?? [])
    }
  })

  it('keeps the groups of the ID token where userinfo never tells of them', async () => {
    provider.userInfo = { name: 'Jane' }
    const { now } = await signIn()
    assert.deepEqual((await now()).groups, ['officers'])
    hasUserInfo = false
    const other = await signIn()
    assert.deepEqual((await other.now()).groups, ['officers'])
  })

  it('renews an access token that is over', async () => {
    const { now } = await signIn()
    provider.access = 'access-2'
    assert.deepEqual((await now()).groups, ['officers'])
    assert.deepEqual((await now()).groups, ['officers'])
    assert.equal(provider.refreshed, 1)
  })

  it('knows nobody whom the issuer knows no more, and nobody while it is away', async () => {
    const { now } = await signIn()
    provider.userInfo = 401
    await assert.rejects(now(), refused)
    provider.userInfo = { sub: 'somebody-else' }
    provider.access = 'access-1'
    await assert.rejects(now(), refused)
    provider.userInfo = 503
    await assert.rejects(now(), away)
    server.close()
    server.closeAllConnections()
    await assert.rejects(now(), away)
    await assert.rejects(signInWith().begin(false), away)
  })
})
