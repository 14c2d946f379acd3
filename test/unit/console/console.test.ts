import assert from 'node:assert/strict'
import { createServer, request, type Server } from 'node:http'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { createConsole, type AuditTerms, type ConsoleOptions } from '../../../src/console/index.ts'
import { GatewayError, type Block, type Principal } from '../../../src/domain/index.ts'
import { validate } from '../../../src/schema/index.ts'
import { noRetention } from '../../support/retention.ts'
import { recordAt } from '../../support/audit-records.ts'
import {
  asked,
  OFFICER,
  PAYLOAD,
  testApprovals,
  type TestApprovals,
} from '../../support/approvals.ts'

const START = Date.parse('2026-11-22T12:00:00Z')
const USE = {
  principal: 'https://issuer.example|batch',
  connection: 'claude',
  requestsLastMinute: 3,
  concurrent: 1,
  tokensToday: 50,
  patientsToday: 2,
}
const BUNDLE = {
  name: 'phigate',
  active_revision: 'abc123',
  last_successful_activation: '2026-11-22T11:59:00.000Z',
}
const LOAD = {
  lanes: [{ lane: 'small', waiting: 2, kills: 1 }],
  limits: { requestsPerMinute: 60 },
  blocked: 1,
  bytesInFlight: 7,
  metrics: { decisions: 3, completions: 2, responses: 4 },
}
const person: Principal = {
  id: 'https://issuer.example|auditor',
  kind: 'person',
  scopes: [],
  groups: ['auditors'],
  onBehalfOf: null,
  purpose: null,
}

/** As much of the API's description as is looked at. */
interface Described {
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, { name?: string }>>
    readonly schemas: Readonly<Record<string, object>>
  }
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly security: unknown
            readonly requestBody?: Content
            readonly responses: Readonly<Record<string, Partial<Content>>>
          }
        >
      >
    >
  >
}

interface Content {
  readonly content: Readonly<Record<string, { readonly schema: object }>>
}

