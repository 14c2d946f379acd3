import type { RecordedMark } from '../domain/index.ts'

/**
 * What a frame says of its exchange. Leaves (texts) and pieces (sequences of leaves) are numbered through the session,
 * so that a frame names what an earlier one holds by its number. The keys are short because each frame has them.
 */
export interface FrameHead {
  /** Number of the frame in its session, from 0. */
  readonly n: number
  /** Id of the exchange. */
  readonly x: string
  /** Whether it is the request or the answer. */
  readonly d: 'request' | 'answer'
  /** Milliseconds since the epoch. */
  readonly t: number
  /** The thread of the session, from 0: a conversation of its own, such as a sub-agent's. */
  readonly h: number
  /** Of a frame that begins a thread: what later ones know it by. */
  readonly a?: string
  /** Of such a frame: the answer that the thread goes back to, because that gave its first message to a tool. */
  readonly p?: number
  /** Leaf with what the exchanges of a caller have in common, as JSON. */
  readonly w: number
  /** First new leaf, and the length of each. */
  readonly l: readonly [first: number, ...lengths: number[]]
  /** First new piece, and the leaves of each as runs. */
  readonly c: readonly [first: number, ...pieces: (readonly number[])[]]
  /** One letter for each new piece: see PieceKind. */
  readonly k: string
  /** The body: so many pieces of the body of an earlier frame, and then these, as runs. */
  readonly b: {
    readonly of?: readonly [frame: number, count: number]
    readonly r: readonly number[]
  }
  /** What was masked here for the first time. */
  readonly m?: readonly RecordedMark[]
  /** What is particular to this exchange. */
  readonly i: Readonly<Record<string, unknown>>
}

/** A frame, decrypted. */
export interface OpenedFrame {
  readonly head: FrameHead
  /** The new leaves. */
  readonly leaves: readonly Buffer[]
}

/** The text of a frame: length of its head (u32), head as JSON, new leaves one after the other. */
export function encodeHead(head: FrameHead): Buffer {
  const json = JSON.stringify(head)
  const bytes = Buffer.allocUnsafe(4 + Buffer.byteLength(json))
  bytes.writeUInt32BE(bytes.length - 4, 0)
  bytes.write(json, 4)
  return bytes
}

export function decodeFrame(text: Buffer): OpenedFrame {
  const end = 4 + text.readUInt32BE(0)
  const head = JSON.parse(text.toString('utf8', 4, end)) as FrameHead
  const leaves: Buffer[] = []
  let at = end
  for (const length of head.l.slice(1)) {
    leaves.push(text.subarray(at, at + length))
    at += length
  }
  return { head, leaves }
}
