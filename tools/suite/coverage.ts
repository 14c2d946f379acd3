import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join, relative } from 'node:path'
import { oneCheck, type Outcome, type Tools } from './step.ts'

interface Floor {
  /** A folder of the repository. */
  readonly folder: string
  readonly lines: number
  readonly branches: number
}

/** Percent of the lines and branches that the tests reach, at least. They go up, not down. */
export const FLOORS: readonly Floor[] = [
  { folder: 'src', lines: 95, branches: 90 },
  { folder: 'src/mask', lines: 98, branches: 90 },
  { folder: 'src/policy', lines: 100, branches: 94 },
  { folder: 'src/record', lines: 99, branches: 95 },
  { folder: 'src/recording', lines: 99, branches: 92 },
  { folder: 'src/durable', lines: 100, branches: 98 },
]

interface Share {
  readonly covered: number
  readonly total: number
}

/** By path, relative to the repository. */
export type Summary = ReadonlyMap<string, { readonly lines: Share; readonly branches: Share }>

/** Reads what the tests' run left, and holds it against the floors. */
export async function coverageFloors({ root, results }: Tools): Promise<Outcome> {
  const text = readFileSync(join(results, 'coverage-summary.json'), 'utf8')
  const problems = belowFloor(parseSummary(root, JSON.parse(text)), FLOORS)
  return oneCheck(problems.length === 0, problems.join('\n'))
}

/** One line for each floor that is not reached. */
export function belowFloor(summary: Summary, floors: readonly Floor[]): readonly string[] {
  return floors.flatMap(({ folder, ...least }) => {
    const files = [...summary].filter(([path]) => path.startsWith(`${folder}/`))
    if (files.length === 0) return [`${folder}: no file was measured`]
    return (['lines', 'branches'] as const).flatMap((metric) => {
      const reached = percent(files.map(([, shares]) => shares[metric]))
      if (reached >= least[metric]) return []
      const worst = files
        .map(([path, shares]) => ({ path, missing: shares[metric].total - shares[metric].covered }))
        .filter(({ missing }) => missing > 0)
        .toSorted((a, b) => b.missing - a.missing)
        .slice(0, 15)
        .map(({ path, missing }) => `  ${path}: ${missing} not reached`)
      const title = `${folder}: ${reached.toFixed(2)} % of ${metric}, not ${least[metric]}`
      return [[title, ...worst].join('\n')]
    })
  })
}

function percent(shares: readonly Share[]): number {
  const total = shares.reduce((sum, share) => sum + share.total, 0)
  const covered = shares.reduce((sum, share) => sum + share.covered, 0)
  return total === 0 ? 100 : (covered / total) * 100
}

function parseSummary(root: string, value: unknown): Summary {
  const files = Object.entries(value as Record<string, { lines: Share; branches: Share }>)
  return new Map(
    files.map(([path, shares]) => [relative(root, path).replaceAll('\\', '/'), shares]),
  )
}

/** The files of which nothing is left to run when the types are taken away: coverage would call them unreached. */
export function typesOnly(root: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => {
    const code = stripTypeScriptTypes(readFileSync(join(root, file), 'utf8'))
    return withoutComments(code).replaceAll(/[\s;]/g, '') === ''
  })
}

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
}
