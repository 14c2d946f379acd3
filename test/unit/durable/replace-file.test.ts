import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile, replaceFileSync } from '../../../src/durable/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'

const WAYS = {
  'a file that is replaced': replaceFile,
  'a file that is replaced at once': (path: string, text: string): Promise<void> =>
    new Promise((resolve) => {
      replaceFileSync(path, text.slice(0, 3), Buffer.from(text.slice(3)))
      resolve()
    }),
}

for (const [name, replace] of Object.entries(WAYS)) {
  describe(name, () => {
    const folder = temporaryFolders()

    it('is made where there was none, for nobody else to read', async () => {
      const directory = folder()
      await replace(join(directory, 'file'), 'größer')
      assert.equal(readFileSync(join(directory, 'file'), 'utf8'), 'größer')
      assert.equal(statSync(join(directory, 'file')).mode & 0o777, 0o600)
    })

    it('takes the place of the one before, and of what a crash left of a replacement', async () => {
      const directory = folder()
      writeFileSync(join(directory, 'file'), 'the version before')
      writeFileSync(join(directory, 'file.new'), 'a replacement that was cut short by a crash')
      await replace(join(directory, 'file'), 'after')
      assert.equal(readFileSync(join(directory, 'file'), 'utf8'), 'after')
      assert.deepEqual(readdirSync(directory), ['file'])
    })

    it('leaves nothing behind when it cannot be replaced', async () => {
      const directory = folder()
      mkdirSync(join(directory, 'file'))
      await assert.rejects(replace(join(directory, 'file'), 'after'), /EISDIR|ENOTEMPTY|EEXIST/)
      assert.deepEqual(readdirSync(directory), ['file'])
    })
  })
}
