/**
 * Measures detection on the texts that this folder makes, beside other tools, and writes RESULTS.md.
 *
 *   npm run accuracy                            2 seeds, a few minutes
 *   npm ci --prefix test/accuracy               once, for the tools that it is compared with
 */
import { writeFileSync } from 'node:fs'
import { CORPORA } from './corpora/index.ts'
import { sourceOf, type Sample } from './corpus.ts'
import { otherTools } from './others.ts'
import { pageOf, type Column, type Row } from './page.ts'
import { phigate } from './phigate.ts'
import { scoreOf, type Score, type Taken } from './score.ts'

const SEED = 20_260_101
const COUNT = 150

const rows: readonly Row[] = CORPORA.map(({ name, make }) => ({
  name,
  samples: make(sourceOf(SEED), COUNT),
}))
// Other texts first: what is measured is a program that runs, not one that is being compiled.
const before = CORPORA.flatMap(({ make }) => make(sourceOf(SEED + 1), COUNT))
for (const { text } of before) phigate(text)

const columns: Column[] = [
  { name: 'phigate', scores: rows.map(({ samples }) => scoreOf(samples, phigate)) },
]
for (const other of otherTools()) {
  if ('missing' in other) {
    process.stdout.write(
      `${other.name} is left out: ${other.missing} (npm ci --prefix test/accuracy)\n`,
    )
    continue
  }
  for (const { text } of before) await other.tool(text)
  const scores: Score[] = []
  for (const { samples } of rows) scores.push(await scoreOfOther(samples, other.tool))
  columns.push({ name: other.name, scores })
}

const page = new URL('RESULTS.md', import.meta.url)
writeFileSync(page, pageOf(rows, columns, { seed: SEED, count: COUNT, node: process.version }))
process.stdout.write('test/accuracy/RESULTS.md is written\n')

async function scoreOfOther(
  samples: readonly Sample[],
  tool: (text: string) => Promise<readonly Taken[]> | readonly Taken[],
): Promise<Score> {
  const taken = new Map<string, readonly Taken[]>()
  const start = process.threadCpuUsage()
  for (const { text } of samples) taken.set(text, await tool(text))
  const { user, system } = process.threadCpuUsage(start)
  const milliseconds = (user + system) / 1000
  return { ...scoreOf(samples, (text) => taken.get(text) ?? []), milliseconds }
}
