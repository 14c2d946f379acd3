import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { close, listen } from '../../src/demo/loopback.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { assertClean, eventually, PHI } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { buildVictoriaLogs, type VictoriaLogs } from '../support/victoria-logs.ts'

describe('an audit log that is sent to VictoriaLogs', function () {
  this.timeout(600_000)
  let receiver: VictoriaLogs
  let gateway: TestGateway
  let stopped = false
  const dataDir = mkdtempSync(join(tmpdir(), 'phigate-receivers-'))

  before(async () => {
    receiver = buildVictoriaLogs(await unusedPort())
    await receiver.start()
    const sink = {
      name: 'victoria-logs',
      url: receiver.insertUrl,
      maxBacklogBytes: 10_000_000,
      failClosed: true,
    }
    gateway = await startTestGateway({
      dataDir,
      audit: { retentionDays: 2192, sinks: [sink] },
    })
  })
  after(async () => {
    if (!stopped) await gateway.stop()
    await receiver.remove()
    rmSync(dataDir, { recursive: true })
  })

  const exchange = async (): Promise<void> => {
    assert.equal((await gateway.post(ask(PHI))).status, 200)
  }
  /** Records of the log that it does not have as they are on disk: their place, hash, kind and time. */
  const missing = async (): Promise<readonly string[]> => {
    const kept = new Set((await receiver.entries()).map(keyOfEntry))
    return gateway
      .records()
      .map(keyOf)
      .filter((key) => !kept.has(key))
  }

  it('is there whole, with its checkpoints and without anything of a patient', async () => {
    for (let count = 0; count < 5; count += 1) await exchange()
    assert.ok(gateway.records().length >= 10)
    await eventually(async () => assert.deepEqual(await missing(), []))
    assertClean(JSON.stringify(await receiver.entries()))
  })

  it('is there whole again after the receiver was away, and so is the end of it', async () => {
    await receiver.stop()
    for (let count = 0; count < 5; count += 1) await exchange()
    await receiver.start()
    await exchange()
    await eventually(async () => assert.deepEqual(await missing(), []))
    const logged = gateway.records().length
    await gateway.stop()
    stopped = true
    const last = gateway.records().at(-1)
    assert.equal(last?.custom.kind, 'stop')
    assert.ok(gateway.records().length > logged)
    assert.deepEqual(await missing(), [])
    const entries = await receiver.entries()
    assert.ok(
      entries.some(
        ({ signature, seq }) => signature !== undefined && Number(seq) === last.custom.seq,
      ),
    )
    assertClean(JSON.stringify(entries))
  })
})

function keyOf({ timestamp, custom }: AuditRecord): string {
  return [Date.parse(timestamp), custom.seq, custom.hash, custom.kind].join(' ')
}

function keyOfEntry(entry: Readonly<Record<string, string>>): string {
  const { _time = '', _msg } = entry
  return [Date.parse(_time), entry['custom.seq'], entry['custom.hash'], _msg].join(' ')
}

async function unusedPort(): Promise<number> {
  const server = createServer()
  const { port } = await listen(server, 0)
  await close(server)
  return Number(port)
}
