import { deflateRawSync, inflateRawSync } from 'node:zlib'

const AS_IT_IS = Uint8Array.of(0)
const DEFLATED = Uint8Array.of(1)
/** Larger ones would hold up the thread for longer than the disk, and their heads weigh nothing. */
const LARGEST = 64 * 1024
/** Small windows and chunks: their memory is set up anew for each text. */
const SETTINGS = { level: 1, memLevel: 5, windowBits: 12, chunkSize: 2048 }

/** Makes a text small before it is encrypted; the first byte says how. */
export function packed(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.byteLength, 0)
  if (length > LARGEST) return [AS_IT_IS, ...parts]
  const small = deflateRawSync(Buffer.concat(parts, length), SETTINGS)
  return small.byteLength < length ? [DEFLATED, small] : [AS_IT_IS, ...parts]
}

/** @throws Error when the bytes are none of ours */
export function unpacked(bytes: Buffer): Buffer {
  const text = bytes.subarray(1)
  return bytes[0] === DEFLATED[0] ? inflateRawSync(text) : text
}
