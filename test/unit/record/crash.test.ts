import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { openAuditLog } from '../../../src/record/adapters/winston-log.ts'
import { checkpointSigner, verifyFolder } from '../../../src/record/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { CHECKPOINT_KEY, PUBLIC_KEYS } from '../../support/checkpoint-key.ts'

const sign = checkpointSigner(CHECKPOINT_KEY)
const CHILD = new URL('../../support/audit-child.ts', import.meta.url).pathname
/** `npm run crash` sets it to a thousand. */
const ROUNDS = Number(process.env['PHIGATE_CRASH_ROUNDS'] ?? 20)
/** Then a new log is begun, so that rounds do not become longer. */
const ROUNDS_A_LOG = 20

/** Appends in a process of its own and kills it; gives the acknowledged records, `SEQ HASH`. */
async function appendAndKill(directory: string, afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const acknowledged: string[] = []
  const reader = createInterface({ input: child.stdout })
  const closed = once(reader, 'close')
  const first = once(reader, 'line')
  reader.on('line', (line) => acknowledged.push(line))
  await first
  await sleep(afterMs)
  child.kill('SIGKILL')
  await Promise.all([exited, closed])
  return acknowledged
}

async function recordsOf(directory: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (const name of readdirSync(directory).filter((one) => one.endsWith('.ndjson'))) {
    for await (const line of createInterface({ input: createReadStream(join(directory, name)) })) {
      const [, seq, hash] = /"seq":(\d+),"prev":"\w{64}","hash":"(\w{64})"\}\}$/.exec(line) ?? []
      found.add(`${seq ?? ''} ${hash ?? ''}`)
    }
  }
  return found
}

describe('audit log of a process that is killed', () => {
  const folder = temporaryFolders()

  it('holds every acknowledged record, opens and verifies, each time', async function () {
    this.timeout(ROUNDS * 6_000)
    let directory = ''
    let acknowledged: string[] = []
    let all = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round % ROUNDS_A_LOG === 0) {
        directory = folder()
        acknowledged = []
      }
      const told = await appendAndKill(directory, Math.random() * 60)
      all += told.length
      acknowledged.push(...told)
      const log = await openAuditLog({ directory, clock: { now: Date.now }, labels: {}, sign })
      await log.close()
      const result = await verifyFolder(directory, { keys: PUBLIC_KEYS })
      assert.deepEqual(
        result.ok ? [result.torn, result.covered] : [result.problem],
        [false, result.ok && result.head.seq],
        `round ${round}`,
      )
      const held = await recordsOf(directory)
      const lost = acknowledged.filter((record) => !held.has(record))
      assert.deepEqual(lost, [], `round ${round}`)
    }
    assert.ok(all >= ROUNDS)
  })
})
