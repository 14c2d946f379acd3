import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import type { RosterBatch } from '../detect/index.ts'
import { seal, unseal, type RosterKey } from './seal.ts'

/** A line that could not be used, or not all of it. */
export interface BadLine {
  readonly number: number
  readonly why: 'encoding' | 'form' | 'length' | 'nobody' | 'value'
}

/** How far an import has come. */
export interface Step {
  readonly batch: RosterBatch
  /** Records read since the start. */
  readonly records: number
  /** Keyed digest of these records, hex: the same file goes on, another begins anew. */
  readonly digest: string
  readonly bad: readonly BadLine[]
}

const ARRAYS = ['rows', 'beginnings', 'partStarts', 'parts'] as const
const LENGTH_BYTES = 4

/** What an import that was cut short left behind: sealed batches, in order. */
export class Spool {
  readonly #file: string
  readonly #key: RosterKey
  #count = 0

  constructor(file: string, key: RosterKey) {
    this.#file = file
    this.#key = key
  }

  /** The steps that are there, whole and in order. What follows a damaged one is cut off. */
  read(): readonly Step[] {
    if (!existsSync(this.#file)) return []
    const bytes = readFileSync(this.#file)
    const steps: Step[] = []
    let at = 0
    while (at + LENGTH_BYTES <= bytes.length) {
      const end = at + LENGTH_BYTES + bytes.readUInt32LE(at)
      const step = this.#open(bytes.subarray(at + LENGTH_BYTES, end), steps.length)
      if (step === undefined) break
      steps.push(step)
      at = end
    }
    truncateSync(this.#file, at)
    this.#count = steps.length
    return steps
  }

  add(step: Step): void {
    const { batch, ...rest } = step
    const arrays = ARRAYS.map((name) => batch[name])
    const lengths = arrays.map((array) => array.length)
    const header = Buffer.from(JSON.stringify({ ...rest, people: batch.people, lengths }))
    const size = Buffer.alloc(LENGTH_BYTES)
    size.writeUInt32LE(header.length)
    const bytes = arrays.map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength))
    const plain = Buffer.concat([size, header, ...bytes])
    const sealed = seal(plain, this.#key, contextOf(this.#count))
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32LE(sealed.length)
    appendFileSync(this.#file, Buffer.concat([length, sealed]), { mode: 0o600, flush: true })
    this.#count += 1
  }

  remove(): void {
    rmSync(this.#file, { force: true })
    this.#count = 0
  }

  #open(sealed: Buffer, index: number): Step | undefined {
    try {
      return stepOf(unseal(sealed, this.#key, contextOf(index)))
    } catch {
      return undefined
    }
  }
}

function contextOf(index: number): string {
  return `roster import ${index}`
}

function stepOf(plain: Buffer): Step {
  const start = LENGTH_BYTES + plain.readUInt32LE(0)
  const { lengths, people, ...rest } = JSON.parse(
    plain.subarray(LENGTH_BYTES, start).toString('utf8'),
  ) as Omit<Step, 'batch'> & { readonly people: number; readonly lengths: readonly number[] }
  // A copy of its own begins where 32-bit numbers may begin.
  const numbers = new Uint32Array(new Uint8Array(plain.subarray(start)).buffer)
  let at = 0
  const arrays = ARRAYS.map((name, index) => {
    at += lengths[index] ?? 0
    return [name, numbers.subarray(at - (lengths[index] ?? 0), at)] as const
  })
  const batch = { people, ...Object.fromEntries(arrays) } as unknown as RosterBatch
  return { ...rest, batch }
}
