import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FrameRow, Recorded } from '../../../src/domain/index.ts'
import {
  openArchive,
  openRecordingStore,
  type OpenRecordings,
} from '../../../src/recording/index.ts'
import { openRecordingIndex } from '../../../src/store/index.ts'
import { bulky, recorded, TEST_KEYS } from '../../support/recordings.ts'

const SESSION = 'ses_long'
const SYSTEM = `{"system":${JSON.stringify(bulky('system', 3000))}}`

describe('a recorded session that goes on after a restart', () => {
  let directory: string
  let index: ReturnType<typeof openRecordingIndex>
  let recordings: OpenRecordings

  const open = async (): Promise<void> => {
    index = openRecordingIndex(join(directory, 'index.db'))
    recordings = await openRecordingStore({ directory, index, keys: () => TEST_KEYS })
  }
  const close = async (): Promise<void> => {
    await recordings.close()
    index.close()
  }
  const restart = async (): Promise<void> => {
    await close()
    await open()
  }
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-resume-'))
    await open()
  })
  afterEach(async () => {
    await close()
    rmSync(directory, { recursive: true, force: true })
  })

  const file = (): string => join(directory, 'recordings-000001.bin')
  const message = (name: string): string =>
    JSON.stringify({ role: 'user', content: bulky(name, 1500) })
  /** A turn of a conversation: its system prompt, and one message more each time. */
  const turn = (name: string, turns: number, more: Partial<Recorded> = {}): Recorded =>
    recorded(
      SESSION,
      [['system', SYSTEM], ...Array.from({ length: turns }, (_, at) => message(`${name} ${at}`))],
      more,
    )
  const answerTo = ({ exchange }: Recorded, text = 'Well.'): Recorded => ({
    ...recorded(SESSION, [['block', JSON.stringify({ type: 'text', text })]]),
    exchange,
    direction: 'answer',
  })
  const rows = async (): Promise<readonly FrameRow[]> => {
    const { keeper } = recordings.files
    return keeper.frames((await keeper.slotOf(SESSION)) ?? -1)
  }
  const threads = async (): Promise<readonly number[]> => (await rows()).map(({ thread }) => thread)

  it('finds its conversations again, and stores nothing twice', async () => {
    for (const name of ['one', 'two', 'three']) {
      for (const turns of [1, 2]) {
        const asked = turn(name, turns)
        await recordings.put(asked)
        await recordings.put(answerTo(asked))
      }
    }
    for (const name of ['two', 'one', 'four', 'three']) {
      await restart()
      const { size } = statSync(file())
      const isNew = name === 'four'
      const asked = turn(name, isNew ? 1 : 3)
      await recordings.put(asked)
      const grown = statSync(file()).size - size
      assert.ok(grown < 1500 + 500, `${name} took ${grown}`)
      const archive = openArchive(recordings.files)
      const { request } = (await archive.bytes(SESSION, asked.exchange)) ?? {}
      assert.deepEqual(Buffer.from(request ?? []), Buffer.from(asked.bytes))
    }
    assert.deepEqual(await threads(), [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2].concat([1, 0, 3, 2]))
    const replayed = await openArchive(recordings.files).replay(SESSION, 0, 100)
    const fresh = replayed?.exchanges
      .slice(6)
      .map(({ messages, system }) => [messages.length, system === undefined])
    assert.deepEqual(fresh, [
      [1, true],
      [1, true],
      [1, false],
      [1, true],
    ])
  })

  it('reads what its next exchange needs, and no more: damage elsewhere does not stop it', async () => {
    for (let at = 0; at < 30; at += 1) {
      const asked = turn(`conversation ${at}`, 1)
      await recordings.put(asked)
      await recordings.put(answerTo(asked, bulky(`answer ${at}`, 500)))
    }
    const places = await rows()
    await close()
    const bytes = readFileSync(file())
    for (const { offset, length, thread } of places) {
      if (thread > 2 && thread < 13) bytes.fill(0xaa, offset + 12, offset + length)
    }
    writeFileSync(file(), bytes)
    await open()
    const [old, fresh] = [turn('conversation 1', 2), turn('new', 1)]
    await Promise.all([recordings.put(old), recordings.put(fresh)])
    assert.deepEqual(
      (await rows())
        .slice(-2)
        .map(({ thread }) => thread)
        .toSorted((a, b) => a - b),
      [1, 30],
    )
    await assert.rejects(recordings.put(turn('conversation 7', 2)))
    // Nothing of what could not be read is guessed, and others go on.
    await recordings.put(turn('conversation 25', 2))
    assert.equal((await rows()).at(-1)?.thread, 25)
  })

  it('knows whose answer comes, who began a conversation, and what was masked before', async () => {
    const task = bulky('task', 600)
    const mark = ['[PERSON_7K2M4QW]', 'PERSON', 'name-cue'] as const
    const first = turn('main', 1, { marks: [mark] })
    await recordings.put(first)
    await recordings.put(turn('other', 1))
    await restart()
    await recordings.put(answerTo(first, task))
    await restart()
    const agent = recorded(SESSION, [JSON.stringify({ role: 'user', content: task })], {
      marks: [['[PERSON_7K2M4QW]', 'PERSON', '']],
    })
    await recordings.put(agent)
    const all = await rows()
    assert.deepEqual(
      all.map(({ thread, from }) => [thread, from]),
      [
        [0, null],
        [1, null],
        [0, null],
        [2, 2],
      ],
    )
    await recordings.files.keeper.upToDate()
    assert.deepEqual(await index.marks(all[0]?.slot ?? -1), [mark])
  })

  it('is the same for many that come at once', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `conversation ${at}`)
    for (const name of names) await recordings.put(turn(name, 1))
    await restart()
    await Promise.all(
      names
        .flatMap((name) => [turn(name, 2), turn(`${name} too`, 1)])
        .map((one) => recordings.put(one)),
    )
    const all = await rows()
    assert.deepEqual(
      all.map(({ n }) => n),
      all.map((_, at) => at),
    )
    const asked = Map.groupBy(all, ({ thread }) => thread)
    assert.equal(asked.size, 40)
    for (const [thread, own] of asked) assert.equal(own.length, thread < 20 ? 2 : 1)
  })

  it('lets nobody learn from the index how a conversation began', async () => {
    await recordings.put(turn('one', 1))
    const [row] = await rows()
    const other = { ...turn('one', 1), session: 'ses_other' }
    await recordings.put(other)
    const { keeper } = recordings.files
    const [same] = await keeper.frames((await keeper.slotOf('ses_other')) ?? -1)
    await keeper.flush()
    const slots = [row?.slot ?? -1, same?.slot ?? -1]
    assert.deepEqual(await Promise.all(slots.map((slot) => index.threads(slot))), [1, 1])
    assert.ok(row?.begins !== undefined && same?.begins !== undefined)
    assert.notEqual(row.begins, same.begins)
  })
})
