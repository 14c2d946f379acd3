import assert from 'node:assert/strict'
import type { Principal } from '../../../src/domain/index.ts'
import { TokenCache } from '../../../src/identity/token-cache.ts'

const principal: Principal = {
  id: 'https://issuer.example|someone',
  kind: 'service_account',
  scopes: [],
  groups: [],
  onBehalfOf: null,
  purpose: null,
}
const entry = { principal, until: 1000, keys: 'k1' }

describe('TokenCache', () => {
  it('knows a token until it expires', () => {
    const cache = new TokenCache(2)
    cache.put('a', entry)
    assert.equal(cache.get('a', 'k1', 999), principal)
    assert.equal(cache.get('a', 'k1', 1000), undefined)
    assert.equal(cache.size, 0)
  })

  it('forgets a token when the keys have changed', () => {
    const cache = new TokenCache(2)
    cache.put('a', entry)
    assert.equal(cache.get('a', 'k2', 0), undefined)
    assert.equal(cache.get('a', 'k1', 0), undefined)
  })

  it('drops the one that was not used for longest', () => {
    const cache = new TokenCache(2)
    cache.put('a', entry)
    cache.put('b', entry)
    cache.get('a', 'k1', 0)
    cache.put('c', entry)
    assert.equal(cache.size, 2)
    assert.equal(cache.get('a', 'k1', 0), principal)
    assert.equal(cache.get('b', 'k1', 0), undefined)
  })
})
