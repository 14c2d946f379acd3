import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  openArchive,
  openDestroyer,
  openRecordingStore,
  type OpenRecordings,
} from '../../../src/recording/index.ts'
import { openRecordingIndex } from '../../../src/store/index.ts'
import { TEST_KEYS } from '../../support/recordings.ts'
import { notes, type Notes } from '../cells.ts'
import { quantile } from '../statistics.ts'
import { CODING_AGENT, conversation, type AgentShape, type Turn } from './conversation.ts'

export interface RecordingExtent {
  readonly rounds: number
  /** Turns of the agent whose size is measured. */
  readonly turns: number
  /** Sessions of one exchange, for what one costs. */
  readonly single: number
  /** Conversations of the long session, and turns in each. */
  readonly agents: number
  readonly agentTurns: number
}

/** 2 KB in one message: a caller that sends a text and is gone. */
const ONE_TEXT: AgentShape = { turns: 1, systemBytes: 1000, tools: 0, resultBytes: [100] }
/** Small turns, many of them. */
const WORKER: AgentShape = { turns: 0, systemBytes: 1000, tools: 2, resultBytes: [300, 500] }
const CROWD = 32
const START = Date.UTC(2026, 10, 22)

/** What recordings take, cost and how quickly they are read. Sizes in bytes, times in microseconds or milliseconds. */
export async function measureRecording(extent: RecordingExtent): Promise<Notes> {
  const found = notes()
  const sized = await size(extent)
  found.note('distinct', sized.distinct)
  found.note('stored', sized.stored)
  found.note('sent', sized.sent)
  for (let round = -1; round < extent.rounds; round += 1) {
    await costs(extent, round < 0 ? notes() : found)
  }
  await reading(extent, found)
  return found
}

interface Opened {
  readonly directory: string
  readonly index: ReturnType<typeof openRecordingIndex>
  readonly recordings: OpenRecordings
}

async function openIn(directory: string): Promise<Opened> {
  const index = openRecordingIndex(join(directory, 'index.db'))
  const recordings = await openRecordingStore({ directory, index, keys: () => TEST_KEYS })
  return { directory, index, recordings }
}

async function closed({ index, recordings }: Opened): Promise<void> {
  await recordings.close()
  index.close()
}

async function inFolder<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'phigate-bench-recording-'))
  try {
    return await work(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function put({ recordings }: Opened, { request, answer }: Turn): Promise<void> {
  await recordings.put(request)
  await recordings.put(answer)
}

/** The files of a long agent's session against its distinct text. */
function size({
  turns,
}: RecordingExtent): Promise<{ distinct: number; stored: number; sent: number }> {
  return inFolder(async (directory) => {
    const opened = await openIn(directory)
    let distinct = 0
    let sent = 0
    for (const turn of conversation({ ...CODING_AGENT, turns }, 'ses_agent', 1, START)) {
      distinct += turn.newBytes
      sent += turn.request.bytes.byteLength
      await put(opened, turn)
    }
    await closed(opened)
    const stored = readdirSync(directory)
      .filter((name) => name === 'keys' || name.endsWith('.bin'))
      .reduce((sum, name) => sum + statSync(join(directory, name)).size, 0)
    return { distinct, stored, sent }
  })
}

/** One exchange at a time, and many: time until it is on disk, and CPU. */
function costs({ single }: RecordingExtent, to: Notes): Promise<void> {
  return inFolder(async (directory) => {
    const opened = await openIn(directory)
    const turns = (from: number): Turn[] =>
      Array.from({ length: single }, (_, at) => [
        ...conversation(ONE_TEXT, `ses_${from + at}`, from + at, START),
      ]).flat()
    const times: number[] = []
    const alone = turns(0)
    const before = process.cpuUsage()
    for (const { request } of alone) {
      const started = performance.now()
      await opened.recordings.put(request)
      times.push((performance.now() - started) * 1000)
    }
    to.note('alone cpu', cpuSince(before) / single)
    to.note('alone p50', quantile(times, 0.5))
    to.note('alone p99', quantile(times, 0.99))
    for (const { answer } of alone) await opened.recordings.put(answer)
    const many = turns(single)
    const crowdBefore = process.cpuUsage()
    const started = performance.now()
    let next = 0
    const worker = async (): Promise<void> => {
      for (let at = next++; at < many.length; at = next++) {
        const turn = many[at]
        if (turn !== undefined) await put(opened, turn)
      }
    }
    await Promise.all(Array.from({ length: CROWD }, worker))
    to.note('crowd cpu', cpuSince(crowdBefore) / single)
    to.note('crowd per second', single / ((performance.now() - started) / 1000))
    await closed(opened)
  })
}

/** Microseconds of this process. */
function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** A session of many exchanges: opened at both ends, rebuilt, and destroyed. */
function reading({ agents, agentTurns, rounds }: RecordingExtent, to: Notes): Promise<void> {
  return inFolder(async (directory) => {
    let opened = await openIn(directory)
    let next: Turn | undefined
    for (let agent = 0; agent < agents; agent += 1) {
      const shape = { ...WORKER, turns: agentTurns + 1 }
      const turns = [...conversation(shape, 'ses_long', agent, START + agent * 1000)]
      next ??= turns.pop()
      for (const turn of turns.slice(0, agentTurns)) await put(opened, turn)
    }
    const count = agents * agentTurns
    for (let round = 0; round < rounds; round += 1) {
      const archive = openArchive(opened.recordings.files)
      for (const [name, from] of [
        ['first', 0],
        ['last', count - 50],
      ] as const) {
        const started = performance.now()
        const replayed = await archive.replay('ses_long', Math.max(0, from), 50)
        to.note(`open ${name}`, performance.now() - started)
        if (replayed?.session.exchanges !== count) throw new Error('the session is not whole')
      }
    }
    await closed(opened)
    opened = await openIn(directory)
    for (const [name, turn] of [
      ['resume', conversation({ ...WORKER, turns: 1 }, 'ses_long', agents, START).next().value],
      ['resume old', next],
    ] as const) {
      if (turn === undefined) throw new Error('a conversation without a turn')
      const resumed = performance.now()
      await opened.recordings.put(turn.request)
      to.note(name, performance.now() - resumed)
      await closed(opened)
      opened = await openIn(directory)
    }
    await opened.index.clear()
    await closed(opened)
    const started = performance.now()
    opened = await openIn(directory)
    to.note('rebuild', performance.now() - started)
    to.note('exchanges', count)
    const slot = await opened.recordings.files.keeper.slotOf('ses_long')
    const shredded = performance.now()
    await openDestroyer({
      directory,
      files: opened.recordings.files,
      forget: async () => {},
      record: async () => {},
    }).destroy({
      kind: 'shred',
      sessions: [{ session: 'ses_long', slots: [slot ?? 0] }],
      reason: 'bench',
      by: 'bench',
      at: '',
    })
    to.note('shred', performance.now() - shredded)
    await closed(opened)
  })
}
