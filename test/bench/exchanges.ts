/**
 * What phigate costs: `npm run bench` measures and writes test/bench/RESULTS.md; `--rounds N` instead of 5;
 * `--quick` takes less than a minute and writes to standard output; `--out FILE` names another file. `--only CELL`
 * measures what begins like this (`crowd 2 KB plain`, `single`, `beside`, `streams`, `last turn`, `memory`, `open streams`), and writes the medians.
 */
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startDemoIssuer } from '../../src/demo/issuer.ts'
import type { Extent, Notes } from './cells.ts'
import { startFakeUpstream } from './fake-upstream.ts'
import { measure } from './measure.ts'
import { page } from './page.ts'

const FULL: Extent = {
  rounds: 5,
  warmUp: true,
  single: { '2 KB': 300, '50 KB': 100, '1 MB': 20 },
  crowd: { '2 KB': 2000, '50 KB': 320, '1 MB': 64 },
  beside: { '2 KB': 100, '50 KB': 60 },
  streams: 320,
  pacedStreams: 500,
  quickStreams: 20,
  paceMs: 100,
  largeAtOnce: 32,
  conversations: 5,
  openStreams: 500,
}

const QUICK: Extent = {
  rounds: 1,
  warmUp: false,
  single: { '2 KB': 10, '50 KB': 4, '1 MB': 2 },
  crowd: { '2 KB': 64, '50 KB': 8, '1 MB': 2 },
  beside: { '2 KB': 3, '50 KB': 2 },
  streams: 32,
  pacedStreams: 20,
  quickStreams: 2,
  paceMs: 10,
  largeAtOnce: 2,
  conversations: 1,
  openStreams: 10,
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    out: { type: 'string' },
    only: { type: 'string' },
  },
})
const size = values.quick ? QUICK : FULL
const rounds = Number(values.rounds ?? size.rounds)
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 20) throw new Error('1 to 20 rounds')
const extent: Extent = { ...size, rounds }
const options = [
  ...(values.quick ? ['--quick'] : []),
  ...(values.rounds === undefined ? [] : [`--rounds ${rounds}`]),
]
const command = ['npm run bench', ...(options.length === 0 ? [] : ['--', ...options])].join(' ')
const [before] = loadavg()
const upstream = await startFakeUpstream(extent.paceMs)
const issuer = await startDemoIssuer({ port: 0 })
try {
  const { only } = values
  const wanted = (cell: string): boolean => only === undefined || cell.startsWith(only)
  const found = await measure(extent, upstream, issuer, wanted)
  const text = only === undefined ? page(found, extent, command, before) : medians(found)
  const toPage = only === undefined && !values.quick
  const file = values.out ?? (toPage ? defaultFile() : undefined)
  if (file === undefined) process.stdout.write(text)
  else writeFileSync(file, text)
} finally {
  await upstream.close()
  await issuer.close()
}

function medians(found: Notes): string {
  const lines = found.names().map((name) => `${name}: ${found.of(name).toFixed(3)}\n`)
  if (lines.length === 0) throw new Error('there is no cell with this name')
  return lines.join('')
}

function defaultFile(): string {
  return fileURLToPath(new URL('./RESULTS.md', import.meta.url))
}
