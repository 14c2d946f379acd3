import assert from 'node:assert/strict'
import { createHmac, hkdfSync } from 'node:crypto'
import { sessionKeys, type MaskKey } from '../../../src/mask/index.ts'

describe('sessionKeys', () => {
  const maskKey: MaskKey = { id: 'mask-1', secret: new Uint8Array(32).fill(7) }
  const scope = { principal: 'issuer|subject', connection: 'claude', session: 'one' }

  it('are HKDF-SHA-256 of the mask key, with its id as the salt', () => {
    const info = JSON.stringify(['session', scope.principal, scope.connection, scope.session])
    const key = Buffer.from(hkdfSync('sha256', maskKey.secret, maskKey.id, info, 32))
    const keys = sessionKeys(maskKey, scope)
    assert.deepEqual(
      keys.digest('value', 'x'),
      createHmac('sha256', key).update('value\0x').digest(),
    )
  })

  it('differ in every part of the scope, and in the mask key', () => {
    const others = [
      sessionKeys(maskKey, { ...scope, principal: 'issuer|other' }),
      sessionKeys(maskKey, { ...scope, connection: 'other' }),
      sessionKeys(maskKey, { ...scope, session: 'two' }),
      sessionKeys({ ...maskKey, id: 'mask-2' }, scope),
      sessionKeys({ ...maskKey, secret: new Uint8Array(32).fill(8) }, scope),
    ]
    const scopes = [sessionKeys(maskKey, scope), ...others].map((keys) => keys.scope)
    assert.equal(new Set(scopes).size, scopes.length)
  })

  it('are the same again, however many other sessions there were since', () => {
    const first = sessionKeys(maskKey, scope)
    for (let other = 0; other < 2500; other += 1) {
      sessionKeys(maskKey, { ...scope, session: `other ${other}` })
    }
    const again = sessionKeys(maskKey, scope)
    assert.equal(again.scope, first.scope)
    assert.deepEqual(again.connectionDigest('hash', 'x'), first.connectionDigest('hash', 'x'))
  })
})
