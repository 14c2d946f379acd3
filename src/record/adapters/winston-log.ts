import { existsSync } from 'node:fs'
import { join } from 'node:path'
import winston from 'winston'
import Transport from 'winston-transport'
import {
  GatewayError,
  type AuditLog,
  type Receipt,
  type UnchainedRecord,
} from '../../domain/index.ts'
import {
  groupCommit,
  makePrivateDirectory,
  unavailable,
  type DurableFile,
  type GroupCommit,
  type Ticket,
} from '../../durable/index.ts'
import { validate } from '../../schema/index.ts'
import { prepareRecord, ZERO_HASH, type Head, type PreparedRecord } from '../chain.ts'
import { chainWriter } from '../chain-writer.ts'
import { openCheckpoints } from '../checkpoint-file.ts'
import { checkpointSchedule, NO_CHECKPOINTS, type Schedule } from '../checkpoint-schedule.ts'
import { lockFolder } from '../folder-lock.ts'
import { moveTornEnd, readLogEnd, tornPath } from '../log-head.ts'
import type { AuditLogOptions, OwnAuditLog } from '../own-log.ts'
import { openSegmentedFile } from '../segmented-file.ts'
import { CURRENT, currentPart } from '../segments.ts'

export type { AuditLogOptions, OwnAuditLog } from '../own-log.ts'

const SEGMENT_BYTES = 64 * 1024 * 1024
const SEGMENT_MS = 30 * 24 * 60 * 60 * 1000
const CHECKPOINT_RECORDS = 10_000
const CHECKPOINT_MS = 60_000

type RecordTicket = Ticket<PreparedRecord, Receipt>

/** A symbol survives winston's way from the logger to the transport, and no format prints it. */
const TICKET = Symbol('ticket')

interface Info {
  readonly level: string
  readonly message: string
  readonly [TICKET]: RecordTicket
}

/**
 * Takes records as fast as winston brings them: who logged one is told by its ticket whether it is on disk. `done` never
 * carries an error, because a stream that had one is unpiped.
 */
class DurableTransport extends Transport {
  readonly #commit: GroupCommit<PreparedRecord, Receipt>

  constructor(commit: GroupCommit<PreparedRecord, Receipt>) {
    super({ level: 'info' })
    this.#commit = commit
  }

  override log(info: Info, done: () => void): void {
    this.#commit.submit(info[TICKET])
    done()
  }
}

/**
 * Opens the audit log of a folder and takes the folder for this process.
 * A torn end is moved to `audit.torn-<seq>`, which a `recovery` record then says.
 * @throws Error when the folder is in use, when the last complete record does not check, or when the log ends before its
 * last checkpoint
 */
