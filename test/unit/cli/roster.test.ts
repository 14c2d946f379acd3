import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { phigate } from '../../support/command.ts'

describe('phigate roster', function () {
  this.timeout(120_000)
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-roster-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))
  const roster = (...args: readonly string[]) =>
    phigate(['roster', ...args, '--data-dir', join(directory, 'data')])

  it('lists, tells and removes people; what it prints holds no value', async () => {
    const input = join(directory, 'people.csv')
    writeFileSync(input, 'mrn,name\n48291077,Ada Quillfeather\nonly one cell\n')
    const early = await roster('import', input)
    assert.deepEqual([early.code, early.stdout], [1, ''])
    assert.match(early.stderr, /phigate keys init/)
    await phigate(['keys', 'init', '--data-dir', join(directory, 'data')])
    assert.equal((await roster('status')).code, 1)
    const made = await roster('import', input)
    assert.equal(made.code, 1)
    assert.match(made.stdout, /^1 people\timported \S+\tversion [0-9a-f]{16}\t1 bad lines\n$/)
    assert.match(made.stderr, /^line 3 is not made as the others are\n1 lines cannot be used/)
    assert.deepEqual(await roster('status'), { code: 0, stdout: made.stdout, stderr: '' })
    assert.equal((await roster('remove')).code, 0)
    assert.equal((await roster('status')).code, 1)
  })

  it('fails on a file that is not there, or lists nobody', async () => {
    await phigate(['keys', 'init', '--data-dir', join(directory, 'data')])
    const empty = join(directory, 'empty')
    writeFileSync(empty, 'secret,words\n1,2\n')
    for (const input of [empty, join(directory, 'none')]) {
      const { code, stdout, stderr } = await roster('import', input)
      assert.deepEqual([code, stdout], [1, ''])
      assert.doesNotMatch(stderr, /secret|words/)
    }
  })
})
