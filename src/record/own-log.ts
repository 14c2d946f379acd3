import type { AuditLog, Clock } from '../domain/index.ts'
import type { FileIo } from '../durable/index.ts'
import type { Checkpoint } from '../schema/index.ts'
import type { Head } from './chain.ts'
import type { CheckpointSigner } from './checkpoint.ts'
import type { SigningStatus } from './checkpoint-schedule.ts'

/** Where the log stands, and what it writes about itself. */
export interface AuditLogOptions {
  /** Holds the files of the log and nothing of anybody else. */
  readonly directory: string
  readonly clock: Clock
  /** Labels of the records that the log writes about itself. */
  readonly labels: Readonly<Record<string, string>>
  /** Version of the gateway, for the same records. */
  readonly version?: string
  /** How long a record may wait for the disk; 10 s. */
  readonly timeoutMs?: number
  /** How long after a failure writing is tried again, if no record comes; 5 s. */
  readonly probeMs?: number
  /** Told when records cannot be written any more, and when they can again. */
  readonly onHealth?: (state: 'working' | 'failing', problem: string) => void
  /** Signs checkpoints; without it there are none. */
  readonly sign?: CheckpointSigner
  /** Told when checkpoints cannot be signed or written any more, and when they can again. */
  readonly onSigning?: (state: SigningStatus['state'], problem: string) => void
  /** After how many records, and after how long, there is a checkpoint; 10,000 and a minute. */
  readonly checkpointRecords?: number
  readonly checkpointMs?: number
  /** When a file is closed and the next one begun; 64 MiB, and 30 days after its first record. */
  readonly segmentBytes?: number
  readonly segmentMs?: number
  /** For tests: a disk that fails. */
  readonly io?: FileIo
}

/** The log of this process. */
export interface OwnAuditLog extends AuditLog {
  /** The last record that is on disk. */
  head(): Head
  /** The last checkpoint that is on disk. */
  checkpoint(): Checkpoint | undefined
  signing(): SigningStatus
  /** A checkpoint of the head, now. @throws Error when it cannot be written */
  sign(): Promise<void>
}
