// Run as a process of its own: records and destroys without end, and prints what was acknowledged:
// `put SESSION EXCHANGE SHA256`, `destroying SESSION`, `destroyed SESSION`.
import { createHash } from 'node:crypto'
import { appendFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemIo, type FileIo } from '../../src/durable/index.ts'
import { openDestroyer, openRecordingStore } from '../../src/recording/index.ts'
import { SLOT_BYTES } from '../../src/recording/key-slots.ts'
import { openRecordingIndex } from '../../src/store/index.ts'
import { bulky, recorded, TEST_KEYS } from './recordings.ts'

const directory = process.argv[2]
if (directory === undefined) throw new Error('usage: recording-child.ts DIRECTORY')
const index = openRecordingIndex(join(directory, 'index.db'))
// Keys that come later than the frames they are for, so that a kill meets frames without one.
const io: FileIo = {
  ...systemIo,
  async write(fd, bytes) {
    if (bytes.length % SLOT_BYTES === 0) await sleep(Math.random() * 20)
    return systemIo.write(fd, bytes)
  },
}
// Small segments, so that a kill meets their change.
const options = { directory, index, keys: () => TEST_KEYS, segmentBytes: 20_000, io }
const recordings = await openRecordingStore(options)
const destroyer = openDestroyer({
  directory,
  files: recordings.files,
  forget: async () => {},
  record: async ({ sessions }) => {
    const told = sessions.map(({ session }) => `${session}\n`).join('')
    appendFileSync(join(directory, 'told'), told)
  },
})
await destroyer.finish()

function say(...words: readonly string[]): void {
  writeSync(1, `${words.join(' ')}\n`)
}

async function destroy(session: string): Promise<void> {
  say('destroying', session)
  const slot = await recordings.files.keeper.slotOf(session)
  if (slot === undefined) throw new Error('a session without a slot')
  const sessions = [{ session, slots: [slot] }]
  await destroyer.destroy({ kind: 'shred', sessions, reason: 'test', by: 'test', at: '' })
  say('destroyed', session)
}

async function converse(number: number): Promise<never> {
  for (let round = 0; ; round += 1) {
    const session = `${process.pid}-${number}-${round}`
    const messages: string[] = []
    for (let turn = 0; turn < 6; turn += 1) {
      messages.push(JSON.stringify(bulky(`${session} ${turn}`, 40 + turn * 200)))
      const body = recorded(session, messages)
      await recordings.put(body)
      say('put', session, body.exchange, createHash('sha256').update(body.bytes).digest('hex'))
    }
    if (round % 2 === 0) await destroy(session)
  }
}

await Promise.all([0, 1, 2, 3].map(converse))
