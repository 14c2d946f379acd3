import assert from 'node:assert/strict'
import { createServer, request, type Server } from 'node:http'
import { createConsole, type ConsoleOptions } from '../../../src/console/index.ts'
import { GatewayError, type Principal } from '../../../src/domain/index.ts'
import { validate } from '../../../src/schema/index.ts'

const START = Date.parse('2026-11-22T12:00:00Z')
const person: Principal = {
  id: 'https://issuer.example|auditor',
  kind: 'person',
  scopes: [],
  groups: ['auditors'],
  onBehalfOf: null,
  purpose: null,
}

describe('the console', () => {
  let server: Server
  let url: URL
  let app: ReturnType<typeof createConsole>
  let who: Principal | Error = person
  let status: ConsoleOptions['status']

  const options = (changes: Partial<ConsoleOptions> = {}): ConsoleOptions => ({
    identity: {
      authenticate: async ({ authorization }) => {
        if (authorization !== 'Bearer good') throw new GatewayError('unauthenticated', 'no token')
        if (who instanceof Error) throw who
        return who
      },
    },
    policy: () => ({ revision: 'abc123', activatedAt: START - 60_000 }),
    status: () => status(),
    clock: { now: () => START },
    publicUrl: url,
    newId: () => 'req_1',
    ...changes,
  })

  beforeEach(async () => {
    who = person
    status = () => ({ version: '1.2.3', startedAt: START - 90_500, audit: { healthy: true } })
    server = createServer()
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    url = new URL(`http://127.0.0.1:${address.port}`)
    app = createConsole(options())
    server.on('request', (req, res) => {
      app(req, res)
    })
  })

  afterEach(async () => {
    await new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  })

  const get = (path: string, authorization: string | null = 'Bearer good'): Promise<Response> =>
    fetch(new URL(path, url), authorization === null ? {} : { headers: { authorization } })

  const refused = async (response: Response, status_: number, type: string): Promise<void> => {
    assert.equal(response.status, status_)
    assert.equal(response.headers.get('request-id'), 'req_1')
    const body: unknown = await response.json()
    const { error, request_id: id } = validate('error', body)
    assert.deepEqual([error.type, id], [type, 'req_1'])
  }

  const statusWithHost = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: url.port, path: '/healthz', headers: { host } }, (res) => {
        res.resume()
        resolve(res.statusCode)
      })
        .on('error', reject)
        .end()
    })

  it('says that it is alive to anybody', async () => {
    const response = await get('/healthz', null)
    assert.deepEqual([response.status, await response.json()], [200, { status: 'ok' }])
  })

  it('tells the status to whoever has a role', async () => {
    assert.deepEqual(await (await get('/status')).json(), {
      bundles: {
        phigate: {
          active_revision: 'abc123',
          last_successful_activation: '2026-11-22T11:59:00.000Z',
        },
      },
      audit: { healthy: true },
      version: '1.2.3',
      uptime: 90,
    })
  })

  it('tells nothing without a token, and says what kind it wants', async () => {
    for (const path of ['/status', '/api/openapi.json']) {
      const response = await get(path, null)
      assert.equal(response.headers.get('www-authenticate'), 'Bearer')
      await refused(response, 401, 'authentication_error')
    }
  })

  it('tells no status to a caller without a role', async () => {
    who = { ...person, groups: [] }
    await refused(await get('/status'), 403, 'permission_error')
    assert.equal((await get('/api/openapi.json')).status, 200)
  })

  it('answers 503 with a time to come back when the issuer is away', async () => {
    who = new GatewayError('issuer-unavailable', 'away', { retryAfter: 1 })
    const response = await get('/status')
    assert.equal(response.headers.get('retry-after'), '1')
    await refused(response, 503, 'api_error')
  })

  it('says nothing about a failure of its own', async () => {
    status = () => {
      throw new Error('something private')
    }
    const response = await get('/status')
    assert.ok(!(await response.clone().text()).includes('private'))
    await refused(response, 500, 'api_error')
  })

  it('answers any other path and method with 404 in JSON', async () => {
    for (const path of ['/', '/nowhere', '/Status', '/status/', '/%E0%A4%A', '/v1/messages']) {
      await refused(await get(path), 404, 'not_found_error')
    }
    const posted = await fetch(new URL('/status', url), { method: 'POST', body: '{}' })
    await refused(posted, 404, 'not_found_error')
  })

  it('describes exactly the routes that it serves', async () => {
    const document: unknown = await (await get('/api/openapi.json')).json()
    assert.ok(document !== null && typeof document === 'object')
    assert.ok('openapi' in document && 'paths' in document)
    assert.equal(document.openapi, '3.1.0')
    const described = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    )
    const served = app.router.stack.flatMap(({ route }) =>
      (route?.stack ?? []).map(({ method }) => `${method} ${route?.path}`),
    )
    assert.ok(served.length > 0)
    assert.deepEqual(described.toSorted(), served.toSorted())
  })

  it('sets the security headers on every answer', async () => {
    for (const path of ['/healthz', '/status', '/nowhere']) {
      const { headers } = await get(path, null)
      assert.equal(
        headers.get('content-security-policy'),
        "default-src 'none'; frame-ancestors 'none'",
      )
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('cache-control'), 'no-store')
      assert.equal(headers.get('x-powered-by'), null)
      assert.equal(headers.get('etag'), null)
    }
    assert.equal((await get('/healthz')).headers.get('strict-transport-security'), null)
    app = createConsole(options({ publicUrl: new URL(`https://127.0.0.1:${url.port}`) }))
    assert.match((await get('/healthz')).headers.get('strict-transport-security') ?? '', /max-age/)
  })

  it('refuses a foreign Host header', async () => {
    for (const host of [
      'attacker.example',
      `attacker.example:${url.port}`,
      '127.0.0.1.evil',
      'x@127.0.0.1',
    ]) {
      assert.equal(await statusWithHost(host), 421, host)
    }
    for (const host of [url.host, `localhost:${url.port}`, '[::1]:1', 'LOCALHOST']) {
      assert.equal(await statusWithHost(host), 200, host)
    }
    await refused(await getFromForeignHost(url), 421, 'invalid_request_error')
  })

  it('serves the hosts that it is given, and no others', async () => {
    app = createConsole(options({ allowedHosts: ['console.example'] }))
    assert.equal(await statusWithHost('console.example'), 200)
    assert.equal(await statusWithHost(url.host), 421)
  })

  it('serves only the host of its public address when that is not loopback', async () => {
    app = createConsole(options({ publicUrl: new URL('https://console.example') }))
    assert.equal(await statusWithHost('console.example'), 200)
    assert.equal(await statusWithHost('localhost'), 421)
  })
})

/** fetch does not let a Host header be set: the raw answer, as a Response. */
function getFromForeignHost(url: URL): Promise<Response> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'attacker.example' }
    request({ host: '127.0.0.1', port: url.port, path: '/status', headers }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => {
        const requestId = String(res.headers['request-id'])
        const init = { status: res.statusCode ?? 0, headers: { 'request-id': requestId } }
        resolve(new Response(Buffer.concat(chunks), init))
      })
    })
      .on('error', reject)
      .end()
  })
}
