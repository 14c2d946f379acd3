/** Bytes from `start` to `end` of what is recorded, and their SHA-256 in hex. */
export interface RecordedPiece {
  readonly digest: string
  readonly start: number
  readonly end: number
  readonly kind: PieceKind
}

/** Of a request: tools, system prompt, a message; of an answer: a content block, or what stands around them. */
export type PieceKind = 'tools' | 'system' | 'message' | 'block' | 'around' | 'between'

/** What stands in a masked text instead of a value, and what found it. */
export type RecordedMark = readonly [mask: string, type: string, recognizer: string]

/** One direction of an exchange, as it is recorded: masked, and nothing restored. */
export interface Recorded {
  readonly session: string
  /** The decision id. */
  readonly exchange: string
  readonly direction: 'request' | 'answer'
  /** Milliseconds since the epoch. */
  readonly at: number
  /** What the exchanges of a caller have in common. */
  readonly about: RecordedAbout
  /** What is particular to this one. */
  readonly info: RecordedInfo
  readonly bytes: Uint8Array
  /** In order; joined they are the bytes. */
  readonly pieces: readonly RecordedPiece[]
  readonly marks: readonly RecordedMark[]
}

/** Whose exchange it is. */
export interface RecordedAbout {
  readonly principal: string
  readonly onBehalfOf: string | null
  readonly connection: string
  readonly operation: string
  readonly model: string | null
  readonly profile: string
  readonly policyRevision: string
  /** Version of the detector. */
  readonly detector: string
  /** What a client calls the agent that asks, and the agent that started it. */
  readonly agent?: string
  readonly parentAgent?: string
}

/** Of a request how policy decided, of an answer how it ended. */
export interface RecordedInfo {
  readonly outcome?: string
  readonly masked?: Readonly<Record<string, number>>
  readonly end?: string
  readonly status?: number
  /** Code of what ended it, where that was neither policy nor the upstream. */
  readonly detail?: string
  readonly upstreamRequestId?: string
  /** Of a stream: milliseconds and bytes that its reads brought, one after the other. */
  readonly timing?: readonly number[]
}

/** Takes what is forwarded and what comes back, before it goes on. */
export interface RecordingStore {
  /**
   * Stores what the session does not hold yet. Resolves only when it is on disk.
   * @throws GatewayError `audit-unavailable`
   */
  put(recorded: Recorded): Promise<void>
  healthy(): boolean
  close(): Promise<void>
}

/** A place in the files: number of the segment, and bytes from its beginning. */
export interface Mark {
  readonly segment: number
  readonly offset: number
}

/** Where a frame stands, and what is asked of it without opening it. */
export interface FrameRow extends Mark {
  readonly slot: number
  readonly n: number
  /** On disk. */
  readonly length: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly exchange: string
  readonly direction: 'request' | 'answer'
  readonly thread: number
  /** Of a frame that begins a thread: what later ones know it by, as a digest under the session's key. */
  readonly begins?: string
  /** The frame that the thread goes back to. */
  readonly from: number | null
  /** The first new leaf and the first new piece. */
  readonly leaf: number
  readonly piece: number
  /** RecordedInfo as JSON. */
  readonly info: string
  /** Only with the frame that brings it: RecordedAbout as JSON. */
  readonly about?: string
  /** What was masked there for the first time. */
  readonly marks?: readonly RecordedMark[]
}

/** A session as the index knows it. */
export interface SessionRow {
  readonly slot: number
  readonly session: string
  readonly principal: string
  readonly onBehalfOf: string | null
  readonly connection: string
  /** Milliseconds since the epoch. */
  readonly firstAt: number
  readonly lastAt: number
  readonly exchanges: number
  readonly threads: number
  /** On disk. */
  readonly bytes: number
}

/** Which sessions are asked for; what is not said is any. */
export interface SessionFilter {
  readonly session?: string
  readonly principal?: string
  readonly connection?: string
  /** Those with a frame from here on, and before there. Milliseconds since the epoch. */
  readonly from?: number
  readonly to?: number
  readonly most?: number
  readonly skip?: number
}

