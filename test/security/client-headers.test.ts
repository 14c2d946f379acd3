import assert from 'node:assert/strict'
import { request } from 'node:http'
import { ask, UPSTREAM_KEY } from '../support/gateway.ts'
import {
  assertStayedHere,
  assertWentThrough,
  startWatchedGateway,
  type WatchedGateway,
} from '../support/observe.ts'
import { messageWith } from '../support/sse.ts'

const PHI = 'Patient Lotte Brink, MRN: UL550031'
const SECRETS = ['Lotte', 'Brink', 'UL550031']

describe('what a client puts around its request', function () {
  this.timeout(120_000)
  let gateway: WatchedGateway
  before(async () => {
    gateway = await startWatchedGateway()
  })
  after(() => gateway.stop())
  beforeEach(() => gateway.simulator.respondWith(undefined))

  const send = (headers: Record<string, string>, content = 'Hello', path = '/v1/messages') =>
    gateway.observe(() => gateway.post(ask(content), { headers, path }))

  /** Sends a target as it stands; fetch would put it in order. */
  const sendTo = (target: string) =>
    gateway.observe(
      () =>
        new Promise((resolve, reject) => {
          const { hostname, port } = gateway.url
          const headers = {
            authorization: `Bearer ${gateway.token}`,
            'content-type': 'application/json',
          }
          const outgoing = request(
            { hostname, port, path: target, method: 'POST', headers },
            (answer) => {
              const chunks: Buffer[] = []
              answer.on('data', (chunk: Buffer) => chunks.push(chunk))
              answer.on('end', () => {
                resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 0 }))
              })
            },
          )
          outgoing.on('error', reject)
          outgoing.end(JSON.stringify(ask('Hello')))
        }),
    )

  it('does not stand for a decision, a grant or an answer of ours', async () => {
    const forged = {
      'x-phigate-decision': 'allow',
      'x-phigate-decision-id': 'dec_FORGED',
      'x-phigate-masked': 'NOTHING=0',
      'x-phigate-outcome': 'allow',
      'x-phigate-principal': 'admin',
      'x-should-retry': 'true',
      'request-id': 'req_forged',
    }
    const seen = await send(forged, PHI)
    assertWentThrough(seen, 'mask')
    assert.equal(seen.headers.get('x-phigate-decision'), 'mask')
    assert.match(seen.headers.get('x-phigate-decision-id') ?? '', /^dec_[0-9A-Z]{26}$/)
    assert.equal(seen.headers.get('x-phigate-masked'), 'PERSON=1,MEDICAL_RECORD_NUMBER=1')
    assert.equal(JSON.stringify(seen.forwarded).includes('x-phigate'), false)
    gateway.assertNoLeak(seen, [...SECRETS, 'dec_FORGED', 'req_forged'])
  })

  for (const value of ['TRUE', 'true ,true', '1', 'yes', 'true;', '"true"']) {
    it(`does not count for consent to masking as ${value}`, async () => {
      const path = '/c/claude-strict/v1/messages'
      const seen = await send({ 'x-phigate-accept-masked': value }, PHI, path)
      assertStayedHere(seen, 451, 'phi-refused')
      gateway.assertNoLeak(seen, SECRETS)
    })
  }

  it('does not go upstream unless the API knows it, and never with a credential', async () => {
    const odd = {
      cookie: 'session=Lotte Brink',
      'proxy-authorization': 'Basic Zm9v',
      'anthropic-api-key': 'sk-of-the-client',
      'anthropic-auth-token': 'sk-of-the-client',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=203.0.113.9',
      via: '1.1 evil.example',
      'x-http-method-override': 'DELETE',
      'x-original-url': '/v1/files',
      referer: 'https://ehr.example/Lotte',
      origin: 'https://evil.example',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    }
    const seen = await send(odd)
    assertWentThrough(seen, 'allow')
    const sent = Object.entries(seen.forwarded[0]?.headers ?? {})
    const known =
      /^(?:host|connection|content-length|content-type|accept|accept-encoding|user-agent|x-api-key)$/
    assert.deepEqual(
      sent.map(([name]) => name).filter((name) => !known.test(name)),
      [],
    )
    assert.equal(new Map(sent).get('x-api-key'), UPSTREAM_KEY)
    gateway.assertNoLeak(seen, ['Lotte', 'sk-of-the-client', '203.0.113.9', 'evil.example'])
  })

  it('is denied where it holds an identifier and would be forwarded', async () => {
    const names = [
      'anthropic-note',
      'user-agent',
      'x-app',
      'x-stainless-note',
      'x-claude-code-agent-id',
      'anthropic-beta',
    ]
    for (const name of names) {
      const seen = await send({ [name]: 'MRN: UL550031' })
      assertStayedHere(seen, 451, 'phi-in-header')
      gateway.assertNoLeak(seen, SECRETS)
    }
  })

  it('is denied where the name of a forwarded header or parameter is an identifier', async () => {
    const query = await send({}, 'Hello', '/v1/messages?beta=true&536-22-1534=1')
    assertStayedHere(query, 451, 'phi-in-query')
    gateway.assertNoLeak(query, ['536-22-1534'])
    const header = await send({ 'anthropic-536-22-1534': '1' })
    assertStayedHere(header, 451, 'phi-in-header')
    gateway.assertNoLeak(header, ['536-22-1534'])
  })

  it('is denied as the name of a model in the path', async () => {
    const models = (name: string) =>
      gateway.observe(() => {
        const headers = { authorization: `Bearer ${gateway.token}` }
        return fetch(new URL(`/v1/models/${name}`, gateway.url), { headers })
      })
    for (const name of ['536-22-1534', 'claude-536-22-1534', 'MRN.UL550031']) {
      assertStayedHere(await models(name), 451, 'phi-in-query')
    }
    const forwarded = (await models('claude-3-opus-20240229')).forwarded
    assert.deepEqual(
      forwarded.map(({ url }) => url),
      ['/v1/models/claude-3-opus-20240229'],
    )
  })

  for (const query of [
    'note=MRN:+UL550031',
    'note=MRN%3a%20UL550031',
    'a=1&a=MRN:%20UL550031',
    'MRN:%20UL550031',
    'a=%25&b=mrn%20%23UL550031',
  ]) {
    it(`is denied as the query ${query.slice(0, 3)}... of ${query.length} characters`, async () => {
      const seen = await send({}, 'Hello', `/v1/messages?${query}`)
      assertStayedHere(seen, 451, 'phi-in-query')
      gateway.assertNoLeak(seen, SECRETS)
    })
  }

  it('cannot break out of the query', async () => {
    const seen = await send(
      {},
      'Hello',
      '/v1/messages?beta=true%0d%0ax-api-key:%20evil%0d%0a%0d%0a&b=%23%26c%3Dd',
    )
    assertWentThrough(seen, 'allow')
    assert.equal(
      seen.forwarded[0]?.url,
      '/v1/messages?beta=true%0D%0Ax-api-key%3A+evil%0D%0A%0D%0A&b=%23%26c%3Dd',
    )
    assert.equal(
      new Map(Object.entries(seen.forwarded[0]?.headers ?? {})).get('x-api-key'),
      UPSTREAM_KEY,
    )
  })

  const closed = [
    '/v1/messages/../files',
    '/v1/messages/%2e%2e/files',
    '/c/claude/v1/messages/..\\files',
    '/v1/messages;x=/../files',
    '/v1/messages/batches',
  ]
  for (const target of closed) {
    it(`does not open a closed part of the API by ${target}`, async () => {
      assertStayedHere(await sendTo(target), 451, 'surface-closed')
    })
  }

  const unknown = [
    '/v1//messages',
    '/V1/messages',
    '/v1/messages/',
    '/v1/messages%2f..%2ffiles',
    '/v1/messages%00',
    '/c/CLAUDE/v1/messages',
    '/c/../c/claude',
    '/c/other/v1/messages',
    '/c//v1/messages',
    '//evil.example/v1/messages',
    'http://evil.example/v1/messages',
  ]
  for (const target of unknown) {
    it(`finds nothing at ${target}`, async () => {
      const seen = await sendTo(target)
      assert.equal(seen.status, 404)
      assert.equal(seen.forwarded.length, 0)
    })
  }

  it('goes to the configured upstream, whatever stands behind the path', async () => {
    const seen = await sendTo('/v1/messages?x=1#/v1/files')
    assertWentThrough(seen, 'allow')
    const [forwarded] = seen.forwarded
    assert.equal(forwarded?.url, '/v1/messages?x=1')
    assert.equal(new Map(Object.entries(forwarded.headers)).get('host'), gateway.simulator.url.host)
  })

  it('cannot be answered by headers of the upstream that speak for phigate', async () => {
    gateway.simulator.respondWith((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-phigate-decision': 'deny',
        'x-phigate-decision-id': 'dec_upstream',
        'set-cookie': 'a=b',
        'x-api-key': UPSTREAM_KEY,
        server: 'evil',
        location: 'https://evil.example',
        'request-id': 'req_upstream',
      })
      response.end(JSON.stringify(messageWith([{ type: 'text', text: 'ok' }])))
    })
    const seen = await send({})
    assertWentThrough(seen, 'allow')
    assert.equal(seen.headers.get('x-phigate-decision'), 'allow')
    assert.notEqual(seen.headers.get('x-phigate-decision-id'), 'dec_upstream')
    assert.equal(seen.headers.get('request-id'), 'req_upstream')
    const shown = JSON.stringify([...seen.headers])
    for (const part of ['set-cookie', UPSTREAM_KEY, 'evil'])
      assert.equal(shown.includes(part), false)
  })
})
