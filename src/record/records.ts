import { existsSync } from 'node:fs'
import { readLines } from '../durable/index.ts'
import type { AuditRecord } from '../schema/index.ts'
import { readLine } from './chain.ts'
import { logFiles } from './segments.ts'

/** A record and its line, without the newline. */
export interface RecordLine {
  readonly seq: number
  readonly line: Buffer
  readonly hash: string
  /** Of the record's content, which is what a package of evidence shows of it when it leaves it out. */
  readonly digest: string
  readonly record: AuditRecord
}

/**
 * The records of a log from one on, in order, each checked by itself. A torn end is passed over.
 * @throws Error naming file and line, when one does not check
 */
export async function* readRecords(directory: string, from = 1): AsyncGenerator<RecordLine> {
  const { closed, current } = logFiles(directory)
  const parts = [...closed, { path: current, last: Infinity }]
  for (const { path } of parts.filter(({ last }) => last >= from)) {
    if (path === current && !existsSync(path)) return
    let number = 0
    for await (const lines of readLines(path)) {
      for (const { bytes, terminated } of lines) {
        number += 1
        if (!terminated) return
        const sound = readLine(bytes)
        if (!sound.ok) throw new Error(`${path} line ${number}: ${sound.problem}`)
        if (sound.seq < from) continue
        const record = JSON.parse(bytes.toString('utf8')) as AuditRecord
        yield { ...sound, line: bytes, record }
      }
    }
  }
}
