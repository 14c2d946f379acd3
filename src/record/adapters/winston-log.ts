import { existsSync } from 'node:fs'
import { join } from 'node:path'
import winston from 'winston'
import Transport from 'winston-transport'
import {
  GatewayError,
  type AuditLog,
  type Clock,
  type Receipt,
  type UnchainedRecord,
} from '../../domain/index.ts'
import {
  groupCommit,
  makePrivateDirectory,
  openDurableFile,
  unavailable,
  type FileIo,
  type GroupCommit,
  type Ticket,
} from '../../durable/index.ts'
import { validate } from '../../schema/index.ts'
import { prepareRecord, ZERO_HASH, type Head, type PreparedRecord } from '../chain.ts'
import { chainWriter } from '../chain-writer.ts'
import { lockFolder } from '../folder-lock.ts'
import { moveTornEnd, readEnd, tornPath } from '../log-head.ts'

/** Where the log stands, and what it writes about itself. */
export interface AuditLogOptions {
  /** Holds `audit.ndjson` and nothing of anybody else. */
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
  /** For tests: a disk that fails. */
  readonly io?: FileIo
}

type RecordTicket = Ticket<PreparedRecord, Receipt>

/** A symbol survives winston's way from the logger to the transport, and no format prints it. */
const TICKET = Symbol('ticket')

interface Info {
  readonly level: string
  readonly message: string
  readonly [TICKET]: RecordTicket
}

/**
 * Winston hands over in one `logv` all that was logged while the last call ran. Each record is told by its ticket
 * whether it is on disk; `done` never carries an error, because a stream that had one is unpiped.
 */
class DurableTransport extends Transport {
  readonly #commit: GroupCommit<PreparedRecord, Receipt>

  constructor(commit: GroupCommit<PreparedRecord, Receipt>) {
    const options = { level: 'info', highWaterMark: 65_536 }
    super(options)
    this.#commit = commit
  }

  override log(info: Info, done: () => void): void {
    void this.#commit.submit([info[TICKET]]).then(done)
  }

  override logv(chunks: readonly { readonly chunk: Info }[], done: () => void): void {
    void this.#commit.submit(chunks.map(({ chunk }) => chunk[TICKET])).then(done)
  }
}

/**
 * Opens the audit log `<directory>/audit.ndjson` and takes the folder for this process.
 * A torn end is moved to `audit.torn-<seq>`, which a `recovery` record then says.
 * @throws Error when the folder is in use, or when the last complete record does not check
 */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  await makePrivateDirectory(options.directory)
  const lock = lockFolder(options.directory)
  try {
    const path = join(options.directory, 'audit.ndjson')
    const end = await readEnd(path)
    if (end.torn > 0) await moveTornEnd(path, end)
    const log = await startLog(path, end.head, options, () => lock.release())
    // The torn file is named after the record that tells of it: if it is there, the record is still owed.
    const owed = tornPath(path, end.head.seq + 1)
    if (existsSync(owed)) await tellTornEnd(log, options)
    return log
  } catch (error) {
    lock.release()
    throw error
  }
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
  path: string,
  head: Head,
  options: AuditLogOptions,
  release: () => void,
): Promise<AuditLog> {
  const chain = chainWriter(head, options.clock, (seqs) => checked(lateRecord(options, seqs)))
  const commit = groupCommit<PreparedRecord, Receipt>({
    file: await openDurableFile(path, options.io),
    name: 'the audit log',
    encode: (records) => chain.encode(records),
    onLate: (receipts) => chain.onLate(receipts),
    timeoutMs: options.timeoutMs ?? 10_000,
    probeMs: options.probeMs ?? 5_000,
  })
  const logger = newLogger(commit)
  const shut = async (): Promise<void> => {
    await commit.close()
    logger.close()
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
    close: () => (closing ??= shut()),
  }
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
