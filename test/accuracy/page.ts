import type { EntityType } from '../../src/schema/index.ts'
import type { Sample } from './corpus.ts'
import { overMaskingOf, precisionOf, recallOf, type Score } from './score.ts'

export interface Row {
  readonly name: string
  readonly samples: readonly Sample[]
}

/** A tool, with a score for each row. */
export interface Column {
  readonly name: string
  readonly scores: readonly Score[]
}

export function pageOf(
  rows: readonly Row[],
  columns: readonly Column[],
  run: { readonly seed: number; readonly count: number; readonly node: string },
): string {
  const [ours] = columns
  return [
    '# How much is found',
    '',
    'Identifiers removed as detected: what `npm run accuracy` measured on texts that this repository makes from its own',
    'templates. They were written by those who wrote the detector: figures on your own texts will be lower. This is no',
    'statement about HIPAA compliance, and no de-identification.',
    '',
    '**Recall** is the share of identifiers of which every letter and digit is removed. **Over-masked** is the share of the',
    'letters and digits outside of identifiers that are removed as well. **Precision** is the share of what is removed',
    'that belongs to an identifier. **Touched** is the share of texts without any identifier in which something is removed.',
    '',
    ...columns.flatMap((column) => [`## ${column.name}`, '', ...table(rows, column), '']),
    '## phigate, by type',
    '',
    ...(ours === undefined ? [] : byType(ours.scores)),
    '',
    `Seed ${run.seed}, up to ${run.count} texts a kind, Node.js ${run.node}. Throughput is of one thread, on short texts, on the`,
    'machine of the run: good for comparing within this page.',
    '',
  ].join('\n')
}

function table(rows: readonly Row[], { scores }: Column): readonly string[] {
  const head = ['texts', 'number', 'identifiers', 'recall', 'precision', 'over-masked', 'touched']
  const lines = rows.flatMap(({ name }, index) => {
    const score = scores[index]
    return score === undefined ? [] : [cellsOf(name, score)]
  })
  return aligned([[...head, 'MB/s'], ...lines])
}

function cellsOf(name: string, score: Score): readonly string[] {
  const none = score.entities === 0
  return [
    name,
    String(score.samples),
    String(score.entities),
    none ? '' : recallOf(score).toFixed(3),
    none ? '' : precisionOf(score).toFixed(3),
    percent(overMaskingOf(score)),
    score.clean === 0 ? '' : percent(score.touched / score.clean),
    megabytes(score),
  ]
}

function byType(scores: readonly Score[]): readonly string[] {
  const total = new Map<EntityType, { entities: number; whole: number }>()
  for (const [type, { entities, whole }] of scores.flatMap((score) => [...score.byType])) {
    const one = total.get(type) ?? { entities: 0, whole: 0 }
    total.set(type, { entities: one.entities + entities, whole: one.whole + whole })
  }
  const lines = [...total]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, one]) => [type, String(one.entities), recallOf(one).toFixed(3)])
  return aligned([['type', 'identifiers', 'recall'], ...lines])
}

/** As prettier writes a table: the page is checked like any other file. The first column is text, the others numbers. */
function aligned([head = [], ...lines]: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...lines].map((cells) => cells[column]?.length ?? 0)),
  )
  const row = (cells: readonly string[]): string => {
    const padded = cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    return `| ${padded.join(' | ')} |`
  }
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  return [row(head), row(rule), ...lines.map(row)]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}

function megabytes({ characters, milliseconds }: Score): string {
  return milliseconds === 0 ? '' : (characters / milliseconds / 1000).toFixed(1)
}
