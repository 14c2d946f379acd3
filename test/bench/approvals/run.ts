/**
 * What waiting for approval costs: `npm run bench -- approvals` measures and writes test/bench/APPROVALS.md; `--quick`
 * takes a few seconds and writes to standard output; `--out FILE` names another file.
 */
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startDemoIssuer } from '../../../src/demo/issuer.ts'
import { measureApprovals, type ApprovalsExtent } from './measure.ts'
import { approvalsPage } from './page.ts'

const FULL: ApprovalsExtent = {
  held: 1000,
  others: 200,
  rounds: 5,
  released: 100,
  listed: 5000,
  lists: 15,
}
const QUICK: ApprovalsExtent = {
  held: 12,
  others: 5,
  rounds: 1,
  released: 4,
  listed: 50,
  lists: 2,
}

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } },
})
const extent = values.quick ? QUICK : FULL
const command = `npm run bench -- approvals${values.quick ? ' --quick' : ''}`
const [busy = 0] = loadavg()
const issuer = await startDemoIssuer({ port: 0 })
try {
  const text = approvalsPage(await measureApprovals(extent, issuer), extent, command, busy)
  const file = values.out ?? (values.quick ? undefined : pageFile())
  if (file === undefined) process.stdout.write(text)
  else writeFileSync(file, text)
} finally {
  await issuer.close()
}

function pageFile(): string {
  return fileURLToPath(new URL('../APPROVALS.md', import.meta.url))
}