describe('the console', () => {
  let server: Server
  let url: URL
  let app: ReturnType<typeof createConsole>
  let who: Principal | Error = person
  let status: ConsoleOptions['status']
  let blocks: Block[] = []
  let searches: { by: string; terms: AuditTerms }[] = []
  let desk: TestApprovals

  const options = (changes: Partial<ConsoleOptions> = {}): ConsoleOptions => ({
    identity: {
      authenticate: async ({ authorization }) => {
        if (authorization !== 'Bearer good') throw new GatewayError('unauthenticated', 'no token')
        if (who instanceof Error) throw who
        return who
      },
    },
    bundles: () => [BUNDLE],
    history: () => [
      { digest: 'd1', at: '2026-11-20T00:00:00.000Z' },
      { digest: 'd2', at: '2026-11-21T00:00:00.000Z', serial: 2 },
    ],
    status: () => status(),
    principals: {
      list: () => ({ blocks, uses: [USE] }),
      block: async (block) => {
        blocks = [...blocks, { ...block, at: START }]
      },
      unblock: async ({ id }) => {
        blocks = blocks.filter((block) => block.id !== id)
      },
    },
    reviews: {
      approvals: desk.approvals,
      url: (id) => new URL(`/reviews/${id}`, url),
      clock: { now: () => START },
    },
    recordings: {
      sessions: async () => [],
      replay: () => Promise.reject(new Error('nothing is recorded')),
      bytes: () => Promise.reject(new Error('nothing is recorded')),
      end: async () => {},
      shred: async () => {},
    },
    retention: noRetention,
    webhooks: { endpoints: () => [], undelivered: async () => [], resend: async () => 0 },
    scans: {
      start: async () => 'scan_1',
      report: (id) => ({
        id,
        state: 'done',
        sessions: 1,
        exchanges: 2,
        revisions: { policyRevision: 'r', detector: '3' },
        found: [],
      }),
    },
    audit: {
      terms: { principal: 'who', before: 'a number' },
      search: async (by, terms) => {
        if (terms['before'] === 'x') throw new GatewayError('invalid-request', 'before is wrong')
        searches.push({ by: by.id, terms })
        return [recordAt(7)]
      },
      exported: async () => 8,
    },
    clock: { now: () => START },
    publicUrl: url,
    newId: () => 'req_1',
    ...changes,
  })

  beforeEach(async () => {
    desk = await testApprovals()
    who = person
    searches = []
    blocks = [{ id: 'https://issuer.example|svc', reason: 'stolen', by: 'someone', at: START }]
    status = () => ({
      version: '1.2.3',
      startedAt: START - 90_500,
      audit: { healthy: true, signing: { state: 'working', failures: 0 } },
      load: LOAD,
    })
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
    desk.close()
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

  it('searches the audit log for auditors and privacy officers, and for nobody else', async () => {
    const found = await get('/api/audit?principal=p&before=9')
    assert.deepEqual(await found.json(), { records: [recordAt(7)], before: 7 })
    assert.deepEqual(searches, [{ by: person.id, terms: { principal: 'p', before: '9' } }])
    await refused(await get('/api/audit?before=x'), 400, 'invalid_request_error')
    who = { ...person, groups: ['admins'] }
    await refused(await get('/api/audit'), 403, 'permission_error')
    assert.equal((await get('/api/audit', null)).status, 401)
    assert.equal(searches.length, 1)
  })

  it('tells the status to whoever has a role', async () => {
    assert.deepEqual(await (await get('/status')).json(), {
      bundles: {
        phigate: BUNDLE,
      },
      audit: { healthy: true, signing: { state: 'working', failures: 0 } },
      ...LOAD,
      version: '1.2.3',
      uptime: 90,
    })
  })

  it('tells which policy is active and which ones were, the latest first', async () => {
    assert.deepEqual(await (await get('/api/policy')).json(), {
      bundles: [BUNDLE],
      history: [
        { digest: 'd2', at: '2026-11-21T00:00:00.000Z', serial: 2 },
        { digest: 'd1', at: '2026-11-20T00:00:00.000Z' },
      ],
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

  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(new URL(path, url), {
      method: 'POST',
      headers: { authorization: 'Bearer good', 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  it('lists who calls and who is blocked', async () => {
    const { principal, ...use } = USE
    assert.deepEqual(await (await get('/api/principals')).json(), {
      principals: [
        { id: principal, blocked: null, connections: [use] },
        {
          id: 'https://issuer.example|svc',
          blocked: { reason: 'stolen', by: 'someone', at: '2026-11-22T12:00:00.000Z' },
          connections: [],
        },
      ],
    })
    who = { ...person, groups: [] }
    await refused(await get('/api/principals'), 403, 'permission_error')
  })

  it('lets persons who are admins block and unblock, and nobody else', async () => {
    const wanted = { id: 'https://issuer.example|other', reason: 'lost laptop' }
    for (const one of [person, { ...person, kind: 'service_account', groups: ['admins'] }]) {
      who = one as Principal
      for (const path of ['/api/principals/block', '/api/principals/unblock']) {
        await refused(await post(path, wanted), 403, 'permission_error')
      }
    }
    assert.equal(blocks.length, 1)
    who = { ...person, groups: ['admins'] }
    const blocked = await post('/api/principals/block', wanted)
    assert.deepEqual(await blocked.json(), { id: wanted.id, blocked: true })
    assert.deepEqual(blocks.at(-1), { ...wanted, by: person.id, at: START })
    const unblocked = await post('/api/principals/unblock', wanted)
    assert.deepEqual(await unblocked.json(), { id: wanted.id, blocked: false })
    assert.equal(blocks.length, 1)
    assert.equal((await post('/api/principals/unblock', { id: blocks[0]?.id })).status, 200)
    assert.equal(blocks.length, 0)
    await refused(await post('/api/principals/unblock', wanted), 404, 'not_found_error')
  })

  it('refuses a block that does not say whom and why', async () => {
    who = { ...person, groups: ['admins'] }
    const long = 'x'.repeat(501)
    const bad = [
      '',
      '{',
      '[]',
      'null',
      { id: 'x' },
      { id: '', reason: 'y' },
      { id: 1, reason: 'y' },
    ]
    const more = [{ id: 'x', reason: long }, { id: 'x', reason: 'y', more: 1 }, ' '.repeat(20_000)]
    for (const body of [...bad, ...more]) {
      const response = await post('/api/principals/block', body)
      await refused(response, 400, 'invalid_request_error')
    }
    assert.equal(blocks.length, 1)
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
      (route?.stack ?? []).map(
        ({ method }) => `${method} ${route?.path.replaceAll(/:(\w+)/g, '{$1}')}`,
      ),
    )
    assert.ok(served.length > 0)
    assert.deepEqual(described.toSorted(), served.toSorted())
  })

  it('says how callers show who they are, by the cookie as well where people sign in', async () => {
    const described = async (): Promise<readonly unknown[]> => {
      const { components, paths } = (await (await get('/api/openapi.json')).json()) as Described
      const { session, csrf, ...others } = components.securitySchemes
      const { security } = paths['/api/reviews/{id}/approve']?.['post'] ?? {}
      return [Object.keys(others), session?.name, csrf?.name, security]
    }
    const token = { console: [] }
    assert.deepEqual(await described(), [['console'], undefined, undefined, [token]])
    const times = { idleMs: 1, lifeMs: 1, freshMs: 1 }
    const nobody = async (): Promise<never> => {
      throw new GatewayError('unauthenticated', 'nobody')
    }
    app = createConsole(options({ signIn: { desk: { begin: nobody, finish: nobody }, times } }))
    assert.deepEqual(await described(), [
      ['console'],
      'phigate-session',
      'x-phigate-csrf',
      [token, { session: [], csrf: [] }],
    ])
  })

  it('answers as its description says, in schemas that JSON Schema 2020-12 takes', async () => {
    const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } })
    const { paths } = (await (await get('/api/openapi.json')).json()) as Described
    const { review } = await desk.approvals.claim(asked(), PAYLOAD)
    const sent: Readonly<Record<string, object>> = {
      '/api/principals/block': { id: 'iss|svc-1', reason: 'stolen' },
      '/api/principals/unblock': { id: 'iss|svc-1' },
      '/api/reviews/{id}/approve': { reason: 'seen' },
      '/api/reviews/{id}/revoke': { reason: 'over' },
      '/api/webhooks/resend': {},
      '/api/scans': { connection: 'claude', from: '2026-11-01' },
    }
    who = { ...person, groups: ['admins', 'privacy-officers'] }
    const visited: string[] = []
    // Recordings are shown from files, by tests of their own.
    const here = Object.entries(paths).filter(([path]) => !path.startsWith('/api/sessions'))
    for (const [path, operations] of here) {
      for (const [method, { responses, requestBody }] of Object.entries(operations)) {
        const schema = responses['200']?.content?.['application/json']?.schema ?? {}
        const body = sent[path]
        const answers = ajv.compile(schema)
        const takes = ajv.compile(requestBody?.content['application/json']?.schema ?? {})
        if (method === 'post' && body === undefined) continue
        if (body !== undefined) assert.ok(takes(body), path)
        const answer = await fetch(new URL(path.replace('{id}', review.id), url), {
          method: method.toUpperCase(),
          headers: { authorization: 'Bearer good', 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        assert.equal(answer.status, 200, path)
        assert.ok(answers(await answer.json()), `${path}: ${ajv.errorsText(answers.errors)}`)
        visited.push(`${method} ${path}`)
      }
    }
    assert.ok(visited.length >= 11, visited.join())
  })

  it('refuses as its description says', async () => {
    const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } })
    const { components, paths } = (await (await get('/api/openapi.json')).json()) as Described
    const isError = ajv.compile(components.schemas['Error'] ?? {})
    const { review } = await desk.approvals.claim(asked(), PAYLOAD)
    await desk.approvals.vote(review.id, OFFICER, 'deny', 'no')
    who = { ...person, groups: ['admins', 'privacy-officers'] }
    for (const [path, expected, id, body] of [
      ['/api/reviews?status=lost', 400],
      ['/api/reviews/{id}?wait=61', 400, review.id],
      ['/api/reviews/{id}', 404, 'rev_none'],
      ['/api/reviews/{id}/approve', 404, 'rev_none', { reason: 'x' }],
      ['/api/reviews/{id}/approve', 409, review.id, { reason: 'x' }],
      ['/api/reviews/{id}/deny', 400, review.id, { reason: '' }],
      ['/api/reviews/{id}/revoke', 409, review.id, { reason: 'x' }],
      ['/api/reviews/{id}/renew', 409, review.id, { reason: 'x' }],
      ['/api/principals/unblock', 404, '', { id: 'iss|nobody' }],
      ['/api/webhooks/resend', 404, '', { id: 'evt_none' }],
    ] as const) {
      const target = path.replace('{id}', id ?? '')
      const answer = body === undefined ? await get(target) : await post(target, body)
      assert.equal(answer.status, expected, path)
      assert.ok(isError(await answer.json()), path)
      const operation = paths[path.split('?')[0] ?? '']?.[body === undefined ? 'get' : 'post']
      assert.ok(
        operation?.responses[expected] !== undefined,
        `${path}: ${expected} is not described`,
      )
    }
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
