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
    ...columns.flatMap((column) => ['', `## ${column.name}`, '', ...table(rows, column)]),
    '',
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
  const lines = rows.flatMap(({ name }, index) => {
    const score = scores[index]
    if (score === undefined) return []
    const none = score.entities === 0
    const cells = [
      name,
      score.samples,
      score.entities,
      none ? '' : recallOf(score).toFixed(3),
      none ? '' : precisionOf(score).toFixed(3),
      percent(overMaskingOf(score)),
      score.clean === 0 ? '' : percent(score.touched / score.clean),
      megabytes(score),
    ]
    return [`| ${cells.join(' | ')} |`]
  })
  const head = [
    'texts',
    'number',
    'identifiers',
    'recall',
    'precision',
    'over-masked',
    'touched',
    'MB/s',
  ]
  return [
    `| ${head.join(' | ')} |`,
    `| ${head.map((_, index) => (index === 0 ? '---' : '---:')).join(' | ')} |`,
    ...lines,
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
    .map(([type, one]) => `| ${type} | ${one.entities} | ${recallOf(one).toFixed(3)} |`)
  return ['| type | identifiers | recall |', '| --- | ---: | ---: |', ...lines]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}

function megabytes({ characters, milliseconds }: Score): string {
  return milliseconds === 0 ? '' : (characters / milliseconds / 1000).toFixed(1)
}
