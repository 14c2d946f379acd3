import {
  brokenOff,
  type FrameRow,
  type RecordedAbout,
  type RecordedInfo,
  type ReplayedAnswer,
  type ReplayedExchange,
} from '../domain/index.ts'
import type { SessionReader } from './session-reader.ts'

type Json = Readonly<Record<string, unknown>>

/** A part of a body that was cut out for itself. */
interface Part {
  readonly kind: string
  readonly value: unknown
  /** Equal for what means the same, whatever the cache is told. */
  readonly meaning: string
}

/** Exchanges as somebody reads them: each tells what is new in it. */
export interface Replay {
  /** Exchanges there are. */
  readonly count: number
  /** @param number place in the session, from 0 */
  exchange(number: number): Promise<ReplayedExchange>
}

export function replayOf(reader: SessionReader): Replay {
  const requests = reader.rows.filter(({ direction }) => direction === 'request')
  const answers = new Map(
    reader.rows.flatMap((row) =>
      row.direction === 'answer' ? [[row.exchange, row] as const] : [],
    ),
  )
  const before = previousOf(requests)
  const known = new Map<number, Part>()
  const part = async (number: number): Promise<Part> => {
    const found = known.get(number) ?? partOf(await reader.piece(number))
    if (known.size > MOST_PARTS) known.clear()
    known.set(number, found)
    return found
  }
  const partsIn = (numbers: readonly number[]): Promise<readonly Part[]> =>
    Promise.all(numbers.map(part))
  const answerOf = async (row: FrameRow | undefined): Promise<ReplayedAnswer | null> => {
    if (row === undefined) return null
    const parts = await partsIn(await reader.body(row.n))
    const blocks = parts.filter(({ kind }) => kind === 'b')
    const info = JSON.parse(row.info) as RecordedInfo
    const why = brokenOff(info, blocks.length > 0)
    const content = blocks.map(({ value }) => value)
    return { at: iso(row.at), ...info, ...(why === undefined ? {} : { brokenOff: why }), content }
  }
  const exchange = async (number: number): Promise<ReplayedExchange> => {
    const row = requests[number]
    if (row === undefined) throw new Error('a recording has no such exchange')
    const earlier = before.get(row)
    const { head } = await reader.frame(row.n)
    const about = JSON.parse((await reader.leaf(head.w)).toString('utf8')) as RecordedAbout
    const said = await answerOf(earlier === undefined ? undefined : answers.get(earlier.exchange))
    const { fresh, old } = await difference(row, earlier)
    const changed: Record<string, unknown> = {}
    for (const [kind, name] of [
      ['s', 'system'],
      ['t', 'tools'],
    ] as const) {
      const now = fresh.find((one) => one.kind === kind)
      const then = old.find((one) => one.kind === kind)
      if (now !== undefined && now.meaning !== then?.meaning) changed[name] = now.value
    }
    const messages = newMessages(fresh, old)
    const isEcho = messages[0] !== undefined && comesBack(messages[0].value, said)
    const starter = row.from === null ? undefined : reader.rows[row.from]?.exchange
    return {
      number,
      exchange: row.exchange,
      at: iso(row.at),
      thread: row.thread,
      ...(starter === undefined ? {} : { startedBy: starter }),
      ...about,
      ...(JSON.parse(row.info) as RecordedInfo),
      ...changed,
      messages: messages.slice(isEcho ? 1 : 0).map(({ value }) => value),
      answer: await answerOf(answers.get(row.exchange)),
    }
  }

  /** What two bodies have behind the pieces that both begin with: most of them is the same, and need not be read. */
  async function difference(
    row: FrameRow,
    earlier: FrameRow | undefined,
  ): Promise<{ readonly fresh: readonly Part[]; readonly old: readonly Part[] }> {
    const now = await reader.body(row.n)
    const then = earlier === undefined ? [] : await reader.body(earlier.n)
    let same = 0
    while (same < now.length && now[same] === then[same]) same += 1
    return { fresh: await partsIn(now.slice(same)), old: await partsIn(then.slice(same)) }
  }

  return { count: requests.length, exchange }
}

/** Messages behind those that mean the same. */
function newMessages(fresh: readonly Part[], old: readonly Part[]): readonly Part[] {
  const isMessage = ({ kind }: Part): boolean => kind === 'm'
  const [now, then] = [fresh.filter(isMessage), old.filter(isMessage)]
  let equal = 0
  while (equal < now.length && now[equal]?.meaning === then[equal]?.meaning) equal += 1
  return now.slice(equal)
}

const MOST_PARTS = 20_000

/** For each request the one before it in its thread. */
function previousOf(requests: readonly FrameRow[]): ReadonlyMap<FrameRow, FrameRow> {
  const last = new Map<number, FrameRow>()
  const before = new Map<FrameRow, FrameRow>()
  for (const row of requests) {
    const earlier = last.get(row.thread)
    if (earlier !== undefined) before.set(row, earlier)
    last.set(row.thread, row)
  }
  return before
}

function partOf({ kind, bytes }: { readonly kind: string; readonly bytes: Buffer }): Part {
  const text = bytes.toString('utf8')
  if (kind === '-' || kind === 'a') return { kind, value: text, meaning: text }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = text
  }
  return { kind, value, meaning: JSON.stringify(normalised(value)) }
}

/** A message in block form, without what only the cache is told. */
function normalised(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    if (key === 'cache_control') return undefined
    if (key === 'content' && typeof inner === 'string') return [{ type: 'text', text: inner }]
    return inner
  })
}

/** Whether a message is the answer that was given, sent again as the conversation goes on. */
function comesBack(message: unknown, answer: ReplayedAnswer | null): boolean {
  if (answer === null || !isObject(message) || message['role'] !== 'assistant') return false
  const content = message['content']
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content
  if (!Array.isArray(blocks)) return false
  const given = answer.content.map(saidBy)
  return JSON.stringify(blocks.map(saidBy)) === JSON.stringify(given)
}

function saidBy(block: unknown): unknown {
  if (!isObject(block)) return block
  const { type, text, id, thinking } = block
  return [type, text ?? thinking ?? id ?? null]
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
