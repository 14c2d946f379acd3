import { freshBody, streamBody, type Pace, type Size, type Variant } from './bodies.ts'
import { DELTAS, type FakeUpstream } from './fake-upstream.ts'
import { newAgent, send, sendAll, type Client } from './load.ts'
import { median, quantile } from './statistics.ts'
import type { Target } from './targets.ts'

/** How much is asked in one round. */
export interface Extent {
  readonly rounds: number
  /** Whether there is a round before the first, whose numbers are not kept. */
  readonly warmUp: boolean
  readonly single: Readonly<Record<Size, number>>
  readonly crowd: Readonly<Record<Size, number>>
  readonly beside: Readonly<Record<'2 KB' | '50 KB', number>>
  readonly streams: number
  readonly pacedStreams: number
  readonly quickStreams: number
  readonly paceMs: number
  readonly largeAtOnce: number
  readonly conversations: number
  readonly openStreams: number
}

/** Names of what is measured, each with its values, one a round. */
export interface Notes {
  note(name: string, value: number): void
  /** The median over the rounds. */
  of(name: string): number
  names(): readonly string[]
}

export function notes(): Notes {
  const values = new Map<string, number[]>()
  return {
    note(name, value) {
      values.set(name, [...(values.get(name) ?? []), value])
    },
    of: (name) => median(values.get(name) ?? []),
    names: () => [...values.keys()],
  }
}

/** Who is asked: direct, or through a target whose process tells what it used. */
export interface Peer extends Client {
  readonly name: 'direct' | 'bare' | 'phigate'
  readonly target: Target | undefined
}

export const CROWD = 32
const LARGE_BESIDE = 4

/** One request at a time: what a single caller waits. */
export async function single(
  peer: Peer,
  size: Size,
  variant: Variant,
  to: Extent,
): Promise<number> {
  const answers = await asked(peer, size, variant, to.single[size], 1)
  return median(answers.map(({ ms }) => ms))
}

/** As many as the target can answer: what a request costs, and how many there are. */
export async function crowd(
  peer: Peer,
  size: Size,
  variant: Variant,
  to: Extent,
): Promise<{ cpuMs: number; perSecond: number }> {
  const count = to.crowd[size]
  const bodies = Array.from({ length: count }, () => freshBody(size, variant))
  const before = await cpuOf(peer)
  const started = performance.now()
  check(peer, variant, await sendAll(peer, bodies, Math.min(CROWD, count)))
  const seconds = (performance.now() - started) / 1000
  return { cpuMs: ((await cpuOf(peer)) - before) / count, perSecond: count / seconds }
}

/** A small request while others keep the target busy with 1 MB. */
export async function beside(peer: Peer, size: '2 KB' | '50 KB', to: Extent): Promise<number> {
  const large = Array.from({ length: 8 }, () => freshBody('1 MB', 'plain'))
  const agent = newAgent()
  const done = new AbortController()
  let fresh = 0
  const keepBusy = async (): Promise<void> => {
    for (let turn = 0; !done.signal.aborted; turn += 1) {
      const body = Buffer.from(large[turn % large.length] ?? '')
      // Other bytes at the beginning of the first text: everything after it is new to the session as well.
      body.write(String(++fresh).padStart(6, 'x'), body.indexOf('"content":"') + 11)
      await send(peer, body, agent)
    }
  }
  const load = Promise.all(Array.from({ length: LARGE_BESIDE }, keepBusy))
  try {
    const answers = await asked(peer, size, 'plain', to.beside[size], 1)
    return median(answers.map(({ ms }) => ms))
  } finally {
    done.abort()
    await load
    agent.destroy()
  }
}

export interface StreamsSeen {
  /** Events that were sent and did not come, in all streams. */
  readonly lost: number
  /** Streams whose text is not the one that was sent. */
  readonly altered: number
  /** Streams whose text, put together, is not the one that was sent. */
  readonly wrong: number
  /** How much later the last event came than it was sent. */
  readonly endMs: number
  readonly firstDeltaMs: number
  readonly firstDeltaP99: number
  readonly cpuMs: number
}

/** Streams of 50 deltas: nothing may be missing. */
export async function streams(
  peer: Peer,
  upstream: FakeUpstream,
  pace: Pace,
  count: number,
  atOnce: number,
): Promise<StreamsSeen> {
  const bodies = Array.from({ length: count }, () => streamBody(pace))
  const before = await cpuOf(peer)
  const answers = await sendAll(peer, bodies, atOnce)
  const cpuMs = ((await cpuOf(peer)) - before) / count
  const seen = answers.map(({ text, firstDeltaAt, endedAt }) => {
    const number = Number(/"id":"msg_bench_(\d+)"/.exec(text)?.[1])
    const sent = upstream.streams.get(number)
    const events = (of: string): number => of.split('\n\n').length - 1
    return {
      lost: events(sent?.text ?? '') - events(text),
      altered: sent?.text !== text,
      wrong: textOf(sent?.text ?? '') !== textOf(text),
      endMs: endedAt - (sent?.lastEventAt ?? 0),
      lateMs: (firstDeltaAt ?? Number.NaN) - (sent?.firstDeltaAt ?? 0),
    }
  })
  const late = seen.map(({ lateMs }) => lateMs)
  return {
    lost: seen.reduce((sum, { lost }) => sum + lost, 0) + (count - answers.length) * DELTAS,
    altered: seen.filter(({ altered }) => altered).length,
    wrong: seen.filter(({ wrong }) => wrong).length,
    endMs: median(seen.map(({ endMs }) => endMs)),
    firstDeltaMs: median(late),
    firstDeltaP99: quantile(late, 0.99),
    cpuMs,
  }
}

function textOf(events: string): string {
  return [...events.matchAll(/"text_delta","text":"([^"\\]*)"/g)].map(([, text]) => text).join('')
}

/** The most memory that the target ever held, after it had some 1 MB bodies at once. */
export async function peakMemory(peer: Peer, to: Extent): Promise<number> {
  for (let wave = 0; wave < 3; wave += 1) {
    await asked(peer, '1 MB', 'plain', to.largeAtOnce, to.largeAtOnce)
  }
  return (await peer.target?.usage())?.peakMegabytes ?? Number.NaN
}

async function asked(
  peer: Peer,
  size: Size,
  variant: Variant,
  count: number,
  atOnce: number,
): ReturnType<typeof sendAll> {
  const bodies = Array.from({ length: count }, () => freshBody(size, variant))
  const answers = await sendAll(peer, bodies, atOnce)
  check(peer, variant, answers)
  return answers
}

/** A cell in which phigate did something else than its name says is worth nothing. */
export function check(
  peer: Peer,
  variant: Variant,
  answers: Awaited<ReturnType<typeof sendAll>>,
): void {
  const decision = variant === 'phi' ? 'mask' : 'allow'
  const other = answers.filter((answer) => answer.decision !== decision)
  if (peer.name === 'phigate' && other.length > 0) {
    const instead = other[0]?.decision || 'none'
    throw new Error(`${other.length} requests without the decision ${decision}: ${instead}`)
  }
}

async function cpuOf(peer: Peer): Promise<number> {
  return (await peer.target?.usage())?.cpuMs ?? Number.NaN
}
