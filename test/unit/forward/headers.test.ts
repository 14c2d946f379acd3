import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { requestHeaders, responseHeaders } from '../../../src/forward/headers.ts'
import { holds } from '../../support/property.ts'

describe('the headers of a request', () => {
  it('go upstream where the API or its clients define them', () => {
    const headers = {
      'anthropic-version': '2026-10-21',
      'anthropic-beta': 'a,b',
      'anthropic-novel-thing': 'x',
      'user-agent': 'claude-cli/2.1.330',
      'x-app': 'cli',
      'x-stainless-retry-count': '0',
      'x-claude-code-session-id': 'x',
    }
    assert.deepEqual(requestHeaders(headers), headers)
    assert.deepEqual(requestHeaders({ 'anthropic-beta': ['a', 'b'] }), { 'anthropic-beta': 'a, b' })
    assert.deepEqual(requestHeaders({ 'anthropic-beta': undefined }), {})
  })

  it('leaves out what the connection drops besides, and forwards nothing more for it', () => {
    const sent = { 'x-app': 'cli', 'user-agent': 'sdk', cookie: 'x' }
    assert.deepEqual(requestHeaders(sent, ['x-app', 'cookie']), { 'user-agent': 'sdk' })
  })

  it('stay here where they are credentials, hop-by-hop, ours or anything else', () => {
    const never = [
      'authorization',
      'x-api-key',
      'anthropic-api-key',
      'anthropic-auth-token',
      'proxy-authorization',
      'cookie',
      'connection',
      'keep-alive',
      'proxy-connection',
      'te',
      'trailer',
      'transfer-encoding',
      'upgrade',
      'expect',
      'host',
      'content-length',
      'content-encoding',
      'content-type',
      'accept-encoding',
      'x-forwarded-for',
      'forwarded',
      'x-phigate-session',
      'x-phigate-on-behalf-of',
      'x-phigate-accept-masked',
      'x-phigate-reason',
      'x-custom',
      'anthropic-',
      'x-anthropic-version',
      'Anthropic-Version',
    ]
    assert.deepEqual(requestHeaders(Object.fromEntries(never.map((name) => [name, 'x']))), {})
  })

  it('are never more than the list, whatever a client sends', async () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('x-app', 'x-app ', 'x-stainless-', 'authorization', '__proto__', 'x-app\n'),
    )
    await holds(
      fc.dictionary(name, fc.string()),
      (headers) => {
        for (const kept of Object.keys(requestHeaders(headers))) {
          assert.match(kept, /^(?:anthropic|user|x)-[a-z0-9-]+$/)
        }
      },
      { runs: 200 },
    )
  })
})

describe('the headers of an answer', () => {
  it('reach the client where it needs them', () => {
    const headers = {
      'content-type': 'application/json',
      'request-id': 'req_1',
      'retry-after': '3',
      'retry-after-ms': '3000',
      'x-should-retry': 'true',
      'anthropic-ratelimit-input-tokens-remaining': '5',
    }
    assert.deepEqual(responseHeaders(headers), headers)
  })

  it('stay here where they say something of the account or the connection', () => {
    const never = [
      'anthropic-organization-id',
      'set-cookie',
      'server',
      'via',
      'cf-ray',
      'content-length',
      'content-encoding',
      'transfer-encoding',
      'connection',
      'x-api-key',
    ]
    assert.deepEqual(responseHeaders(Object.fromEntries(never.map((name) => [name, 'x']))), {})
    assert.deepEqual(responseHeaders({ 'request-id': ['a', 'b'], 'retry-after': undefined }), {})
  })
})
