import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditLog, type AuditLogOptions } from '../../src/record/adapters/winston-log.ts'
import { checkpointSigner } from '../../src/record/index.ts'
import { steppingClock } from './audit-fixtures.ts'
import { sampleRecord } from './audit-records.ts'
import { CHECKPOINT_KEY } from './checkpoint-key.ts'

/** Writes records `first` to `last` to the signed log of a folder, in the order of their numbers, and closes it. */
export async function writeSignedLog(
  directory: string,
  first: number,
  last: number,
  options: Partial<AuditLogOptions> = {},
): Promise<void> {
  const sign = checkpointSigner(CHECKPOINT_KEY)
  const log = await openAuditLog({
    directory,
    clock: steppingClock(),
    labels: {},
    sign,
    checkpointMs: 60_000,
    ...options,
  })
  for (let number = first; number <= last; number += 1) await log.append(sampleRecord(number))
  await log.close()
}

/** A copy of a log's folder, to be tampered with. */
export function copyOf(directory: string, into: string): string {
  const target = join(into, 'audit')
  mkdirSync(target, { recursive: true })
  cpSync(directory, target, { recursive: true })
  return target
}
