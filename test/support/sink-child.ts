// Run as a process of its own: appends without end, and sends the log to a receiver.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditLog } from '../../src/record/adapters/winston-log.ts'
import { checkpointSigner, openSink } from '../../src/record/index.ts'
import { sampleRecord } from './audit-records.ts'
import { CHECKPOINT_KEY } from './checkpoint-key.ts'

const [data, url] = process.argv.slice(2)
if (data === undefined || url === undefined) throw new Error('usage: sink-child.ts DIRECTORY URL')
const directory = join(data, 'audit')
const log = await openAuditLog({
  directory,
  clock: { now: Date.now },
  labels: {},
  sign: checkpointSigner(CHECKPOINT_KEY),
  segmentBytes: 16_384,
  checkpointRecords: 10,
})
openSink({
  name: 'siem',
  directory,
  cursorFile: join(data, 'sinks', 'siem.json'),
  send: async (body, headers, signal) => {
    const init = { method: 'POST', body: new Uint8Array(body), headers, signal }
    return (await fetch(url, init)).status
  },
  upTo: () => log.head().seq,
  maxBacklogBytes: 1 << 30,
  batchBytes: 4096,
  pollMs: 1,
  onChange: () => {},
})
writeSync(1, 'running\n')
for (let number = 1; ; number += 1) {
  await log.append(sampleRecord(number))
  // Leaves the receiver some time.
  if (number % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
}
