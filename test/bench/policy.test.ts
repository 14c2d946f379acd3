import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url))

describe('the bench of policy', function () {
  this.timeout(120_000)

  it('writes a page with every row in a short run, in little memory', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'phigate-bench-test-'))
    const file = join(directory, 'page.md')
    try {
      const args = ['--max-old-space-size=512', RUN, 'policy', '--quick', '--out', file]
      await promisify(execFile)(process.execPath, args, { timeout: 50_000 })
      const page = readFileSync(file, 'utf8')
      assert.match(page, /33 rules of three teams .* 20 findings .* outcome mask/)
      const rows = page.split('\n').filter((line) => /^\| (little data|5 MB of data) /.test(line))
      assert.equal(rows.length, 4)
      assert.match(page, /Targets: at most 60 µs inside the worker: \*\*(yes|no)\*\*/)
      assert.doesNotMatch(page, /NaN|Infinity|undefined/)
      assert.ok(!page.includes(tmpdir()) && !page.includes(process.cwd()), 'a path of this machine')
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
