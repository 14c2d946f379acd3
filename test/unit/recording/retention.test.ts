import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  dueSessions,
  openArchive,
  openDestroyer,
  openRecordingStore,
  runRetention,
  type OpenRecordings,
} from '../../../src/recording/index.ts'
import { openHolds, type Holds } from '../../../src/retention/index.ts'
import { openRecordingIndex } from '../../../src/store/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { bulky, recorded, TEST_KEYS } from '../../support/recordings.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 22)
const DAYS: Readonly<Record<string, number>> = { claude: 90, 'claude-strict': 10 }

describe('the retention of recordings', () => {
  const folder = temporaryFolders()
  let directory: string
  let index: ReturnType<typeof openRecordingIndex>
  let recordings: OpenRecordings
  let told: string[]
  let holds: Holds
  let killed: boolean

  async function open(): Promise<void> {
    index = openRecordingIndex(join(directory, 'index.db'))
    const options = { directory, index, keys: () => TEST_KEYS, segmentBytes: 4000 }
    recordings = await openRecordingStore(options)
  }
  async function close(): Promise<void> {
    await recordings.close()
    index.close()
  }
  beforeEach(async () => {
    directory = folder()
    told = []
    holds = openHolds(join(directory, 'holds.json'))
    killed = false
    await open()
  })
  afterEach(() => close())

  async function keep(session: string, ageDays: number, connection = 'claude'): Promise<void> {
    const text = JSON.stringify(bulky(`${session} ${ageDays}`, 3000))
    const body = recorded(session, [text], { at: NOW - ageDays * DAY })
    await recordings.put({ ...body, about: { ...body.about, connection } })
  }

  const parts = (): Parameters<typeof runRetention>[0] => ({
    archive: openArchive(recordings.files),
    files: recordings.files,
    rules: { days: (connection) => DAYS[connection] ?? 90, least: () => 10 },
    isHeld: (row) => holds.onSession(row) !== undefined,
    destroyer: openDestroyer({
      directory,
      files: recordings.files,
      forget: async () => {},
      record: async ({ kind, sessions }) => {
        if (killed) throw new Error('killed')
        told.push(...sessions.map(({ session }) => `${kind} ${session}`))
      },
    }),
  })
  const left = async (): Promise<string[]> => {
    const sessions = await openArchive(recordings.files).sessions({})
    return sessions.map(({ session }) => session).toSorted()
  }
  const place = (names: object): Promise<void> =>
    holds.place({ id: 'hold_1', reason: 'a case', by: 'me', at: 0, ...names })

  it('ends sessions by the age of their last exchange, each connection by its own rule', async () => {
    await keep('old', 91)
    await keep('young', 89)
    await keep('revived', 200)
    await keep('revived', 3)
    await keep('strict-old', 11, 'claude-strict')
    await keep('strict-young', 9, 'claude-strict')
    const due = await dueSessions(parts(), NOW)
    assert.deepEqual(due.sessions.map(({ session }) => session).toSorted(), ['old', 'strict-old'])
    assert.equal((await left()).length, 5)
    await runRetention(parts(), NOW, 'me')
    assert.deepEqual(await left(), ['revived', 'strict-young', 'young'])
    assert.deepEqual(told.toSorted(), ['retention old', 'retention strict-old'])
    assert.deepEqual((await runRetention(parts(), NOW, 'me')).sessions, [])
  })

  it('keeps what a legal hold names: a session, a caller or a connection', async () => {
    const { principal } = recorded('x', []).about
    const at = NOW - 100 * DAY
    await keep('a', 100)
    const standing = [
      {},
      { session: 'a' },
      { principal },
      { connection: 'claude', session: 'a' },
      { from: at, to: at + 1 },
    ]
    for (const names of standing) {
      await place(names)
      const { sessions, held } = await runRetention(parts(), NOW, 'me')
      assert.deepEqual([sessions.length, held.length], [0, 1], JSON.stringify(names))
      await holds.release('hold_1')
    }
    for (const names of [
      { session: 'b' },
      { connection: 'b', session: 'a' },
      { to: at },
      { from: at + 1 },
    ]) {
      await place(names)
    }
    assert.equal((await runRetention(parts(), NOW, 'me')).sessions.length, 1)
  })

  it('removes whole files, when nobody’s recording is in them any more, and never the last one', async () => {
    for (let number = 0; number < 6; number += 1) await keep(`old ${number}`, 100 - number)
    await keep('young', 1)
    await keep('old 6', 100)
    await keep('old 7', 100)
    const file = (number: number): string => join(directory, `recordings-00000${number}.bin`)
    const before = recordings.files.segments.numbers()
    const { segments } = await runRetention(parts(), NOW, 'me')
    const after = recordings.files.segments.numbers()
    assert.equal(segments, before.length - after.length)
    assert.ok(segments >= 2)
    assert.ok(after.includes(before.at(-1) ?? 0))
    assert.deepEqual(
      before.filter((number) => existsSync(file(number))),
      after,
    )
    const young = await openArchive(recordings.files).replay('young', 0, 1)
    assert.equal(young?.exchanges.length, 1)
    await close()
    await open()
    assert.deepEqual(await left(), ['young'])
    await keep('young', 0)
    await index.clear()
    await close()
    await open()
    assert.equal((await openArchive(recordings.files).replay('young', 0, 9))?.exchanges.length, 2)
  })

  it('is brought to its end after a crash half-way, and then told', async () => {
    for (let number = 0; number < 4; number += 1) await keep(`old ${number}`, 100)
    await keep('young', 1)
    killed = true
    await assert.rejects(runRetention(parts(), NOW, 'me'), /killed/)
    killed = false
    await close()
    await open()
    const { destroyer } = parts()
    await destroyer.finish()
    assert.equal(told.length, 4)
    assert.deepEqual(await left(), ['young'])
    const { segments, sessions } = await runRetention(parts(), NOW, 'me')
    assert.ok(segments > 0)
    assert.deepEqual(sessions, [])
    const slots = readFileSync(join(directory, 'keys'))
    const blank = Array.from({ length: 5 }, (_, slot) =>
      slots.subarray(slot * 128, slot * 128 + 128).every((byte) => byte === 0),
    )
    assert.deepEqual(blank, [true, true, true, true, false])
    assert.ok(!readdirSync(directory).some((name) => name.startsWith('destroying')))
  })
})
