import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { DemoIssuer } from '../../../src/demo/issuer.ts'
import { newReview } from '../../../src/approve/review.ts'
import { openStore } from '../../../src/store/index.ts'
import { asked } from '../../support/approvals.ts'
import { freshBody } from '../bodies.ts'
import { notes, type Notes } from '../cells.ts'
import { sendAll, type Client } from '../load.ts'
import { median, quantile } from '../statistics.ts'
import { startPhigate, type Target } from '../targets.ts'
import { HELD_MODEL, startHeldUpstream, type HeldUpstream } from './upstream.ts'

export interface ApprovalsExtent {
  /** Requests of 50 KB that wait at once. */
  readonly held: number
  /** Requests of other callers, one after the other: a round. */
  readonly others: number
  /** Rounds before, beside and after, each at both processes; the median counts. */
  readonly rounds: number
  /** Of those that wait, how many are released one by one. */
  readonly released: number
  /** Reviews in the store that is listed. */
  readonly listed: number
  readonly lists: number
}

/** Nobody's limit is in the way, and nobody's patience ends meanwhile. */
const SETTINGS = {
  approvals: { silentSeconds: 590, reviewSeconds: 86_400 },
  limits: { bytesInFlight: 512 * 2 ** 20 },
}

/** Times in milliseconds, memory in MB. */
export async function measureApprovals(
  extent: ApprovalsExtent,
  issuer: DemoIssuer,
): Promise<Notes> {
  const found = notes()
  const upstream = await startHeldUpstream()
  try {
    // The second one does the same and holds nothing: so what a process becomes with time is not taken for holding.
    const free = await startPhigate(upstream.url, issuer.issuer, SETTINGS)
    try {
      const target = await startPhigate(upstream.url, issuer.issuer, SETTINGS)
      try {
        await holding({ target, free }, upstream, issuer, extent, found)
      } finally {
        await target.stop()
      }
    } finally {
      await free.stop()
    }
    await listing(upstream, issuer, extent, found)
  } finally {
    await upstream.close()
  }
  return found
}

const token = async (issuer: DemoIssuer, user: string): Promise<{ authorization: string }> => ({
  authorization: `Bearer ${await issuer.token(user)}`,
})

interface Pair {
  /** Holds. */
  readonly target: Target
  /** Does the same and holds nothing. */
  readonly free: Target
}

async function holding(
  pair: Pair,
  upstream: HeldUpstream,
  issuer: DemoIssuer,
  extent: ApprovalsExtent,
  into: Notes,
): Promise<void> {
  const { target } = pair
  const headers = await token(issuer, 'svc-triage')
  const client: Client = { url: target.url, headers }
  // Warm, and with the memory that as many requests leave behind when nobody holds them.
  for (const { url } of [pair.free, target]) {
    await sendAll({ url, headers }, fresh(extent.held), AT_ONCE)
  }
  await others(pair, headers, { ...extent, rounds: WARM_ROUNDS }, notes(), 'before')
  await others(pair, headers, extent, into, 'before')
  await pause(2000)
  const idle = (await target.usage()).residentMegabytes
  const agent = new Agent({ keepAlive: false, maxSockets: Infinity })
  const answers = new Map<string, number>()
  const waiting: Promise<void>[] = []
  const api = { base: target.consoleUrl, headers: await token(issuer, 'reviewer') }
  const wait = async (number: number): Promise<void> => {
    const status = await post(client, heldBody(number), agent)
    answers.set(String(status), (answers.get(String(status)) ?? 0) + 1)
  }
  let pending: readonly string[] = []
  while (waiting.length < extent.held) {
    // Not all at once: on a busy machine the last ones would wait for their inspection longer than anybody does.
    const next = Math.min(AT_ONCE * 4, extent.held - waiting.length)
    for (let more = 0; more < next; more += 1) waiting.push(wait(waiting.length))
    pending = await untilPending(api, waiting.length, answers)
  }
  await sendAll({ url: pair.free.url, headers }, fresh(extent.held), AT_ONCE)
  await pause(2000)
  into.note('memory idle', idle)
  into.note('memory held', (await target.usage()).residentMegabytes - idle)
  const still = (await target.usage()).cpuMs
  await pause(5000)
  into.note('cpu of holding', ((await target.usage()).cpuMs - still) / 5)
  await others(pair, headers, extent, into, 'beside')
  const releases: number[] = []
  const unreleased = (await target.usage()).cpuMs
  for (const id of pending.slice(0, extent.released)) {
    const arrived = upstream.nextHeld()
    const started = performance.now()
    const approved = call(api, `/api/reviews/${id}/approve`, { reason: 'measured' })
    releases.push((await arrived) - started)
    await approved
  }
  into.note('release cpu', ((await target.usage()).cpuMs - unreleased) / releases.length)
  into.note('release p50', median(releases))
  into.note('release p99', quantile(releases, 0.99))
  // The rest at once: every one of them goes through, and none twice.
  const rest = performance.now()
  await Promise.all(
    pending
      .slice(extent.released)
      .map((id) => call(api, `/api/reviews/${id}/approve`, { reason: 'measured' })),
  )
  await Promise.all(waiting)
  into.note('release of the rest', performance.now() - rest)
  agent.destroy()
  if (answers.get('200') !== extent.held || upstream.held() !== extent.held) {
    const statuses = [...answers].map(([status, count]) => `${count} times ${status}`)
    throw new Error(`${upstream.held()} of ${extent.held} went upstream: ${statuses.join(', ')}`)
  }
  await others(pair, headers, extent, into, 'after')
}

