import type { Clock, Receipt } from '../domain/index.ts'
import type { Encoded } from '../durable/index.ts'
import { chainPrepared, type Head, type PreparedRecord } from './chain.ts'

/** Chains the records of one batch after another. */
export interface ChainWriter {
  /** The last record that is on disk. */
  head(): Head
  /** The head moves only by the batch's `commit`: a batch that failed leaves no gap. */
  encode(records: readonly PreparedRecord[]): Encoded<Receipt>
  /** Takes note of records on disk whose callers had been refused; the next batch begins with a record that says so. */
  onLate(receipts: readonly Receipt[]): void
}

/** @param lateRecord makes the record that tells of late ones, from their places in the chain */
export function chainWriter(
  start: Head,
  clock: Clock,
  lateRecord: (seqs: readonly number[]) => PreparedRecord,
): ChainWriter {
  let head = start
  let late: readonly number[] = []
  return {
    head: () => head,
    encode: (records) => {
      const told = late
      const own = told.length > 0 ? [lateRecord(told)] : []
      const { lines, receipts } = chainAll([...own, ...records], head, clock)
      const commit = (): void => {
        head = receipts.at(-1) ?? head
        late = late.slice(told.length)
      }
      return { bytes: Buffer.from(lines), results: receipts.slice(own.length), commit }
    },
    onLate: (receipts) => {
      late = [...late, ...receipts.map((receipt) => receipt.seq)]
    },
  }
}

function chainAll(
  records: readonly PreparedRecord[],
  start: Head,
  clock: Clock,
): { lines: string; receipts: readonly Receipt[] } {
  const timestamp = new Date(clock.now()).toISOString()
  const receipts: Receipt[] = []
  let lines = ''
  let { seq, hash } = start
  for (const record of records) {
    seq += 1
    const chained = chainPrepared(record, seq, hash, timestamp)
    hash = chained.hash
    lines += `${chained.line}\n`
    receipts.push({ seq, hash, bodySha256: record.bodySha256 })
  }
  return { lines, receipts }
}
