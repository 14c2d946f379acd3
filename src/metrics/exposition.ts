type Labels = Readonly<Record<string, string>>

/** A metric family as Prometheus reads it. */
export interface Family {
  text(): string
}

export interface Counter extends Family {
  add(labels: Labels): void
  /** The sum over all labels. */
  total(): number
}

export interface Histogram extends Family {
  observe(labels: Labels, value: number): void
}

/** One value of a gauge, read when it is asked for. */
export interface Reading {
  readonly labels?: Labels
  readonly value: number
}

/** What a name, a type and a line of help say of a family. */
interface Head {
  readonly name: string
  readonly help: string
}

/**
 * Label values come from closed lists, from the configuration or from policy. Should one of them not be bounded after
 * all, what comes too late is counted together.
 */
const MOST_SERIES = 500

export function counter(head: Head): Counter {
  const series = new Map<string, number>()
  const keyOf = seriesKeys(series)
  return {
    add(labels) {
      const key = keyOf(labels)
      series.set(key, (series.get(key) ?? 0) + 1)
    },
    total: () => [...series.values()].reduce((sum, value) => sum + value, 0),
    text: () =>
      headOf(head, 'counter') +
      [...series].map(([labels, value]) => `${head.name}${labels} ${value}\n`).join(''),
  }
}

/** @param read gives the values at the time of asking */
export function gauge(head: Head & { type?: 'counter' }, read: () => readonly Reading[]): Family {
  return {
    text: () =>
      headOf(head, head.type ?? 'gauge') +
      read()
        .map(({ labels = {}, value }) => `${head.name}${braces(labels)} ${value}\n`)
        .join(''),
  }
}

interface Distribution {
  readonly labels: Labels
  /** Of each bucket alone; they are added up when they are asked for. */
  readonly counts: number[]
  sum: number
  count: number
}

/** @param bounds upper bounds of the buckets, ascending; the last one, without a bound, is added */
export function histogram(head: Head, bounds: readonly number[]): Histogram {
  const series = new Map<string, Distribution>()
  const keyOf = seriesKeys(series)
  return {
    observe(labels, value) {
      const key = keyOf(labels)
      const known = series.get(key)
      const one = known ?? { labels: shown(key, labels), counts: zeros(bounds), sum: 0, count: 0 }
      if (known === undefined) series.set(key, one)
      const bucket = bounds.findIndex((bound) => value <= bound)
      if (bucket >= 0) one.counts[bucket] = (one.counts[bucket] ?? 0) + 1
      one.sum += value
      one.count += 1
    },
    text: () =>
      headOf(head, 'histogram') +
      [...series.values()].map((one) => lines(head, bounds, one)).join(''),
  }
}

function lines({ name }: Head, bounds: readonly number[], one: Distribution): string {
  const { labels, counts, sum, count } = one
  const bucket = (le: string, value: number): string =>
    `${name}_bucket${braces({ ...labels, le })} ${value}\n`
  let upTo = 0
  return (
    bounds.map((bound, index) => bucket(String(bound), (upTo += counts[index] ?? 0))).join('') +
    bucket('+Inf', count) +
    `${name}_sum${braces(labels)} ${sum}\n${name}_count${braces(labels)} ${count}\n`
  )
}

function zeros(bounds: readonly number[]): number[] {
  return bounds.map(() => 0)
}

/** The name of a series by its labels. A family has the same label names each time, so the values tell them apart. */
function seriesKeys(series: ReadonlyMap<string, unknown>): (labels: Labels) => string {
  const names = new Map<string, string>()
  return (labels) => {
    const values = Object.values(labels).join('\0')
    const known = names.get(values)
    if (known !== undefined) return known
    const name = braces(labels)
    if (!series.has(name) && series.size >= MOST_SERIES) return braces(others(labels))
    names.set(values, name)
    return name
  }
}

function shown(key: string, labels: Labels): Labels {
  return key === braces(labels) ? labels : others(labels)
}

function others(labels: Labels): Labels {
  return Object.fromEntries(Object.keys(labels).map((name) => [name, 'other']))
}

function headOf({ name, help }: Head, type: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`
}

function braces(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
