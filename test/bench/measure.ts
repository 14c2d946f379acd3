import type { DemoIssuer } from '../../src/demo/issuer.ts'
import type { Size, Variant } from './bodies.ts'
import {
  beside,
  CROWD,
  crowd,
  notes,
  peakMemory,
  single,
  streams,
  type Extent,
  type Notes,
  type Peer,
} from './cells.ts'
import type { FakeUpstream } from './fake-upstream.ts'
import { lastTurn, openStreams } from './long-lived.ts'
import { startBare, startPhigate, type Target } from './targets.ts'

export const SIZES: readonly Size[] = ['2 KB', '50 KB', '1 MB']
export const VARIANTS: readonly Variant[] = ['plain', 'phi']

/** Whether a cell is measured, by its name: `single 2 KB plain`, `crowd 1 MB phi`, `beside 50 KB`, `streams`, `last turn phi`, `memory`, `open streams`. */
export type Wanted = (cell: string) => boolean

/** The rounds of the cells. In each round the peers take turns, so that a busy machine is busy for all of them. */
export async function measure(
  extent: Extent,
  upstream: FakeUpstream,
  issuer: DemoIssuer,
  wanted: Wanted = () => true,
): Promise<Notes> {
  const found = notes()
  const token = async (): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await issuer.token('svc-triage')}`,
  })
  const bare = await startBare(upstream.url)
  const phigate = await startPhigate(upstream.url, issuer.issuer).catch(async (error: unknown) => {
    await bare.stop()
    throw error
  })
  try {
    for (let round = extent.warmUp ? -1 : 0; round < extent.rounds; round += 1) {
      const headers = await token()
      const direct: Peer = { name: 'direct', url: upstream.url, headers, target: undefined }
      const peers = [direct, peer('bare', bare, headers), peer('phigate', phigate, headers)]
      const into = round < 0 ? notes() : found
      await latencies(peers, extent, into, wanted)
      await costs(peers.slice(1), extent, into, wanted)
      await mixed(peers.slice(1), extent, into, wanted)
      if (wanted('streams')) await streamed(peers.slice(1), upstream, extent, into)
      await lastTurns(peers, extent, into, wanted)
    }
  } finally {
    await Promise.all([bare.stop(), phigate.stop()])
  }
  if (wanted('memory')) await memories(extent, upstream, issuer, await token(), found)
  if (wanted('open streams')) await held(extent, upstream, issuer, await token(), found)
  return found
}

function peer(name: 'bare' | 'phigate', target: Target, headers: Record<string, string>): Peer {
  return { name, target, headers, url: target.url }
}

/** Direct and bare do not look at the text: one variant says it all. */
function variantsOf(of: Peer, cell: string, wanted: Wanted): readonly Variant[] {
  const variants = VARIANTS.filter((variant) => wanted(`${cell} ${variant}`))
  return of.name === 'phigate' || variants.length === 0 ? variants : ['plain']
}

async function latencies(
  peers: readonly Peer[],
  extent: Extent,
  into: Notes,
  wanted: Wanted,
): Promise<void> {
  for (const size of SIZES) {
    let direct = 0
    for (const one of peers) {
      for (const variant of variantsOf(one, `single ${size}`, wanted)) {
        const p50 = await single(one, size, variant, extent)
        if (one.name === 'direct') direct = p50
        into.note(`p50 ${one.name} ${variant} ${size}`, p50)
        into.note(`added ${one.name} ${variant} ${size}`, p50 - direct)
      }
    }
  }
}

async function costs(
  peers: readonly Peer[],
  extent: Extent,
  into: Notes,
  wanted: Wanted,
): Promise<void> {
  for (const size of SIZES) {
    let bare = 0
    for (const one of peers) {
      for (const variant of variantsOf(one, `crowd ${size}`, wanted)) {
        const { cpuMs, perSecond } = await crowd(one, size, variant, extent)
        if (one.name === 'bare') bare = cpuMs
        into.note(`cpu ${one.name} ${variant} ${size}`, cpuMs)
        into.note(`times ${one.name} ${variant} ${size}`, cpuMs / bare)
        into.note(`rate ${one.name} ${variant} ${size}`, perSecond)
      }
    }
  }
}

async function mixed(
  peers: readonly Peer[],
  extent: Extent,
  into: Notes,
  wanted: Wanted,
): Promise<void> {
  for (const one of peers) {
    for (const size of ['2 KB', '50 KB'] as const) {
      if (!wanted(`beside ${size}`)) continue
      into.note(`beside ${one.name} ${size}`, await beside(one, size, extent))
    }
  }
}

async function streamed(
  peers: readonly Peer[],
  upstream: FakeUpstream,
  extent: Extent,
  into: Notes,
): Promise<void> {
  for (const one of peers) {
    const alone = await streams(one, upstream, 'unpaced', Math.ceil(extent.streams / 8), 1)
    into.note(`first ${one.name} unpaced`, alone.firstDeltaMs)
    const many = await streams(one, upstream, 'unpaced', extent.streams, CROWD)
    into.note(`stream cpu ${one.name}`, many.cpuMs)
    const paced = await streams(one, upstream, 'paced', extent.pacedStreams, extent.pacedStreams)
    into.note(`first ${one.name} paced`, paced.firstDeltaMs)
    into.note(`first p99 ${one.name} paced`, paced.firstDeltaP99)
    for (const pace of ['quick', 'quick-numbers'] as const) {
      const seen = await streams(one, upstream, pace, extent.quickStreams, 1)
      into.note(`first ${one.name} ${pace}`, seen.firstDeltaMs)
      into.note(`end ${one.name} ${pace}`, seen.endMs)
      into.note(`wrong ${one.name} ${pace}`, seen.wrong)
      upstream.streams.clear()
    }
    into.note(`lost ${one.name}`, alone.lost + many.lost + paced.lost)
    into.note(`altered ${one.name}`, alone.altered + many.altered + paced.altered)
    upstream.streams.clear()
  }
}

async function lastTurns(
  peers: readonly Peer[],
  extent: Extent,
  into: Notes,
  wanted: Wanted,
): Promise<void> {
  let direct = 0
  for (const one of peers) {
    for (const variant of variantsOf(one, 'last turn', wanted)) {
      const p50 = await lastTurn(one, variant, extent.conversations)
      if (one.name === 'direct') direct = p50
      into.note(`last turn ${one.name} ${variant}`, p50)
      into.note(`last turn added ${one.name} ${variant}`, p50 - direct)
    }
  }
}

/** Peaks are of a process' whole life, so each is taken of a fresh one. */
async function memories(
  extent: Extent,
  upstream: FakeUpstream,
  issuer: DemoIssuer,
  headers: Record<string, string>,
  into: Notes,
): Promise<void> {
  const starts = [
    ['bare', () => startBare(upstream.url)],
    ['bare', () => startBare(upstream.url, 'small'), ' small'],
    ['phigate', () => startPhigate(upstream.url, issuer.issuer)],
  ] as const
  for (let round = 0; round < Math.min(extent.rounds, 3); round += 1) {
    for (const [name, start, note = ''] of starts) {
      const target = await start()
      try {
        into.note(`peak ${name}${note}`, await peakMemory(peer(name, target, headers), extent))
      } finally {
        await target.stop()
      }
    }
    const times = (of: string): number => into.of('peak phigate') / into.of(of)
    into.note('peak times', times('peak bare'))
    into.note('peak times small', times('peak bare small'))
  }
}

/** Of fresh processes as well: what others needed would be used again. */
async function held(
  extent: Extent,
  upstream: FakeUpstream,
  issuer: DemoIssuer,
  headers: Record<string, string>,
  into: Notes,
): Promise<void> {
  for (let round = 0; round < Math.min(extent.rounds, 3); round += 1) {
    for (const name of ['bare', 'phigate'] as const) {
      const target =
        name === 'bare'
          ? await startBare(upstream.url, 'small')
          : await startPhigate(upstream.url, issuer.issuer)
      try {
        const of = peer(name, target, headers)
        into.note(`open streams ${name}`, await openStreams(of, upstream, extent.openStreams))
      } finally {
        await target.stop()
      }
    }
  }
}
