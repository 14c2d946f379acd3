import { isUtf8 } from 'node:buffer'
import { hash as hashOf } from 'node:crypto'
import type { UnchainedRecord } from '../domain/index.ts'
import { validate, type AuditRecord } from '../schema/index.ts'

/** What the first record names as the hash of the record before it. */
export const ZERO_HASH = '0'.repeat(64)

/** A place in the chain: after the record `seq`, whose hash is `hash`. `{0, ZERO_HASH}` is the empty log. */
export interface Head {
  readonly seq: number
  readonly hash: string
}

/**
 * A record serialised as far as it can be before its place is known. Made when the record arrives, so that what the
 * caller changes afterwards is not written.
 */
export interface PreparedRecord {
  readonly before: string
  readonly after: string
  readonly bodySha256: string | undefined
}

/** A record as it is written, and the hash that the next one names. */
export interface ChainedLine {
  /** Without its newline. */
  readonly line: string
  readonly hash: string
}

/** A line that is sound by itself: form, hash and schema. */
interface SoundLine {
  readonly seq: number
  readonly prev: string
  readonly hash: string
  /** Of everything but the place: what a package of evidence shows of a record that it leaves out. */
  readonly digest: string
}

type Sound = ({ readonly ok: true } & SoundLine) | { readonly ok: false; readonly problem: string }

/** Whether a line stands where it should, with its hash, or what is wrong with it. */
export type LineCheck =
  { readonly ok: true; readonly hash: string } | { readonly ok: false; readonly problem: string }

const TAIL = /,"seq":(\d{1,15}),"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}\}$/
const TAIL_LENGTH = ',"seq":,"prev":"","hash":""}}'.length + 15 + 128

/** Serialises everything of a record but its time and its place. */
export function prepareRecord(record: UnchainedRecord): PreparedRecord {
  const { decision_id, labels, bundles, path, input, result } = record
  const { metrics, requested_by, req_id, custom } = record
  const before = JSON.stringify({ decision_id, labels, bundles, path, input, result })
  const after = JSON.stringify({
    metrics,
    requested_by,
    req_id,
    custom: { version: 1, ...custom },
  })
  return {
    before: before.slice(0, -1),
    after: after.slice(1, -2),
    bodySha256: custom.bodySha256,
  }
}

/** Gives a prepared record its time and its place in the chain. */
export function chainPrepared(
  record: PreparedRecord,
  seq: number,
  prev: string,
  timestamp: string,
): ChainedLine {
  const open = `${record.before},"timestamp":${JSON.stringify(timestamp)},${record.after}`
  const hash = linkHash(seq, prev, hashOf('sha256', `${open}}}`))
  return { line: `${open},"seq":${seq},"prev":"${prev}","hash":"${hash}"}}`, hash }
}

/**
 * The hash of a record: of its place and of the digest of its content, which is the line without seq, prev and hash.
 * So a chain can be followed past a record of which no more than the digest is shown.
 */
function linkHash(seq: number, prev: string, digest: string): string {
  return hashOf('sha256', `${seq}:${prev}:${digest}`)
}

/** The line of one record, without its newline, and its hash. */
export function chainRecord(
  record: UnchainedRecord,
  seq: number,
  prev: string,
  timestamp: string,
): ChainedLine {
  return chainPrepared(prepareRecord(record), seq, prev, timestamp)
}

/** `{"seq":12,"digest":"<64 hex>"}`: a record that a package of evidence leaves out. */
const OMITTED = /^\{"seq":(\d{1,15}),"digest":"([0-9a-f]{64})"\}$/

const OMITTED_LENGTH = '{"seq":,"digest":""}'.length + 15 + 64

/** The line that stands for a record that is left out. */
export function omittedLine(seq: number, digest: string): string {
  return `{"seq":${seq},"digest":"${digest}"}`
}

/**
 * Checks one line, without its newline, by itself and against the place where it stands.
 * @param omissions whether the line may stand for a record that is left out
 */
export function checkLine(
  line: Uint8Array,
  expectedSeq: number,
  expectedPrev: string,
  omissions = false,
): LineCheck {
  const sound = (omissions ? readOmitted(line, expectedPrev) : undefined) ?? readLine(line)
  if (!sound.ok) return sound
  if (sound.seq !== expectedSeq) {
    return {
      ok: false,
      problem: `record ${sound.seq} stands where ${expectedSeq} was expected: removed, inserted or moved`,
    }
  }
  if (sound.prev !== expectedPrev) {
    return { ok: false, problem: 'prev is not the hash of the record before it' }
  }
  return { ok: true, hash: sound.hash }
}

function readOmitted(line: Uint8Array, prev: string): Sound | undefined {
  if (line.length > OMITTED_LENGTH) return undefined
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1')
  const [, seqText, digest] = OMITTED.exec(text) ?? []
  if (seqText === undefined || digest === undefined) return undefined
  const seq = Number(seqText)
  return { ok: true, seq, prev, digest, hash: linkHash(seq, prev, digest) }
}

/** Checks one line by itself and tells where it claims to stand. */
export function readLine(line: Uint8Array): Sound {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength)
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - TAIL_LENGTH))
  const [end, seqText, prev, hash] = TAIL.exec(tail) ?? []
  if (end === undefined || seqText === undefined || prev === undefined || hash === undefined) {
    return { ok: false, problem: 'the line does not end with seq, prev and hash' }
  }
  const seq = Number(seqText)
  const digest = contentDigest(bytes, bytes.length - end.length)
  if (linkHash(seq, prev, digest) !== hash) {
    return { ok: false, problem: 'the hash does not fit the record' }
  }
  const place = { seq, prev, hash, digest }
  const problem = contentProblem(bytes, place)
  return problem === undefined ? { ok: true, ...place } : { ok: false, problem }
}

/** @param length of the content without its two closing braces, which stand at the end of the line as well */
function contentDigest(bytes: Buffer, length: number): string {
  const content = Buffer.allocUnsafe(length + 2)
  bytes.copy(content, 0, 0, length)
  content.write('}}', length, 'latin1')
  return hashOf('sha256', content)
}

/** What is wrong with the content of a line whose hash fits: only one who can compute hashes gets this far. */
function contentProblem(bytes: Buffer, place: SoundLine): string | undefined {
  if (!isUtf8(bytes)) return 'the line is not UTF-8'
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    return 'the line is not JSON'
  }
  let record: AuditRecord
  try {
    record = validate('audit-record', value)
  } catch {
    return 'the record does not fit audit-record.schema.json'
  }
  const { seq, prev, hash } = record.custom
  const same = seq === place.seq && prev === place.prev && hash === place.hash
  return same ? undefined : 'seq, prev or hash do not end the record'
}

/**
 * Tells a torn end (a write that a crash cut short, hence the beginning of a record) from an end whose newline was
 * replaced: a whole record that fits, with something behind it.
 */
export function isAlteredEnd(tail: Uint8Array, expectedSeq: number, expectedPrev: string): boolean {
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength)
  const end = bytes.lastIndexOf('"}}') + 3
  if (end < 3 || end === bytes.length) return false
  return checkLine(bytes.subarray(0, end), expectedSeq, expectedPrev).ok
}
