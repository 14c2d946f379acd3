import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  openArchive,
  openDestroyer,
  openRecordingStore,
  type Destruction,
  type OpenRecordings,
} from '../../../src/recording/index.ts'
import { openRecordingIndex } from '../../../src/store/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { recorded, TEST_KEYS } from '../../support/recordings.ts'

const STEPS = ['none', 'forget', 'record'] as const

describe('the destruction of recordings', () => {
  const folder = temporaryFolders()
  let directory: string
  let index: ReturnType<typeof openRecordingIndex>
  let recordings: OpenRecordings
  let told: string[]

  async function open(): Promise<void> {
    index = openRecordingIndex(join(directory, 'index.db'))
    recordings = await openRecordingStore({ directory, index, keys: () => TEST_KEYS })
  }
  async function close(): Promise<void> {
    await recordings.close()
    index.close()
  }
  beforeEach(async () => {
    directory = folder()
    told = []
    await open()
    for (const session of ['one', 'two']) await recordings.put(recorded(session, ['a text']))
  })
  afterEach(() => close())

  /** @param fails the step at which the process dies */
  const destroyer = (fails: (typeof STEPS)[number] = 'none'): ReturnType<typeof openDestroyer> =>
    openDestroyer({
      directory,
      files: recordings.files,
      forget: async () => {
        if (fails === 'forget') throw new Error('killed')
      },
      record: async ({ sessions, reason }, late) => {
        if (fails === 'record') throw new Error('killed')
        told.push(
          `${sessions.map(({ session }) => session).join()} ${reason} ${late ? 'late' : ''}`,
        )
      },
    })

  const asked = async (): Promise<Destruction> => {
    const slot = await recordings.files.keeper.slotOf('one')
    assert.ok(slot !== undefined)
    const sessions = [{ session: 'one', slots: [slot] }]
    return { kind: 'shred', sessions, reason: 'missed', by: 'me', at: '2026-11-22T00:00:00Z' }
  }
  const notes = (): string[] =>
    readdirSync(directory).filter((name) => name.startsWith('destroying'))

  it('leaves no byte of the key, and nothing of the session but what nobody can read', async () => {
    const archive = openArchive(recordings.files)
    assert.equal((await archive.replay('one', 0, 10))?.exchanges.length, 1)
    const before = readFileSync(join(directory, 'keys'))
    await destroyer().destroy(await asked())
    const keys = readFileSync(join(directory, 'keys'))
    const slot = before.subarray(0, 128)
    assert.ok(keys.subarray(0, 128).every((byte) => byte === 0))
    assert.deepEqual(keys.subarray(128), before.subarray(128))
    await close()
    for (const name of readdirSync(directory)) {
      const bytes = readFileSync(join(directory, name))
      assert.ok(!bytes.includes(slot.subarray(76, 108)), name)
    }
    await open()
    const again = openArchive(recordings.files)
    assert.equal(await again.replay('one', 0, 10), undefined)
    assert.equal(await again.bytes('one', 'dec'), undefined)
    assert.equal((await again.sessions({})).length, 1)
    assert.equal((await again.replay('two', 0, 10))?.exchanges.length, 1)
    assert.deepEqual([told, notes()], [['one missed '], []])
  })

  it('is the same when the index is built anew', async () => {
    await destroyer().destroy(await asked())
    await index.clear()
    await close()
    await open()
    const sessions = await openArchive(recordings.files).sessions({})
    assert.deepEqual(
      sessions.map(({ session }) => session),
      ['two'],
    )
  })

  it('lets the session begin anew, whoever still writes to it', async () => {
    await destroyer().destroy(await asked())
    await recordings.put(recorded('one', ['a text', 'and more']))
    const again = await openArchive(recordings.files).replay('one', 0, 10)
    assert.equal(again?.exchanges.length, 1)
    assert.ok((again?.session.slot ?? 0) > 1)
  })

  it('is not undone by what was on its way to the disk when it began', async () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      recordings.put(recorded('one', [`text ${at}`])),
    )
    await destroyer().destroy(await asked())
    await Promise.all(many)
    await recordings.put(recorded('one', ['at last']))
    const again = await openArchive(recordings.files).replay('one', 0, 100)
    assert.ok(again)
    assert.ok(recordings.files.slots.isLive(again.session.slot))
    const texts = JSON.stringify(again.exchanges)
    assert.ok(!texts.includes('a text'))
  })

  it('lets a session begin anew that was being read again meanwhile', async () => {
    for (let turns = 0; turns < 12; turns += 1) {
      await close()
      await open()
      const what = await asked()
      const putting = recordings.put(recorded('one', [`begun ${turns}`]))
      for (let turn = 0; turn < turns; turn += 1) await new Promise((go) => setImmediate(go))
      await destroyer().destroy(what)
      await putting
      await recordings.put(recorded('one', [`later ${turns}`]))
      const again = await openArchive(recordings.files).replay('one', 0, 100)
      assert.ok(JSON.stringify(again?.exchanges).includes(`later ${turns}`), `after ${turns} turns`)
    }
  })

  for (const step of ['forget', 'record'] as const) {
    it(`is brought to its end after a crash before it could ${step}, and then told`, async () => {
      await assert.rejects(destroyer(step).destroy(await asked()), /killed/)
      assert.deepEqual(told, [])
      assert.equal(notes().length, 1)
      await close()
      await open()
      await destroyer().finish()
      assert.deepEqual([told, notes()], [['one missed late'], []])
      assert.equal(await openArchive(recordings.files).replay('one', 0, 10), undefined)
      await destroyer().finish()
      assert.equal(told.length, 1)
    })
  }
})
