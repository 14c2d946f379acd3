// Run as a process of its own: appends without end and prints `SEQ HASH` of each record once it is acknowledged.
import { writeSync } from 'node:fs'
import { openAuditLog } from '../../src/record/adapters/winston-log.ts'
import { checkpointSigner } from '../../src/record/index.ts'
import { sampleRecord } from './audit-records.ts'
import { CHECKPOINT_KEY } from './checkpoint-key.ts'

const directory = process.argv[2]
if (directory === undefined) throw new Error('usage: audit-child.ts DIRECTORY')
const log = await openAuditLog({
  directory,
  clock: { now: Date.now },
  labels: {},
  sign: checkpointSigner(CHECKPOINT_KEY),
  // Files are closed and checkpoints signed all the time, so that a kill meets both.
  segmentBytes: 32_768,
  checkpointRecords: 20,
})

/** Waits while whoever reads is behind. */
function tell(line: string): void {
  for (;;) {
    try {
      writeSync(1, line)
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}

async function appendForever(): Promise<never> {
  for (let number = 1; ; number += 1) {
    const receipt = await log.append(sampleRecord(number))
    tell(`${receipt.seq} ${receipt.hash}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, appendForever))
