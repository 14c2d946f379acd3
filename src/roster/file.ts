import { createHmac } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { Roster, rosterKeys, type RosterTables } from '../detect/index.ts'
import { replaceFileSync } from '../durable/index.ts'
import { RosterError } from './roster-error.ts'
import { seal, unseal, type RosterKey } from './seal.ts'

/** What the file says without its key. */
export interface RosterInfo {
  /** 16 hex digits, keyed: equal for equal lists under one key. */
  readonly version: string
  /** RFC 3339, UTC. */
  readonly importedAt: string
  readonly people: number
  /** Lines that were left out, wholly or in part. */
  readonly badLines: number
  /** Id of the roster key. */
  readonly key: string
}

const MAGIC = 'phigate roster 1'
const LONGEST_HEADER = 1024
const TABLES = [
  'digests',
  'owners',
  'types',
  'filter',
  'beginnings',
  'partStarts',
  'parts',
] as const satisfies readonly (keyof RosterTables)[]

/**
 * Puts tables in the place of those before: a reader sees the old file or the new one, whole. The file holds a line of
 * numbers and dates, and the sealed tables.
 */
export function writeRoster(
  file: string,
  tables: RosterTables,
  key: RosterKey,
  about: Pick<RosterInfo, 'importedAt' | 'people' | 'badLines'>,
): RosterInfo {
  const plain = encode(tables)
  const { digest } = rosterKeys(key.secret)
  const version = createHmac('sha256', digest).update(plain).digest('hex').slice(0, 16)
  const info: RosterInfo = { version, ...about, key: key.id }
  const header = JSON.stringify(info)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  replaceFileSync(file, `${MAGIC}\n${header}\n`, seal(plain, key, header))
  return info
}

/**
 * Reads the first lines of a roster.
 * @returns undefined where there is no file
 * @throws RosterError when the file is none of ours
 */
export function readRosterInfo(file: string): RosterInfo | undefined {
  const start = readStart(file)
  return start === undefined ? undefined : headerIn(start, file).info
}

/**
 * Reads a roster.
 * @throws RosterError when it is damaged, or made with a key that is not among the given
 */
export function readRoster(file: string, keys: readonly RosterKey[]): Roster {
  const bytes = readFileSync(file)
  const { info, text, length } = headerIn(bytes, file)
  const key = keys.find(({ id }) => id === info.key)
  if (key === undefined) throw new RosterError(`${file}: the keyring has no usable key for it`)
  let plain: Buffer
  try {
    plain = unseal(bytes.subarray(length), key, text)
  } catch (cause) {
    throw new RosterError(`${file}: is damaged, or was changed`, { cause })
  }
  return new Roster(info.version, decode(plain), rosterKeys(key.secret))
}

function headerIn(
  bytes: Buffer,
  file: string,
): { readonly info: RosterInfo; readonly text: string; readonly length: number } {
  const [magic, text] = bytes.subarray(0, LONGEST_HEADER).toString('latin1').split('\n')
  if (magic !== MAGIC || text === undefined) throw new RosterError(`${file}: is no roster`)
  try {
    const info = JSON.parse(text) as RosterInfo
    return { info, text, length: magic.length + text.length + 2 }
  } catch {
    throw new RosterError(`${file}: is damaged`)
  }
}

function readStart(file: string): Buffer | undefined {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  try {
    const start = Buffer.alloc(LONGEST_HEADER)
    return start.subarray(0, readSync(handle, start))
  } finally {
    closeSync(handle)
  }
}

/** Lengths first, then the numbers of each table, in the byte order of the machine. */
function encode(tables: RosterTables): Buffer {
  const arrays = TABLES.map((name) => tables[name])
  const lengths = Uint32Array.from(arrays, ({ length }) => length)
  return Buffer.concat(
    [lengths, ...arrays].map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength)),
  )
}

function decode(plain: Uint8Array): RosterTables {
  // A copy of its own begins where 32-bit numbers may begin.
  const all = new Uint32Array(new Uint8Array(plain).buffer)
  let at = TABLES.length
  const tables = TABLES.map((name, index) => {
    const length = all[index] ?? 0
    at += length
    return [name, all.subarray(at - length, at)] as const
  })
  return Object.fromEntries(tables) as unknown as RosterTables
}
