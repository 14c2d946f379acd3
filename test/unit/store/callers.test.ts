import assert from 'node:assert/strict'
import { join } from 'node:path'
import { openStore } from '../../../src/store/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'

const A = { principal: 'https://issuer.example|a', connection: 'claude' }
const BLOCK = { id: A.principal, reason: 'stolen', by: 'https://issuer.example|admin', at: 5 }

describe('the store of callers', () => {
  const folder = temporaryFolders()

  it('adds up the counts of a day, keeps them over a close, and forgets what is older', async () => {
    const file = join(folder(), 'store.db')
    const first = openStore(file)
    const { dayCounters } = first
    await dayCounters.add('2026-11-21', [{ ...A, tokens: 9, patients: ['old'] }])
    await dayCounters.add('2026-11-22', [{ ...A, tokens: 5, patients: ['p1', 'p2'] }])
    await dayCounters.add('2026-11-22', [{ ...A, tokens: 7, patients: ['p2', 'p3'] }])
    first.close()
    const again = openStore(file)
    const [tokens, ...patients] = await again.dayCounters.load('2026-11-22')
    assert.deepEqual(tokens, { ...A, tokens: 12, patients: [] })
    assert.deepEqual(
      patients.flatMap((count) => count.patients),
      ['p1', 'p2', 'p3'],
    )
    await again.dayCounters.forgetBefore('2026-11-22')
    assert.deepEqual(await again.dayCounters.load('2026-11-21'), [])
    assert.equal((await again.dayCounters.load('2026-11-22')).length, 4)
    again.close()
  })

  it('keeps blocks over a close, one for each principal, until they are removed', async () => {
    const file = join(folder(), 'store.db')
    const first = openStore(file)
    await first.blocks.put(BLOCK)
    await first.blocks.put({ ...BLOCK, reason: 'again' })
    first.close()
    const again = openStore(file)
    assert.deepEqual(await again.blocks.list(), [{ ...BLOCK, reason: 'again' }])
    await again.blocks.remove(BLOCK.id)
    await again.blocks.remove('nobody')
    assert.deepEqual(await again.blocks.list(), [])
    again.close()
  })
})
