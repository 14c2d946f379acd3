/**
 * What the audit log costs: `npm run bench -- audit` measures and writes test/bench/AUDIT.md; `--quick` takes a few
 * seconds and writes to standard output; `--out FILE` names another file.
 */
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measureAudit, type AuditExtent } from './measure.ts'
import { auditPage } from './page.ts'

const FULL: AuditExtent = { rounds: 3, many: 10_000, alone: 2000 }
const QUICK: AuditExtent = { rounds: 1, many: 500, alone: 100 }

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } },
})
const extent = values.quick ? QUICK : FULL
const command = `npm run bench -- audit${values.quick ? ' --quick' : ''}`
const [busy = 0] = loadavg()
const text = auditPage(await measureAudit(extent), extent, command, busy)
const file = values.out ?? (values.quick ? undefined : pageFile())
if (file === undefined) process.stdout.write(text)
else writeFileSync(file, text)

function pageFile(): string {
  return fileURLToPath(new URL('../AUDIT.md', import.meta.url))
}
