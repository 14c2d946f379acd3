import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { openAuditLog } from '../../../src/record/adapters/winston-log.ts'
import { verifyLog } from '../../../src/record/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'

const CHILD = new URL('../../support/audit-child.ts', import.meta.url).pathname
const ROUNDS = 20

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

async function recordsOf(path: string): Promise<Set<string>> {
  const found = new Set<string>()
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const [, seq, hash] = /"seq":(\d+),"prev":"\w{64}","hash":"(\w{64})"\}\}$/.exec(line) ?? []
    found.add(`${seq ?? ''} ${hash ?? ''}`)
  }
  return found
}

describe('audit log of a process that is killed', () => {
  const folder = temporaryFolders()

  it('holds every acknowledged record, opens and verifies, each time', async function () {
    this.timeout(120_000)
    const directory = folder()
    const path = join(directory, 'audit.ndjson')
    const acknowledged: string[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      acknowledged.push(...(await appendAndKill(directory, Math.random() * 60)))
      const log = await openAuditLog({ directory, clock: { now: Date.now }, labels: {} })
      await log.close()
      const result = await verifyLog(path)
      assert.deepEqual([result.ok, result.ok && result.torn], [true, false], `round ${round}`)
      const held = await recordsOf(path)
      const lost = acknowledged.filter((record) => !held.has(record))
      assert.deepEqual(lost, [], `round ${round}`)
    }
    assert.ok(acknowledged.length >= ROUNDS)
  })
})
