import { base, de, en, es, Faker, fr, pl, tr, vi } from '@faker-js/faker'
import type { EntityType } from '../../src/schema/index.ts'

/** A labelled piece of a text; offsets in UTF-16 code units. */
export interface Label {
  readonly start: number
  readonly end: number
  /** Undefined where the text does not say. */
  readonly type: EntityType | undefined
}

export interface Sample {
  readonly text: string
  readonly labels: readonly Label[]
}

/** Texts of one kind, the same for the same seed. */
export interface Corpus {
  readonly name: string
  readonly make: (source: Source, count: number) => readonly Sample[]
}

/** Where invented people, numbers and choices come from. */
export interface Source {
  readonly faker: Faker
  /** Names of many countries. */
  readonly foreign: Faker
  pick<T>(items: readonly T[]): T
}

const FOREIGN = [es, de, fr, pl, tr, vi]

export function sourceOf(seed: number): Source {
  const faker = new Faker({ locale: [en, base] })
  faker.seed(seed)
  const foreigners = FOREIGN.map((locale, index) => {
    const one = new Faker({ locale: [locale, en, base] })
    one.seed(seed + index + 1)
    return one
  })
  return {
    faker,
    get foreign() {
      return faker.helpers.arrayElement(foreigners)
    },
    pick: (items) => faker.helpers.arrayElement(items),
  }
}

/** Writes the values of a template: `{name}` is what `values.name()` gives, labelled with its type. */
export type Values = Readonly<
  Record<string, () => readonly [value: string, type: EntityType | undefined]>
>

export function fill(template: string, values: Values): Sample {
  const labels: Label[] = []
  let text = ''
  let at = 0
  for (const slot of template.matchAll(/\{(\w+)\}/g)) {
    text += template.slice(at, slot.index)
    const [value, type] = values[slot[1] ?? '']?.() ?? missing(slot[0])
    if (type !== undefined)
      labels.push({ start: text.length, end: text.length + value.length, type })
    text += value
    at = slot.index + slot[0].length
  }
  return { text: text + template.slice(at), labels }
}

function missing(slot: string): never {
  throw new Error(`a template has a slot that is not known: ${slot}`)
}

/** The same sample with its text changed; the change must keep lengths. */
export function changed({ text, labels }: Sample, change: (text: string) => string): Sample {
  const next = change(text)
  if (next.length !== text.length) throw new Error('a change must keep the length of its text')
  return { text: next, labels }
}
