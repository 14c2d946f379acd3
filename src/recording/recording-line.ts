import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Piece } from '../domain/index.ts'

/** One line of the recordings file, read back. */
export interface RecordedPiece {
  readonly session: string
  readonly digest: string
  readonly bytes: Buffer
}

/**
 * The line of one piece, with its newline.
 * @throws Error when the bytes are not UTF-8 or not what their digest says: it could never be read back
 */
export function encodePiece(session: string, piece: Piece): Buffer {
  const { digest, bytes } = piece
  if (!isUtf8(bytes)) throw new Error('a piece is not UTF-8')
  if (sha256(bytes) !== digest) throw new Error('a piece is not what its digest says')
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return Buffer.from(`${JSON.stringify({ session, digest, text })}\n`)
}

/**
 * Reads one line, without its newline.
 * @throws Error when it is not a line of the recordings file, or its text is not what its digest says
 */
export function decodePiece(line: Uint8Array): RecordedPiece {
  const { session, digest, text } = parse(line)
  if (typeof session !== 'string' || typeof digest !== 'string' || typeof text !== 'string') {
    throw new Error('a recorded piece has another form')
  }
  const bytes = Buffer.from(text, 'utf8')
  if (sha256(bytes) !== digest) throw new Error('a recorded piece is not what its digest says')
  return { session, digest, bytes }
}

function parse(line: Uint8Array): { session?: unknown; digest?: unknown; text?: unknown } {
  try {
    // An error of the parser would quote the text.
    const value: unknown = JSON.parse(Buffer.from(line).toString('utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Told below, without the text.
  }
  throw new Error('a recorded piece is not a JSON object')
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
