import { createHash } from 'node:crypto'
import type { RecordedMark, RecordedPiece } from '../domain/index.ts'
import { sha256Hex } from '../mask/index.ts'
import type { RecordedAnswer } from './job.ts'

/** A content block of an answer, or what stands around the blocks, as JSON text. */
export interface RecordedText {
  readonly isBlock: boolean
  readonly text: string
}

/** An answer as it is recorded: its parts one after the other. */
export function answerToRecord(
  texts: readonly RecordedText[],
  marks: readonly RecordedMark[],
): RecordedAnswer {
  const encoder = new TextEncoder()
  const whole = createHash('sha256')
  const parts: Uint8Array[] = []
  const pieces: RecordedPiece[] = []
  let start = 0
  for (const { isBlock, text } of texts) {
    if (text === '') continue
    const bytes = encoder.encode(text)
    const end = start + bytes.length
    pieces.push({ digest: sha256Hex(bytes), start, end, kind: isBlock ? 'block' : 'around' })
    whole.update(bytes)
    parts.push(bytes)
    start = end
  }
  return { bytes: joined(parts, start), sha256: whole.digest('hex'), pieces, marks }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
