import { createSecretKey, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import {
  GatewayError,
  type FrameRow,
  type Recorded,
  type RecordingIndex,
  type RecordingStore,
} from '../domain/index.ts'
import {
  groupCommit,
  unavailable,
  type DurableFile,
  type Encoded,
  type FileIo,
} from '../durable/index.ts'
import { sealFrame } from './frame.ts'
import { indexKeeper, rowOf, type IndexKeeper } from './index-keeper.ts'
import {
  openKeySlots,
  SLOT_BYTES,
  wrapSlot,
  type KeySlots,
  type RecordingKeys,
  type SessionKey,
} from './key-slots.ts'
import { packed } from './packing.ts'
import { randomView } from './random.ts'
import { openSegments, type Segments } from './segments.ts'
import { resume, type Resuming } from './resume.ts'
import { SessionState } from './session-state.ts'

/** Where recordings stand and how they are found again. */
export interface RecordingStoreOptions {
  /** Holds `keys` and the segments. One process writes there: the one that holds the audit log's folder. */
  readonly directory: string
  readonly index: RecordingIndex
  /** Asked each time: a keyring that is reloaded has others. */
  readonly keys: () => RecordingKeys
  /** Size from which on a segment takes no more; 64 MB. */
  readonly segmentBytes?: number
  /** How long a frame may wait for the disk; 10 s. */
  readonly timeoutMs?: number
  /** How long after a failure writing is tried again, if nothing comes; 5 s. */
  readonly probeMs?: number
  /** Told when nothing can be written any more, and when it can again. */
  readonly onHealth?: (state: 'working' | 'failing', problem: string) => void
  /** How many texts and pieces of sessions are known at a time, some 100 bytes each; 200,000. */
  readonly mostKnown?: number
  /** For tests: a disk that fails. */
  readonly io?: FileIo
}

/** The files, for whoever reads or removes what was recorded. */
export interface RecordingFiles {
  readonly segments: Segments
  readonly slots: KeySlots
  readonly keeper: IndexKeeper
  /** Forgets what is known of sessions, whose keys were destroyed. */
  forget(slots: readonly number[]): void
}

export interface OpenRecordings extends RecordingStore {
  readonly files: RecordingFiles
  /** Sessions under a key that is no longer there begin anew, each in a recording of its own. */
  keysChanged(): void
}

const NAME = 'the recording store'

/** A session that is written to. */
interface Live {
  readonly key: SessionKey
  readonly state: SessionState
  /** Of one that was recorded before. */
  readonly lookUp?: Resuming['lookUp']
}

/** What became of what was handed to the writer: `again` when its session is not in memory any more. */
type Outcome = 'written' | 'again'

/**
 * Opens the recordings of a folder: frames in append-only segments, each encrypted under its session's key, and an
 * index of them that first catches up with what a crash left behind.
 * @throws Error when a frame of the part not yet indexed does not check
 */
export async function openRecordingStore(options: RecordingStoreOptions): Promise<OpenRecordings> {
  const { directory, keys, io } = options
  const segments = await openSegments(directory, options.segmentBytes ?? 64 << 20, io)
  const slots = await openKeySlots(join(directory, 'keys'), keys, io)
  const keeper = indexKeeper(segments, slots, options.index)
  const shutFiles = (): void => {
    segments.file.close()
    segments.close()
    slots.close()
  }
  try {
    await keeper.catchUp()
  } catch (error) {
    shutFiles()
    throw error
  }
  const files = { segments, slots, keeper }
  const sessions = openSessions(files, keys, options.mostKnown ?? MOST_KNOWN)
  const commit = groupCommit<Recorded, Outcome>({
    file: sessions.file,
    name: NAME,
    encode: (batch) => sessions.encode(batch),
    timeoutMs: options.timeoutMs ?? 10_000,
    probeMs: options.probeMs ?? 5_000,
    onHealth: options.onHealth,
  })
  const shut = async (): Promise<void> => {
    await commit.close()
    await keeper.flush()
    slots.close()
    segments.close()
  }
  const put = async (recorded: Recorded): Promise<void> => {
    for (let tries = 0; tries < 5; tries += 1) {
      await sessions.load(recorded)
      const ticket = commit.ticket(recorded)
      commit.submit(ticket)
      if ((await ticket.receipt) === 'written') return
    }
    throw new Error('a session does not stay in memory')
  }
  let closing: Promise<void> | undefined
  return {
    files: { ...files, forget: (gone) => sessions.forget(gone) },
    put: async (recorded) => {
      try {
        await put(recorded)
      } catch (error) {
        throw error instanceof GatewayError ? error : unavailable(NAME, error)
      }
    },
    keysChanged: () => sessions.keysChanged(),
    healthy: () => commit.healthy(),
    close: () => (closing ??= shut()),
  }
}

interface Sessions {
  /** Writes the keys of new sessions and the frames; neither counts without the other. */
  readonly file: DurableFile
  encode(batch: readonly Recorded[]): Encoded<Outcome>
  /** Sees to it that what the session holds is in memory, as far as it is needed. */
  load(recorded: Recorded): Promise<void>
  forget(slots: readonly number[]): void
  /** Forgets sessions whose keys cannot be read any more. */
  keysChanged(): void
}

const MOST_KNOWN = 200_000

function openSessions(
  { segments, slots, keeper }: Omit<RecordingFiles, 'forget'>,
  keys: () => RecordingKeys,
  mostKnown: number,
): Sessions {
  /** The one used last stands last. */
  const live = new Map<string, Live>()
  /** New ones, whose keys are not on disk yet. */
  const begun = new Map<string, SessionState>()
  const loading = new Map<string, Promise<void>>()
  let newKeys: Buffer[] = []
  /** Sessions with a frame on its way to the disk. */
  let touched = new Set<string>()

  const use = (session: string, found: Live): Live => {
    live.delete(session)
    live.set(session, found)
    return found
  }
  /** Of all that is live. */
  let weight = 0
  const drop = (session: string): void => {
    weight -= live.get(session)?.state.weight() ?? 0
    live.delete(session)
  }
  /** The sessions used last stay. */
  const makeRoom = (): void => {
    for (const session of live.keys()) {
      if (weight <= mostKnown || live.size === 1) return
      // The index does not know of what is on its way.
      if (!touched.has(session)) drop(session)
    }
  }
  const begin = (session: string, state: SessionState): Live => {
    const slot = slots.file.length() / SLOT_BYTES + newKeys.length
    const secret = randomBytes(32)
    newKeys.push(wrapSlot(keys()[0], session, secret))
    const key = createSecretKey(secret)
    secret.fill(0)
    begun.delete(session)
    return { key: { slot, session, key }, state }
  }
  const read = async (session: string): Promise<void> => {
    const slot = await keeper.slotOf(session)
    const key = slot === undefined ? undefined : slots.readIfKnown(slot)
    if (key === undefined) begun.set(session, new SessionState())
    else {
      const resumed = await resume(key, await keeper.upToDate(), segments)
      // Shredded meanwhile: what came after that belongs under a key of its own.
      if (slots.isLive(key.slot)) live.set(session, { key, ...resumed })
      else begun.set(session, new SessionState())
    }
    makeRoom()
  }
  const takeUp = async (
    session: string,
    { state, lookUp }: Live,
    thread: string,
  ): Promise<void> => {
    const found = await lookUp?.(thread)
    if (found === undefined || live.get(session)?.state !== state) return
    const before = state.weight()
    state.takeUp(found)
    weight += state.weight() - before
    makeRoom()
  }
  const isLoaded = (recorded: Recorded): boolean => {
    const { session } = recorded
    const found = live.get(session)
    return begun.has(session) || (found !== undefined && found.state.lacks(recorded) === undefined)
  }
  const ready = async (recorded: Recorded): Promise<void> => {
    const { session } = recorded
    if (!live.has(session) && !begun.has(session)) await read(session)
    const found = live.get(session)
    const thread = found?.state.lacks(recorded)
    if (found !== undefined && thread !== undefined) await takeUp(session, found, thread)
  }
  const frameOf = (
    recorded: Recorded,
    offset: number,
    ofBatch: Map<number, string>,
  ): Made | undefined => {
    const { session } = recorded
    const fresh = begun.get(session)
    const found = live.get(session) ?? (fresh === undefined ? undefined : begin(session, fresh))
    if (found === undefined || found.state.lacks(recorded) !== undefined) return undefined
    const { key, state } = use(session, found)
    touched.add(session)
    const before = state.weight()
    const { head, parts } = state.next(recorded)
    weight += state.weight() - before
    const bytes = sealFrame(key.key, key.slot, randomView(12), packed(parts))
    ofBatch.set(key.slot, session)
    const place = { slot: key.slot, segment: segments.end().segment, offset, length: bytes.length }
    return { bytes, row: rowOf(key, place, { head, leaves: parts.slice(1) }) }
  }
  const failed = (): void => {
    // What the states count as written is not there: they are read anew when they are needed.
    for (const session of touched) drop(session)
    touched = new Set()
    newKeys = []
  }
  return {
    file: {
      ...segments.file,
      async write(bytes) {
        try {
          const fresh = newKeys.length === 0 ? undefined : Buffer.concat(newKeys)
          // The disk is waited for once: a frame whose key a crash lost is passed over by the next start.
          await segments.file.write(bytes, fresh && (() => slots.file.write(fresh)))
        } catch (error) {
          failed()
          throw error
        }
      },
    },
    encode(batch) {
      const ofBatch = new Map<number, string>()
      const from = segments.end()
      const made: (Made | undefined)[] = []
      let { offset } = from
      try {
        for (const recorded of batch) {
          const frame = frameOf(recorded, offset, ofBatch)
          made.push(frame)
          offset += frame?.bytes.length ?? 0
        }
      } catch (error) {
        failed()
        throw error
      }
      const written = made.filter((frame) => frame !== undefined)
      return {
        bytes: Buffer.concat(written.map(({ bytes }) => bytes)),
        results: made.map((frame) => (frame === undefined ? 'again' : 'written')),
        commit: async () => {
          newKeys = []
          const rows = written.map(({ row }) => row)
          await segments.rotate()
          keeper.add({ rows, sessions: ofBatch, from, to: segments.end() })
          touched = new Set()
        },
      }
    },
    async load(recorded) {
      const { session } = recorded
      if (isLoaded(recorded)) return
      // One after the other: each may find what the one before has read.
      const before = loading.get(session)?.catch(() => {}) ?? Promise.resolve()
      const reading = before.then(() => ready(recorded))
      loading.set(session, reading)
      try {
        await reading
      } finally {
        if (loading.get(session) === reading) loading.delete(session)
      }
    },
    keysChanged() {
      for (const [session, { key }] of live) {
        // One that is on its way to the disk has no slot yet, and is under a key of before.
        const isThere = key.slot < slots.count()
        if (isThere && slots.readIfKnown(key.slot) === undefined) drop(session)
      }
    },
    forget(gone) {
      for (const [session, { key }] of live) if (gone.includes(key.slot)) drop(session)
    },
  }
}

interface Made {
  readonly bytes: Buffer
  readonly row: FrameRow
}
