import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  openSync,
  readSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { openDurableFile, type DurableFile, type FileIo } from '../durable/index.ts'
import { randomView } from './random.ts'

/** A key of the keyring under which the keys of sessions are. */
export interface RecordingKey {
  readonly id: string
  readonly secret: Uint8Array
}

/** The active one first. */
export type RecordingKeys = readonly [RecordingKey, ...RecordingKey[]]

/**
 * The key of one session, and where it stands. A key object, because Node.js tries bytes as other kinds of keys first:
 * that takes longer than an encryption, or a digest.
 */
export interface SessionKey {
  readonly slot: number
  readonly session: string
  readonly key: KeyObject
}

/** A slot: `K1`, label of the session (30), id of the key it is under (32), IV, wrapped key, tag. */
export const SLOT_BYTES = 128
const MAGIC = 0x4b31
const SESSION_AT = 2
const SESSION_BYTES = 30
const KEY_ID_AT = SESSION_AT + SESSION_BYTES
const KEY_ID_BYTES = 32
const IV_AT = KEY_ID_AT + KEY_ID_BYTES
const WRAPPED_AT = IV_AT + 12
const TAG_AT = WRAPPED_AT + 32
const END = TAG_AT + 16

/**
 * The keys of the sessions: random ones, each wrapped with a key of the keyring, in a file of slots that nothing else
 * copies. A slot that is overwritten takes its session's recording with it.
 */
export interface KeySlots {
  /** The file that new slots are appended to. */
  readonly file: DurableFile
  /** Slots there are, destroyed ones included. */
  count(): number
  /**
   * A session's key; undefined where it was destroyed.
   * @throws Error when the slot is damaged, or its key is not in the keyring
   */
  read(slot: number): SessionKey | undefined
  /** The same, and undefined as well where its key was taken out of the keyring: nobody reads that session either. */
  readIfKnown(slot: number): SessionKey | undefined
  /** Whether a slot has a key. */
  isLive(slot: number): boolean
  /**
   * Leaves slots blank whose frames a crash let reach the disk without them: no other session gets them.
   * @param named by frames, in their order: new sessions take new slots one after the other
   */
  passOver(named: readonly number[]): Promise<void>
  /** Overwrites slots for good. Returns when that is on disk. */
  destroy(slots: readonly number[]): void
  close(): void
}

/** @throws Error when the session's label or the key's id does not fit a slot */
export function wrapSlot({ id, secret }: RecordingKey, session: string, key: Uint8Array): Buffer {
  if (Buffer.byteLength(session) > SESSION_BYTES || Buffer.byteLength(id) > KEY_ID_BYTES) {
    throw new Error('a name does not fit its slot')
  }
  const slot = Buffer.alloc(SLOT_BYTES)
  slot.writeUInt16BE(MAGIC, 0)
  slot.write(session, SESSION_AT)
  slot.write(id, KEY_ID_AT)
  slot.set(randomView(12), IV_AT)
  const cipher = createCipheriv(
    'aes-256-gcm',
    createSecretKey(secret),
    slot.subarray(IV_AT, WRAPPED_AT),
  )
  cipher.setAAD(slot.subarray(0, IV_AT))
  cipher.update(key).copy(slot, WRAPPED_AT)
  cipher.final()
  cipher.getAuthTag().copy(slot, TAG_AT)
  return slot
}

export async function openKeySlots(
  path: string,
  keys: () => RecordingKeys,
  io?: FileIo,
): Promise<KeySlots> {
  cutTornSlot(path)
  const file = await openDurableFile(path, io)
  // Not the descriptor of the appending file: that one writes at the end, wherever it is told to.
  const fd = openSync(path, 'r+')
  const bytesAt = (slot: number): Buffer => {
    const bytes = Buffer.alloc(SLOT_BYTES)
    const read = readSync(fd, bytes, 0, SLOT_BYTES, slot * SLOT_BYTES)
    if (read !== SLOT_BYTES) throw new Error(`recordings/keys has no slot ${slot}`)
    return bytes
  }
  return {
    file,
    count: () => Math.floor(fstatSync(fd).size / SLOT_BYTES),
    read: (slot) => unwrapSlot(bytesAt(slot), slot, keys()),
    readIfKnown: (slot) => {
      const bytes = bytesAt(slot)
      const usable = keys()
      const isKnown = usable.some(({ id }) => id === keyIdIn(bytes))
      return isKnown ? unwrapSlot(bytes, slot, usable) : undefined
    },
    isLive: (slot) => !isBlank(bytesAt(slot)),
    async passOver(named) {
      const there = file.length() / SLOT_BYTES
      let next = there
      for (const slot of named) if (slot === next) next += 1
      if (next > there) await file.write(Buffer.alloc((next - there) * SLOT_BYTES))
    },
    destroy(slots) {
      const zeros = Buffer.alloc(SLOT_BYTES)
      for (const slot of slots) writeSync(fd, zeros, 0, SLOT_BYTES, slot * SLOT_BYTES)
      fdatasyncSync(fd)
    },
    close() {
      file.close()
      closeSync(fd)
    },
  }
}

/** @returns the session's key; undefined where the slot was overwritten */
export function unwrapSlot(
  bytes: Buffer,
  slot: number,
  keys: RecordingKeys,
): SessionKey | undefined {
  if (isBlank(bytes)) return undefined
  if (bytes.readUInt16BE(0) !== MAGIC) throw damaged(slot)
  const id = keyIdIn(bytes)
  const under = keys.find((key) => key.id === id)
  if (under === undefined) {
    throw new Error(`recordings/keys slot ${slot}: the keyring does not have its key`)
  }
  try {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      createSecretKey(under.secret),
      bytes.subarray(IV_AT, WRAPPED_AT),
    )
    decipher.setAAD(bytes.subarray(0, IV_AT))
    decipher.setAuthTag(bytes.subarray(TAG_AT, END))
    const key = decipher.update(bytes.subarray(WRAPPED_AT, TAG_AT))
    decipher.final()
    return { slot, session: textAt(bytes, SESSION_AT, SESSION_BYTES), key: createSecretKey(key) }
  } catch {
    throw damaged(slot)
  }
}

function keyIdIn(bytes: Buffer): string {
  return textAt(bytes, KEY_ID_AT, KEY_ID_BYTES)
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0)
}

function damaged(slot: number): Error {
  return new Error(`recordings/keys slot ${slot} does not check`)
}

function textAt(bytes: Buffer, at: number, length: number): string {
  return bytes.toString('latin1', at, at + length).replace(/\0+$/, '')
}

/** A slot that did not reach the disk whole was never used. */
function cutTornSlot(path: string): void {
  if (!existsSync(path)) return
  const fd = openSync(path, 'r')
  const { size } = fstatSync(fd)
  closeSync(fd)
  if (size % SLOT_BYTES !== 0) truncateSync(path, size - (size % SLOT_BYTES))
}