export async function openAuditLog(options: AuditLogOptions): Promise<OwnAuditLog> {
  const { directory } = options
  await makePrivateDirectory(directory)
  const lock = lockFolder(directory)
  try {
    const path = join(directory, CURRENT)
    const end = await readLogEnd(directory)
    if (end.torn > 0) await moveTornEnd(path, end)
    const schedule = await openSchedule(options, end.head)
    const log = await startLog(end.head, options, schedule, () => lock.release())
    // The torn file is named after the record that tells of it: if it is there, the record is still owed.
    const owed = tornPath(path, end.head.seq + 1)
    if (existsSync(owed)) await tellTornEnd(log, options)
    return log
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openSchedule(options: AuditLogOptions, head: Head): Promise<Schedule> {
  const { directory, sign, clock, io } = options
  if (sign === undefined) return NO_CHECKPOINTS
  const checkpoints = await openCheckpoints(directory, sign, clock, io)
  const last = checkpoints.last()
  if (
    last !== undefined &&
    (last.seq > head.seq || (last.seq === head.seq && last.hash !== head.hash))
  ) {
    await checkpoints.close()
    throw new Error(
      `${directory}: the log ends at record ${head.seq}, its last checkpoint is of record ${last.seq}: it was cut short or rewritten`,
    )
  }
  return checkpointSchedule({
    checkpoints,
    onChange: options.onSigning,
    records: options.checkpointRecords ?? CHECKPOINT_RECORDS,
    everyMs: options.checkpointMs ?? CHECKPOINT_MS,
  })
}

async function tellTornEnd(log: AuditLog, options: AuditLogOptions): Promise<void> {
  try {
    await log.append(ownRecord(options, 'the last line was torn by a crash and was moved aside'))
  } catch (error) {
    await log.close()
    throw error
  }
}

async function startLog(
  head: Head,
  options: AuditLogOptions,
  schedule: Schedule,
  release: () => void,
): Promise<OwnAuditLog> {
  const chain = chainWriter(head, options.clock, (seqs) => checked(lateRecord(options, seqs)))
  const commit = groupCommit<PreparedRecord, Receipt>({
    file: await openFile(options, () => chain.head(), schedule),
    name: 'the audit log',
    encode: (records) => {
      const encoded = chain.encode(records)
      const onDisk = (): void => {
        void encoded.commit()
        schedule.written(chain.head())
      }
      return { ...encoded, commit: onDisk }
    },
    onLate: (receipts) => chain.onLate(receipts),
    timeoutMs: options.timeoutMs ?? 10_000,
    probeMs: options.probeMs ?? 5_000,
    onHealth: options.onHealth,
  })
  const logger = newLogger(commit)
  const shut = async (): Promise<void> => {
    await commit.close()
    logger.close()
    await schedule.close(chain.head())
    release()
  }
  let closing: Promise<void> | undefined
  return {
    append: async (record) => {
      const ticket = commit.ticket(checked(record))
      const info: Info = { level: 'info', message: '', [TICKET]: ticket }
      try {
        logger.write(info)
      } catch (error) {
        ticket.reject(unavailable('the audit log', error))
      }
      return ticket.receipt
    },
    healthy: () => commit.healthy(),
    head: () => chain.head(),
    checkpoint: () => schedule.last(),
    signing: () => schedule.status(),
    sign: () => schedule.seal(chain.head()),
    close: () => (closing ??= shut()),
  }
}

async function openFile(
  { directory, clock, segmentBytes = SEGMENT_BYTES, segmentMs = SEGMENT_MS, io }: AuditLogOptions,
  head: () => Head,
  schedule: Schedule,
): Promise<DurableFile> {
  const part = await currentPart(directory)
  let begun = part?.begun ?? clock.now()
  return openSegmentedFile({
    directory,
    first: part?.first ?? head().seq + 1,
    head,
    isFull: (bytes) => bytes >= segmentBytes || clock.now() - begun >= segmentMs,
    seal: (last) => schedule.seal(last),
    opened: () => {
      begun = clock.now()
    },
    ...(io === undefined ? {} : { io }),
  })
}

/** A logger of the log's own, so that nobody can change its level, silence it or format its records. */
function newLogger(commit: GroupCommit<PreparedRecord, Receipt>): winston.Logger {
  const logger = winston.createLogger({
    level: 'info',
    silent: false,
    exitOnError: false,
    format: winston.format((info) => info)(),
    transports: [new DurableTransport(commit)],
  })
  // Without a listener an error of winston's own would end the process; the record's ticket then runs out of time.
  logger.on('error', () => undefined)
  return logger
}

function lateRecord(options: AuditLogOptions, seqs: readonly number[]): UnchainedRecord {
  return ownRecord(
    options,
    `written after their exchanges had been refused: records ${seqs.join(', ')}`,
  )
}

function ownRecord(options: AuditLogOptions, detail: string): UnchainedRecord {
  const version = options.version === undefined ? {} : { version: options.version }
  return { labels: { ...options.labels, ...version }, custom: { kind: 'recovery', detail } }
}

/** Refuses a record that a reader of the log could not rely on. */
function checked(record: UnchainedRecord): PreparedRecord {
  try {
    for (const key of ['seq', 'prev', 'hash']) {
      if (key in record.custom) throw new Error(`custom.${key} is given by the log alone`)
    }
    const place = { version: 1, ...record.custom, seq: 1, prev: ZERO_HASH, hash: ZERO_HASH }
    validate('audit-record', { ...record, timestamp: '', custom: place })
    return prepareRecord(record)
  } catch (error) {
    throw new GatewayError('audit-unavailable', 'an audit record was not valid', { cause: error })
  }
}
