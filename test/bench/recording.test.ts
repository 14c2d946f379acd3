import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url))

describe('the bench of recordings', function () {
  this.timeout(120_000)

  it('writes a page with every row in a short run', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'phigate-bench-test-'))
    const file = join(directory, 'page.md')
    try {
      await promisify(execFile)(process.execPath, [RUN, 'recording', '--quick', '--out', file])
      const page = readFileSync(file, 'utf8')
      assert.match(page, /\| alone {3}\|/)
      assert.match(page, /A session of 100 exchanges in 4 conversations/)
      // Sizes do not depend on the machine: they hold here as well.
      assert.match(page, /stored in at most 1.3 times the distinct text: \*\*yes\*\*/)
      assert.match(page, /opened in under 200 ms: \*\*(yes|no)\*\*/)
      assert.doesNotMatch(page, /NaN|Infinity|undefined/)
      assert.ok(!page.includes(tmpdir()) && !page.includes(process.cwd()), 'a path of this machine')
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
