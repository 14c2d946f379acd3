import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url))

describe('the bench of the audit log', function () {
  this.timeout(120_000)

  it('writes a page with every row in a short run', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'phigate-bench-test-'))
    const file = join(directory, 'page.md')
    try {
      const args = [RUN, 'audit', '--quick', '--out', file]
      await promisify(execFile)(process.execPath, args, { timeout: 100_000 })
      const page = readFileSync(file, 'utf8')
      assert.equal(page.split('\n').filter((line) => /^\| (short|usual) /.test(line)).length, 4)
      assert.match(page, /Targets: at least 20000 durable records a second: short \*\*(yes|no)\*\*/)
      assert.doesNotMatch(page, /NaN|Infinity|undefined/)
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
