/**
 * What a decision costs: `npm run bench -- policy` measures and writes test/bench/POLICY.md; `--quick` takes a few
 * seconds and writes to standard output; `--out FILE` names another file.
 */
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findOpa } from '../../../src/policy/build/index.ts'
import { measurePolicy, type PolicyExtent } from './measure.ts'
import { policyPage } from './page.ts'

const FULL: PolicyExtent = { rounds: 7, decisions: 5000, calls: 1000 }
const QUICK: PolicyExtent = { rounds: 2, decisions: 200, calls: 50 }

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } },
})
const extent = values.quick ? QUICK : FULL
const command = `npm run bench -- policy${values.quick ? ' --quick' : ''}`
const [busy = 0] = loadavg()
const found = await measurePolicy(extent, await findOpa({ env: process.env }))
const text = policyPage(found, extent, command, busy)
const file = values.out ?? (values.quick ? undefined : pageFile())
if (file === undefined) process.stdout.write(text)
else writeFileSync(file, text)

function pageFile(): string {
  return fileURLToPath(new URL('../POLICY.md', import.meta.url))
}
