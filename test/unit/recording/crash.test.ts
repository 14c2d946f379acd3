import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { openArchive, openDestroyer, openRecordingStore } from '../../../src/recording/index.ts'
import { openRecordingIndex } from '../../../src/store/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { recorded, TEST_KEYS } from '../../support/recordings.ts'

const CHILD = new URL('../../support/recording-child.ts', import.meta.url).pathname
/** `npm run crash` sets it to a thousand. */
const ROUNDS = Number(process.env['PHIGATE_CRASH_ROUNDS'] ?? 12)
const MOST_ROUNDS = 10 * ROUNDS
/** Then new recordings are begun, so that rounds do not become longer. */
const ROUNDS_A_FOLDER = 6

/** What a process said before it was killed. */
interface Said {
  readonly put: readonly (readonly [session: string, exchange: string, sha256: string])[]
  readonly destroying: ReadonlySet<string>
  readonly destroyed: ReadonlySet<string>
}

async function workAndKill(directory: string, afterMs: number): Promise<string[]> {
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const child = spawn(process.execPath, [CHILD, directory], { stdio: [...stdio] })
  const exited = once(child, 'exit')
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout ?? assert.fail('no output') })
  const closed = once(reader, 'close')
  const first = once(reader, 'line')
  reader.on('line', (line) => lines.push(line))
  await first
  await sleep(afterMs)
  child.kill('SIGKILL')
  await Promise.all([exited, closed])
  return lines
}

function saidIn(lines: readonly string[]): Said {
  const words = lines.map((line) => line.split(' '))
  const of = (kind: string): string[][] => words.filter(([first]) => first === kind)
  return {
    put: of('put').map(([, session = '', exchange = '', sha256 = '']) => [
      session,
      exchange,
      sha256,
    ]),
    destroying: new Set(of('destroying').map(([, session = '']) => session)),
    destroyed: new Set(of('destroyed').map(([, session = '']) => session)),
  }
}

describe('recordings of a process that is killed', () => {
  const folder = temporaryFolders()
  /** Destroyed by a start of this test's own, which tells nobody else. */
  const untold = new Set<string>()

  it('hold every acknowledged body to the byte, and of each destruction all or nothing, told when it is done', async function () {
    this.timeout(MOST_ROUNDS * 12_000)
    let directory = ''
    let lines: string[] = []
    let bodies = 0
    let half = 0
    // Some kills have to meet a destruction: how many that takes is chance.
    for (let round = 0; round < ROUNDS || (half === 0 && round < MOST_ROUNDS); round += 1) {
      if (round % ROUNDS_A_FOLDER === 0) {
        directory = folder()
        lines = []
      }
      lines.push(...(await workAndKill(directory, Math.random() * 250)))
      const said = saidIn(lines)
      half += [...said.destroying].filter((session) => !said.destroyed.has(session)).length
      bodies += await check(directory, said)
    }
    assert.ok(bodies > ROUNDS, `${bodies} bodies`)
    assert.ok(half > 0, 'no destruction was interrupted')
  })

  /** Opens what was left, as the next start does. @returns how many bodies were compared */
  async function check(directory: string, said: Said): Promise<number> {
    const index = openRecordingIndex(join(directory, 'index.db'))
    const recordings = await openRecordingStore({ directory, index, keys: () => TEST_KEYS })
    const late: string[] = []
    try {
      await openDestroyer({
        directory,
        files: recordings.files,
        forget: async () => {},
        record: async ({ sessions }) => {
          late.push(...sessions.map(({ session }) => session))
        },
      }).finish()
      const file = join(directory, 'told')
      const told = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])
      for (const session of [...late, ...untold]) told.add(session)
      const archive = openArchive(recordings.files)
      for (const session of said.destroyed) assert.ok(told.has(session), session)
      for (const [session, exchange, sha256] of said.put) {
        const bytes = await archive.bytes(session, exchange)
        if (said.destroying.has(session)) {
          assert.equal(bytes === undefined, told.has(session), `${session} is half gone`)
          if (bytes === undefined) continue
        }
        assert.ok(bytes, `${session} ${exchange}`)
        assert.equal(createHash('sha256').update(bytes.request).digest('hex'), sha256)
      }
      // And it goes on.
      await recordings.put(recorded('after', ['all of this']))
      for (const session of late) untold.add(session)
      return said.put.length
    } finally {
      await recordings.close()
      index.close()
    }
  }
})
