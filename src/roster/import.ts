import { createHash, hkdfSync, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { RosterBuilder, rosterKeys, type ListedPerson } from '../detect/index.ts'
import { csvPerson, csvShape, type CsvShape } from './csv.ts'
import { fhirPerson, isBundle, isFhir } from './fhir.ts'
import { writeRoster, type RosterInfo } from './file.ts'
import { bundleRecords, csvRecords, ndjsonRecords, type RawRecord } from './records.ts'
import { RosterError } from './roster-error.ts'
import type { RosterKey } from './seal.ts'
import { Spool, type BadLine } from './spool.ts'

export type RosterFormat = 'csv' | 'fhir' | 'auto'

export interface ImportOptions {
  readonly input: string
  readonly format: RosterFormat
  /** The roster that is replaced. */
  readonly file: string
  readonly key: RosterKey
  readonly now: Date
  /** Records read so far. */
  readonly onProgress?: (records: number) => void
  /** Records between two steps from which an import can go on. */
  readonly step?: number
}

export interface ImportReport {
  readonly info: RosterInfo
  /** Numbers and reasons, never a value. */
  readonly bad: readonly BadLine[]
  /** Records that an import before this one had read. */
  readonly resumedAfter: number
}

const STEP = 5000
const MOST_BAD = 10_000

/**
 * Makes a roster of a file and puts it in the place of the one before, when all of it is read. An import that was cut
 * short goes on where it stopped if the file still begins with what was read.
 * @throws RosterError when nobody can be read from the file; then the roster before stays
 */
export async function importRoster(options: ImportOptions): Promise<ImportReport> {
  const spool = new Spool(`${options.file}.import`, options.key)
  const resumed = await new Import(options, spool).run()
  const work = resumed ?? (await afresh(options, spool))
  if (work.builder.people === 0) throw new RosterError('nobody is listed in the file')
  const info = writeRoster(options.file, work.builder.tables(), options.key, {
    importedAt: options.now.toISOString(),
    people: work.builder.people,
    badLines: work.bad.length,
  })
  spool.remove()
  return { info, bad: work.bad, resumedAfter: work.resumedAfter }
}

async function afresh(options: ImportOptions, spool: Spool): Promise<Import> {
  spool.remove()
  const work = await new Import(options, spool).run()
  if (work === undefined) throw new RosterError('the file changes while it is read')
  return work
}

class Import {
  readonly builder: RosterBuilder
  readonly bad: BadLine[] = []
  resumedAfter = 0
  readonly #options: ImportOptions
  readonly #spool: Spool
  readonly #seen: Hash
  #expected = ''
  #shape: CsvShape | undefined

  constructor(options: ImportOptions, spool: Spool) {
    this.#options = options
    this.#spool = spool
    this.builder = new RosterBuilder(rosterKeys(options.key.secret))
    // Keyed, like every digest of PHI that is stored; it is stored sealed as well.
    const prefix = hkdfSync('sha256', options.key.secret, '', 'roster input', 32)
    this.#seen = createHash('sha256').update(new Uint8Array(prefix))
  }

  /** @returns undefined when the steps that are there are of another file */
  async run(): Promise<this | undefined> {
    for (const { batch, records, digest, bad } of this.#spool.read()) {
      this.builder.restore(batch)
      this.bad.push(...bad)
      this.resumedAfter = records
      this.#expected = digest
    }
    const { input, format, step = STEP, onProgress } = this.#options
    const kind = await kindOf(input, format)
    let records = 0
    let reported = this.bad.length
    for await (const record of recordsOf(input, kind)) {
      records += 1
      this.#seen.update(record.bytes).update('\n')
      if (kind === 'csv' && records === 1) this.#shape = csvShape(record.bytes.toString('utf8'))
      else if (records > this.resumedAfter) this.#take(record)
      if (records === this.resumedAfter && this.#digest() !== this.#expected) return undefined
      if (records <= this.resumedAfter || records % step !== 0) continue
      const batch = this.builder.takeBatch()
      const bad = this.bad.slice(reported)
      this.#spool.add({ batch, records, digest: this.#digest(), bad })
      reported = this.bad.length
      onProgress?.(records)
    }
    return records < this.resumedAfter ? undefined : this
  }

  #digest(): string {
    return this.#seen.copy().digest('hex')
  }

  #take(record: RawRecord): void {
    const person = record.tooLong ? 'length' : this.#personIn(record.bytes)
    if (person === undefined) return
    if (typeof person === 'string') {
      this.#reject(record, person)
      return
    }
    const unusable = this.builder.add(person)
    if (unusable === undefined) this.#reject(record, 'nobody')
    else if (unusable > 0) this.#reject(record, 'value')
  }

  #reject({ number }: RawRecord, why: BadLine['why']): void {
    if (this.bad.length < MOST_BAD) this.bad.push({ number, why })
    else throw new RosterError(`more than ${MOST_BAD} lines cannot be used`)
  }

  /** @returns undefined where the record is about nobody: an empty line, another resource */
  #personIn(bytes: Buffer): ListedPerson | BadLine['why'] | undefined {
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      return 'encoding'
    }
    if (text.trim() === '') return undefined
    if (this.#shape !== undefined) return csvPerson(text, this.#shape) ?? 'form'
    try {
      const value: unknown = JSON.parse(text)
      return fhirPerson(value) ?? (isFhir(value) ? undefined : 'form')
    } catch {
      return 'form'
    }
  }
}

type Kind = 'csv' | 'ndjson' | 'bundle'

function recordsOf(input: string, kind: Kind): AsyncGenerator<RawRecord> {
  const chunks = createReadStream(input, { highWaterMark: 256 * 1024 })
  if (kind === 'csv') return csvRecords(chunks)
  return kind === 'ndjson' ? ndjsonRecords(chunks) : bundleRecords(chunks)
}

/** JSON is told by its first character, NDJSON by a first line that is a resource, whole. */
async function kindOf(input: string, format: RosterFormat): Promise<Kind> {
  const start = await beginningOf(input)
  const isJson = /^\uFEFF?\s*[[{]/.test(start)
  if (format === 'csv' || (format === 'auto' && !isJson)) return 'csv'
  if (!isJson) throw new RosterError('the file is no FHIR: it does not begin with { or [')
  const [line = ''] = start.trimStart().split('\n')
  try {
    const value: unknown = JSON.parse(line)
    return isFhir(value) && !isBundle(value) ? 'ndjson' : 'bundle'
  } catch {
    return 'bundle'
  }
}

async function beginningOf(input: string): Promise<string> {
  let handle
  try {
    handle = await open(input, 'r')
  } catch (cause) {
    throw new RosterError('the file cannot be read', { cause })
  }
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(1024 * 1024) })
    return buffer.subarray(0, bytesRead).toString('utf8')
  } finally {
    await handle.close()
  }
}