/** The frames between two marks, in order, with the session of each slot. */
export interface IndexBatch {
  readonly rows: readonly FrameRow[]
  readonly sessions: ReadonlyMap<number, string>
  readonly from: Mark
  readonly to: Mark
}

/** A conversation inside a session: its number from 0, and the frames of its first and its latest request. */
export interface RecordedThread {
  readonly thread: number
  readonly first: number
  readonly last: number
}

/**
 * Where each frame stands: tables that can be rebuilt from the files at any time. They cover the files from their
 * beginning up to a mark, without a gap.
 */
export interface RecordingIndex {
  mark(): Promise<Mark>
  /**
   * Adds frames and moves the mark, both or neither.
   * @throws Error when the mark is not where the batch begins
   */
  add(batch: IndexBatch): Promise<void>
  /** The latest slot of a session. */
  slotOf(session: string): Promise<number | undefined>
  /** In order; all of them, or those from a number up to another. */
  frames(slot: number, from?: number, to?: number): Promise<readonly FrameRow[]>
  /** The last frames, in order, so many at most. */
  lastFrames(slot: number, most: number): Promise<readonly FrameRow[]>
  /** A thread by what it is known by, or by its number. */
  thread(slot: number, by: string | number): Promise<RecordedThread | undefined>
  /** The answer of an exchange, among so many frames behind its request. */
  answerTo(
    slot: number,
    exchange: string,
    request: number,
    within: number,
  ): Promise<FrameRow | undefined>
  /** Threads there are. */
  threads(slot: number): Promise<number>
  /** What was masked in a session. */
  marks(slot: number): Promise<readonly RecordedMark[]>
  /** The latest first. */
  sessions(filter: SessionFilter): Promise<readonly SessionRow[]>
  /** Forgets sessions. */
  forget(slots: readonly number[]): Promise<void>
  /** Segments in which a session that is known has a frame. */
  segments(): Promise<readonly number[]>
  /** Forgets everything. */
  clear(): Promise<void>
}

/** One exchange of a recording, as somebody reads it. */
export interface ReplayedExchange extends RecordedAbout {
  /** Place in the session, from 0. */
  readonly number: number
  readonly exchange: string
  /** RFC 3339, UTC. */
  readonly at: string
  /** Of the session's conversations, from 0. */
  readonly thread: number
  /** The exchange whose answer gave this thread's first message to a tool. */
  readonly startedBy?: string
  readonly outcome?: string
  readonly masked?: Readonly<Record<string, number>>
  /** Only where they differ from those of the thread's exchange before. */
  readonly system?: unknown
  readonly tools?: unknown
  /** Those that the thread's exchange before did not have; an answer that only comes back is left out. */
  readonly messages: readonly unknown[]
  readonly answer: ReplayedAnswer | null
}

/** An answer, as somebody reads it. */
export interface ReplayedAnswer extends RecordedInfo {
  readonly at: string
  /** Why it is not whole, in words. */
  readonly brokenOff?: string
  /** Content blocks. */
  readonly content: readonly unknown[]
}

/** A session's recording, or a part of it. */
export interface ReplayedSession {
  readonly session: SessionRow
  readonly marks: readonly RecordedMark[]
  readonly exchanges: readonly ReplayedExchange[]
}

/** One exchange to the byte. */
export interface RecordedBytes {
  readonly request: Uint8Array
  /** Undefined where there is none, or none that policy let pass. */
  readonly answer: Uint8Array | undefined
}

/** What was recorded, for those who may read it. */
export interface Recordings {
  /** The latest first. */
  sessions(filter: SessionFilter): Promise<readonly SessionRow[]>
  /** @returns undefined where there is no such session, or none any more */
  replay(session: string, from: number, most: number): Promise<ReplayedSession | undefined>
  bytes(session: string, exchange: string): Promise<RecordedBytes | undefined>
}