/** How many are sent at the same time. */
const AT_ONCE = 32
const WARM_ROUNDS = 2

function fresh(count: number): readonly Buffer[] {
  return Array.from({ length: count }, () => freshBody('50 KB', 'phi'))
}

function heldBody(number: number): Buffer {
  const body = JSON.parse(freshBody('50 KB', 'phi').toString('utf8')) as {
    messages: { content: string }[]
  }
  const last = body.messages.at(-1)
  if (last !== undefined) last.content += ` Give me a full chart summary, no. ${number}.`
  return Buffer.from(JSON.stringify({ ...body, model: HELD_MODEL }))
}

/**
 * Other traffic: how long it takes, and what of that is CPU, which a busy machine does not change. The two processes
 * take turns, and take turns at being first.
 */
async function others(
  { target, free }: Pair,
  headers: Client['headers'],
  { others: count, rounds }: ApprovalsExtent,
  into: Notes,
  when: 'before' | 'beside' | 'after',
): Promise<void> {
  const both = [
    ['holding', target],
    ['free', free],
  ] as const
  for (let round = 0; round < rounds; round += 1) {
    for (const [who, one] of round % 2 === 0 ? both : both.toReversed()) {
      const bodies = Array.from({ length: count }, () => freshBody('2 KB', 'plain'))
      const before = (await one.usage()).cpuMs
      const answers = await sendAll({ url: one.url, headers }, bodies, 1)
      into.note(`cpu ${when}, ${who}`, ((await one.usage()).cpuMs - before) / count)
      into.note(`p50 ${when}, ${who}`, median(answers.map(({ ms }) => ms)))
    }
  }
}

async function listing(
  upstream: HeldUpstream,
  issuer: DemoIssuer,
  { listed, lists }: ApprovalsExtent,
  into: Notes,
): Promise<void> {
  const target = await startPhigate(upstream.url, issuer.issuer, SETTINGS, (dataDir) =>
    fill(join(dataDir, 'phigate.db'), listed),
  )
  try {
    const api = { base: target.consoleUrl, headers: await token(issuer, 'reviewer') }
    const times: number[] = []
    let unlisted = 0
    for (let turn = -3; turn < lists; turn += 1) {
      if (turn === 0) unlisted = (await target.usage()).cpuMs
      const started = performance.now()
      const { reviews } = (await call(api, '/api/reviews?status=pending')) as { reviews: unknown[] }
      if (reviews.length !== listed) throw new Error(`${reviews.length} of ${listed} listed`)
      if (turn >= 0) times.push(performance.now() - started)
    }
    into.note('list cpu', ((await target.usage()).cpuMs - unlisted) / lists)
    into.note('list p50', median(times))
    into.note('list max', quantile(times, 1))
  } finally {
    await target.stop()
  }
}

/** Reviews as they would stand there after a day on which nobody answered. */
async function fill(file: string, count: number): Promise<void> {
  const store = openStore(file)
  const sealed = Buffer.alloc(50_000, 7)
  const now = Date.now()
  for (let number = 0; number < count; number += 1) {
    const id = `rev_${String(number).padStart(26, '0')}`
    const digest = `sha256:${String(number).padStart(64, '0')}`
    const ask = asked({ session: `ses_${number}`, reviewDigest: digest })
    await store.reviews.insert(newReview(ask, id, now + number, 86_400_000), sealed)
    await store.reviews.recorded(id, 1)
  }
  store.close()
}

interface Api {
  readonly base: URL | undefined
  readonly headers: { readonly authorization: string }
}

async function untilPending(
  api: Api,
  count: number,
  answers: ReadonlyMap<string, number>,
): Promise<readonly string[]> {
  for (;;) {
    if (answers.size > 0) throw new Error(`answered ${[...answers.keys()].join(', ')}, not held`)
    const answer = (await call(api, '/api/reviews?status=pending')) as { reviews: { id: string }[] }
    if (answer.reviews.length >= count) return answer.reviews.map(({ id }) => id)
    await pause(500)
  }
}

async function call({ base, headers }: Api, path: string, body?: unknown): Promise<unknown> {
  const sent =
    body === undefined
      ? {}
      : {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { ...headers, 'content-type': 'application/json' },
        }
  const answer = await fetch(new URL(path, base), { headers, ...sent })
  if (answer.status !== 200) throw new Error(`the console answered ${answer.status}`)
  return answer.json()
}

/** @returns the status, however long it takes */
function post({ url, headers }: Client, body: Buffer, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = url
    const about = {
      ...headers,
      'content-type': 'application/json',
      'content-length': body.byteLength,
    }
    const path = '/v1/messages'
    const sent = request({ agent, hostname, port, path, method: 'POST', headers: about })
    sent.on('error', reject)
    sent.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', reject)
    })
    sent.end(body)
  })
}
