import assert from 'node:assert/strict'
import { join } from 'node:path'
import {
  changeKeyring,
  createKeyring,
  liveKeyring,
  mintAt,
  newKeyring,
  retireKey,
  rotateKey,
  usableKeys,
  type Keyring,
  type LiveKeyring,
} from '../../../src/keyring/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'

describe('the keyring that runs', () => {
  const folder = temporaryFolders()
  const mint = mintAt(new Date('2026-11-22T12:00:00Z'))
  let file: string
  let steps: string[]
  let keys: LiveKeyring

  beforeEach(() => {
    file = join(folder(), 'keyring.json')
    steps = []
    keys = open(createKeyring(file, newKeyring(mint)))
  })

  const open = (start: Keyring, fails: { workers?: boolean; log?: boolean } = {}): LiveKeyring =>
    liveKeyring(start, {
      file,
      takeOver: async (next, commit) => {
        steps.push('ready')
        if (fails.workers === true) throw new Error('no workers')
        await commit()
        steps.push(`switched to ${usableKeys(next, 'mask')[0].id}`)
      },
      record: async () => {
        if (fails.log === true) throw new Error('disk full')
        steps.push('recorded')
      },
      refused: async (detail) => void steps.push(detail),
      log: (event) => void steps.push(event),
    })
  const rotate = (): string =>
    usableKeys(
      changeKeyring(file, (is) => rotateKey(is, 'mask', mint)),
      'mask',
    )[0].id
  const active = (): string => usableKeys(keys.now(), 'mask')[0].id
  const REFUSED = ['keyring-reload-failed', 'keyring refused: the last good one goes on']

  it('is on record before it is worked with', async () => {
    const id = rotate()
    await keys.reload()
    assert.deepEqual(steps, ['ready', 'recorded', `switched to ${id}`, 'keyring-reloaded'])
    assert.equal(active(), id)
  })

  it('stays where the next one cannot be made ready, or not be recorded', async () => {
    for (const fails of [{ workers: true }, { log: true }]) {
      keys = open(keys.now(), fails)
      const before = active()
      steps = []
      rotate()
      await keys.reload()
      assert.deepEqual(steps, ['ready', ...REFUSED])
      assert.equal(active(), before)
    }
  })

  it('takes changes one after the other, and each file as it is then', async () => {
    rotate()
    const first = keys.reload()
    const second = rotate()
    await Promise.all([first, keys.reload(), keys.reload()])
    assert.equal(active(), second)
    assert.equal(steps.filter((step) => step === 'keyring-reloaded').length, 1)
  })

  it('may lose what was retired, and get it back', async () => {
    const [{ id }] = usableKeys(keys.now(), 'mask')
    rotate()
    await keys.reload()
    const accepted = keys.now()
    changeKeyring(file, (is) => retireKey(is, id))
    await keys.reload()
    assert.equal(usableKeys(keys.now(), 'mask').length, 1)
    changeKeyring(file, () => accepted)
    await keys.reload()
    assert.equal(usableKeys(keys.now(), 'mask')[1]?.id, id)
    changeKeyring(file, (is) => retireKey(is, id))
    await keys.reload()
    changeKeyring(file, (is) => ({ keys: is.keys.filter((key) => key.id !== id) }))
    await keys.reload()
    assert.ok(keys.now().keys.every((key) => key.id !== id))
    assert.equal(steps.filter((step) => step === 'keyring-reload-failed').length, 0)
  })
})
