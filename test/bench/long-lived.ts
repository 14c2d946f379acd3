import { LONG_TURNS, longConversation, openStreamBody, type Variant } from './bodies.ts'
import { check, type Peer } from './cells.ts'
import { SHOWN_PING, type FakeUpstream } from './fake-upstream.ts'
import { newAgent, send } from './load.ts'
import { median } from './statistics.ts'

const GROWN_AT_ONCE = 4
let sessions = 0

/** The last turn of long conversations that have grown turn by turn: one at a time, its median in milliseconds. */
export async function lastTurn(peer: Peer, variant: Variant, count: number): Promise<number> {
  const agent = newAgent()
  const ask = async (session: string, body: Buffer): Promise<number> => {
    const headers = { ...peer.headers, 'x-phigate-session': session }
    const answer = await send({ ...peer, headers }, body, agent)
    check(peer, variant, [answer])
    return answer.ms
  }
  const started = Array.from({ length: count }, () => ({
    session: `long ${++sessions}`,
    conversation: longConversation(variant),
  }))
  // The others keep nothing of it: they are made warm.
  const first = peer.name === 'phigate' ? 1 : LONG_TURNS - 1
  const waiting = started.values()
  const grow = async (): Promise<void> => {
    for (const { session, conversation } of waiting) {
      for (let turn = first; turn < LONG_TURNS; turn += 1)
        await ask(session, conversation.body(turn))
    }
  }
  const times: number[] = []
  try {
    await Promise.all(Array.from({ length: GROWN_AT_ONCE }, grow))
    for (const { session, conversation } of started) {
      times.push(await ask(session, conversation.body(LONG_TURNS)))
    }
  } finally {
    agent.destroy()
  }
  return median(times)
}

/** Streams that come before, so that the process has what it needs for any. */
const WARM_UP = 100

/** Kilobytes of memory for each stream that has shown what it has so far and stays open. */
export async function openStreams(
  peer: Peer,
  upstream: FakeUpstream,
  count: number,
): Promise<number> {
  const resident = async (): Promise<number> =>
    (await peer.target?.tidyUsage())?.residentMegabytes ?? Number.NaN
  await whileOpen(peer, upstream, Math.min(count, WARM_UP), async () => {})
  const before = await resident()
  const open = await whileOpen(peer, upstream, count, resident)
  return ((open - before) * 1024) / count
}

/** A few at a time: what is used while a stream is opened is not of the one that is open. */
const OPENED_AT_ONCE = 8

async function whileOpen<T>(
  peer: Peer,
  upstream: FakeUpstream,
  count: number,
  look: () => Promise<T>,
): Promise<T> {
  const agent = newAgent()
  const ended: Promise<unknown>[] = []
  const open = async (): Promise<void> => {
    while (ended.length < count) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const onText = (text: string): void => {
        if (text.endsWith(SHOWN_PING)) resolve()
      }
      const answer = send(peer, openStreamBody(), agent, onText)
      answer.catch(reject)
      ended.push(answer)
      await promise
    }
  }
  try {
    await Promise.all(Array.from({ length: OPENED_AT_ONCE }, open))
    return await look()
  } finally {
    upstream.endOpen()
    await Promise.allSettled(ended)
    agent.destroy()
  }
}
