import type { EntityType } from '../../src/schema/index.ts'
import type { Sample } from './corpus.ts'

/** What a tool takes out of a text; offsets in UTF-16 code units. */
export interface Taken {
  readonly start: number
  readonly end: number
}

export type Tool = (text: string) => readonly Taken[]

export interface Score {
  readonly samples: number
  readonly entities: number
  /** Entities of which every letter and digit is taken. */
  readonly whole: number
  /** Letters and digits outside of entities, and how many of them are taken. */
  readonly harmless: number
  readonly overMasked: number
  /** Letters and digits that are taken. */
  readonly taken: number
  /** Samples without an entity, and those of them in which something is taken. */
  readonly clean: number
  readonly touched: number
  readonly characters: number
  readonly milliseconds: number
  readonly byType: ReadonlyMap<EntityType, { readonly entities: number; readonly whole: number }>
}

const TELLS = /[\p{L}\p{N}]/u

export function scoreOf(samples: readonly Sample[], tool: Tool): Score {
  const total = {
    entities: 0,
    whole: 0,
    harmless: 0,
    overMasked: 0,
    taken: 0,
    clean: 0,
    touched: 0,
  }
  const byType = new Map<EntityType, { entities: number; whole: number }>()
  let characters = 0
  // Time of this thread alone: other work on the machine does not count.
  const before = process.threadCpuUsage()
  const taken = samples.map(({ text }) => tool(text))
  const { user, system } = process.threadCpuUsage(before)
  for (const [index, { text, labels }] of samples.entries()) {
    const spans = taken[index] ?? []
    characters += text.length
    const covered = marksOf(text, spans)
    const gold = marksOf(text, labels)
    for (const { start: from, end, type } of labels) {
      const whole = isWhole(text, covered, from, end) ? 1 : 0
      total.entities += 1
      total.whole += whole
      if (type === undefined) continue
      const one = byType.get(type) ?? { entities: 0, whole: 0 }
      byType.set(type, { entities: one.entities + 1, whole: one.whole + whole })
    }
    for (let at = 0; at < text.length; at += 1) {
      if (!TELLS.test(text[at] ?? '')) continue
      total.taken += covered[at] ?? 0
      if (gold[at] === 1) continue
      total.harmless += 1
      total.overMasked += covered[at] ?? 0
    }
    if (labels.length > 0) continue
    total.clean += 1
    total.touched += spans.length > 0 ? 1 : 0
  }
  return {
    samples: samples.length,
    ...total,
    characters,
    milliseconds: (user + system) / 1000,
    byType,
  }
}

/** Share of entities that are taken whole; 1 where there are none. */
export function recallOf({ whole, entities }: Pick<Score, 'whole' | 'entities'>): number {
  return entities === 0 ? 1 : whole / entities
}

export function overMaskingOf({ overMasked, harmless }: Score): number {
  return harmless === 0 ? 0 : overMasked / harmless
}

/** Share of what is taken that is part of an entity. */
export function precisionOf({ taken, overMasked }: Score): number {
  return taken === 0 ? 1 : (taken - overMasked) / taken
}

function marksOf(text: string, spans: readonly Taken[]): Uint8Array {
  const marks = new Uint8Array(text.length)
  for (const { start, end } of spans) marks.fill(1, start, end)
  return marks
}

function isWhole(text: string, covered: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (covered[at] === 0 && TELLS.test(text[at] ?? '')) return false
  }
  return true
}
