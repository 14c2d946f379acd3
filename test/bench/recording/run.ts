/**
 * What recordings take and cost: `npm run bench -- recording` measures and writes test/bench/RECORDING.md; `--quick`
 * takes a few seconds and writes to standard output; `--out FILE` names another file.
 */
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measureRecording, type RecordingExtent } from './measure.ts'
import { recordingPage } from './page.ts'

const FULL: RecordingExtent = { rounds: 7, turns: 200, single: 2000, agents: 100, agentTurns: 100 }
const QUICK: RecordingExtent = { rounds: 1, turns: 40, single: 50, agents: 4, agentTurns: 25 }

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } },
})
const extent = values.quick ? QUICK : FULL
const command = `npm run bench -- recording${values.quick ? ' --quick' : ''}`
const [busy = 0] = loadavg()
const text = recordingPage(await measureRecording(extent), extent, command, busy)
const file = values.out ?? (values.quick ? undefined : pageFile())
if (file === undefined) process.stdout.write(text)
else writeFileSync(file, text)

function pageFile(): string {
  return fileURLToPath(new URL('../RECORDING.md', import.meta.url))
}
