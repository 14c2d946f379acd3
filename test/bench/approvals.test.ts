import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url))

describe('the bench of approvals', function () {
  this.timeout(180_000)

  it('writes a page with every row in a short run', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'phigate-bench-test-'))
    const file = join(directory, 'page.md')
    try {
      const args = [RUN, 'approvals', '--quick', '--out', file]
      await promisify(execFile)(process.execPath, args, { timeout: 150_000 })
      const page = readFileSync(file, 'utf8')
      assert.match(page, /holds 12 requests of 50 KB with findings/)
      const rows = page.split('\n').filter((line) => /^\| .* (yes|\*\*no\*\*) +\|$/.test(line))
      assert.equal(rows.length, 4)
      assert.doesNotMatch(page, /NaN|Infinity|undefined/)
      assert.ok(!page.includes(tmpdir()) && !page.includes(process.cwd()), 'a path of this machine')
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
