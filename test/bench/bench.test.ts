import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { IMAGE_ENVIRONMENT, START_FLAGS } from './start-flags.ts'

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url))

describe('the bench', function () {
  this.timeout(120_000)

  it('measures one cell where nothing else is wanted, and says where there is no such cell', async () => {
    const of = async (cell: string): Promise<string> => {
      const args = [RUN, '--quick', '--only', cell]
      const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 })
      return stdout
    }
    const lines = (await of('crowd 2 KB plain')).trimEnd().split('\n')
    assert.deepEqual(
      lines.map((line) => line.replace(/: \d+\.\d{3}$/, '')),
      ['bare', 'phigate'].flatMap((peer) =>
        ['cpu', 'times', 'rate'].map((what) => `${what} ${peer} plain 2 KB`),
      ),
    )
    await assert.rejects(of('crowd 3 KB'), /there is no cell with this name/)
  })

  it('starts phigate the way it is started in the image and by the scripts', () => {
    const read = (name: string): string =>
      readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    for (const name of ['start', 'demo', 'phigate']) {
      assert.ok(scripts[name]?.startsWith(`node ${START_FLAGS.join(' ')} `), name)
    }
    const inImage = START_FLAGS.map((flag) => `"${flag}"`).join(', ')
    const image = read('Dockerfile')
    assert.ok(image.includes(`ENTRYPOINT ["node", ${inImage}, `))
    const inEnvironment = Object.entries(IMAGE_ENVIRONMENT).map((entry) => entry.join('='))
    assert.ok(image.includes(`\nENV ${inEnvironment.join(' ')}\n`))
  })

  it('writes a page with every row in a short run', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'phigate-bench-test-'))
    const file = join(directory, 'page.md')
    try {
      const limits = { timeout: 100_000 }
      await promisify(execFile)(process.execPath, [RUN, '--quick', '--out', file], limits)
      const page = readFileSync(file, 'utf8')
      for (const title of [
        'A single caller',
        '32 callers',
        'Small requests beside 4 callers with 1 MB',
        'Streams of 50 deltas',
        'Peak memory, 2 bodies of 1 MB at once',
        'Turn 50 of a conversation of 1 MB',
        'Memory of 10 open streams',
      ]) {
        assert.ok(page.includes(`\n## ${title}\n`), title)
      }
      const rows = page.split('\n').filter((line) => /^\| (?!-)/.test(line))
      // Seven heads; then 3 sizes, 3 sizes in 2 variants, 2 sizes, 9 facts of streams, 3 processes, 2 variants, 2 processes.
      assert.equal(rows.length, 7 + 3 + 6 + 2 + 9 + 3 + 2 + 2)
      assert.match(page, /^\| lost events +\| 0 +\| 0 +\|$/m)
      assert.match(page, /Node\.js \d+\.\d+\.\d+/)
      assert.doesNotMatch(page, /NaN|Infinity|undefined/)
      assert.ok(!page.includes(tmpdir()) && !page.includes(process.cwd()), 'a path of this machine')
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
