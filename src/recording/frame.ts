import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'

/** A frame on disk: `R1`, its whole length (u32), the slot of its session's key (u48), IV, text, tag. */
export interface SealedFrame {
  readonly slot: number
  /** Bytes on disk. */
  readonly length: number
}

const MAGIC = 0x5231
const IV_AT = 12
const TEXT_AT = IV_AT + 12
const TAG_BYTES = 16
/** What a frame takes beside its text. */
const FRAME_BYTES = TEXT_AT + TAG_BYTES
export const HEADER_BYTES = IV_AT

/**
 * Encrypts one frame (AES-256-GCM); its header is authenticated as well.
 * @param iv 12 random bytes
 */
export function sealFrame(
  key: KeyObject,
  slot: number,
  iv: Uint8Array,
  parts: readonly Uint8Array[],
): Buffer {
  const text = parts.reduce((sum, part) => sum + part.byteLength, 0)
  const frame = Buffer.allocUnsafe(FRAME_BYTES + text)
  frame.writeUInt16BE(MAGIC, 0)
  frame.writeUInt32BE(frame.length, 2)
  frame.writeUIntBE(slot, 6, 6)
  frame.set(iv, IV_AT)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(frame.subarray(0, IV_AT))
  let at = TEXT_AT
  for (const part of parts) at += cipher.update(part).copy(frame, at)
  cipher.final()
  cipher.getAuthTag().copy(frame, at)
  return frame
}

/** @throws Error when the frame is not what was written under this key */
export function openFrame(key: KeyObject, frame: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, frame.subarray(IV_AT, TEXT_AT))
  decipher.setAAD(frame.subarray(0, IV_AT))
  decipher.setAuthTag(frame.subarray(frame.length - TAG_BYTES))
  const text = decipher.update(frame.subarray(TEXT_AT, frame.length - TAG_BYTES))
  decipher.final()
  return text
}

/** What a header says; undefined when it is none. */
export function readHeader(bytes: Buffer, at = 0): SealedFrame | undefined {
  if (bytes.length - at < HEADER_BYTES || bytes.readUInt16BE(at) !== MAGIC) return undefined
  const length = bytes.readUInt32BE(at + 2)
  return length < FRAME_BYTES ? undefined : { slot: bytes.readUIntBE(at + 6, 6), length }
}
