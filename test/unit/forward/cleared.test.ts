import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { MaskedBody, Receipt } from '../../../src/domain/index.ts'
import { ClearedRequest } from '../../../src/forward/cleared.ts'
import { clear, type Outgoing } from '../../../src/forward/index.ts'

const masked = (bytes: Uint8Array): MaskedBody => bytes as MaskedBody
const BODY = masked(new TextEncoder().encode('{"messages":[]}'))

function outgoing(changes: Partial<Outgoing> = {}): Outgoing {
  return {
    connection: 'claude',
    method: 'POST',
    url: '/v1/messages?beta=true',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2026-10-21' },
    body: BODY,
    ...changes,
  }
}

function receipt(bodySha256: string | undefined): Receipt {
  return { seq: 1, hash: 'h', bodySha256 }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('clear', () => {
  it('clears the body that the acknowledged record speaks for', () => {
    const out = outgoing()
    assert.equal(clear(out, receipt(sha256(BODY))).outgoing, out)
    const empty = outgoing({ method: 'GET', body: masked(new Uint8Array(0)) })
    assert.equal(clear(empty, receipt(sha256(empty.body))).outgoing, empty)
  })

  it('takes no body that did not go through masking: that does not compile', () => {
    const raw = new Uint8Array(0)
    const { body: _masked, ...rest } = outgoing()
    // @ts-expect-error law 1: this line is the test, and tsc runs it
    clear({ ...rest, body: raw }, receipt(sha256(raw)))
  })

  it('refuses any other', () => {
    const other = masked(new TextEncoder().encode('{"messages":[] }'))
    for (const digest of [sha256(other), undefined, '', sha256(BODY).toUpperCase(), 'x']) {
      assert.throws(() => clear(outgoing(), receipt(digest)), /speaks for another body/)
    }
    assert.throws(
      () => clear(outgoing({ body: other }), receipt(sha256(BODY))),
      (error: Error) => !error.message.includes('messages'),
    )
  })

  it('reads the digest from the bytes as they are at that moment', () => {
    const body = masked(new Uint8Array(BODY))
    const digest = sha256(body)
    body[2] = 0x4d
    assert.throws(() => clear(outgoing({ body }), receipt(digest)))
  })
})

describe('a cleared request', () => {
  const CREDENTIAL = { 'x-api-key': 'the real key' }

  it('is read once, as it was cleared, with the key and the length', async () => {
    const request = new ClearedRequest(outgoing(), CREDENTIAL)
    assert.equal(request.method, 'POST')
    assert.equal(request.url, '/v1/messages?beta=true')
    assert.deepEqual(request.headers, {
      'content-type': 'application/json',
      'anthropic-version': '2026-10-21',
      'x-api-key': 'the real key',
      'content-length': String(BODY.byteLength),
    })
    assert.deepEqual(new Uint8Array(await buffer(request)), new Uint8Array(BODY))
  })

  it('lets no header of a client stand for the key', () => {
    const headers = { 'x-api-key': 'of the client' }
    const request = new ClearedRequest(outgoing({ headers }), CREDENTIAL)
    assert.equal(request.headers['x-api-key'], 'the real key')
  })

  it('has no body and no length where it is a GET', async () => {
    const get = outgoing({ method: 'GET', body: masked(new Uint8Array(0)) })
    const request = new ClearedRequest(get, CREDENTIAL)
    assert.equal(request.headers['content-length'], undefined)
    assert.equal((await buffer(request)).byteLength, 0)
  })
})
