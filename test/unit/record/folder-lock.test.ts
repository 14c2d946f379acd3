import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { openAuditLog } from '../../../src/record/adapters/winston-log.ts'
import { lockFolder } from '../../../src/record/folder-lock.ts'
import { steppingClock, temporaryFolders } from '../../support/audit-fixtures.ts'
import { eventually } from '../../support/exchanges.ts'

describe('folder lock', () => {
  const folder = temporaryFolders()
  const lockOf = (directory: string): string => join(directory, 'audit.lock')

  it('is refused while a living process holds it, naming the process', () => {
    const directory = folder()
    const lock = lockFolder(directory)
    assert.throws(() => lockFolder(directory), new RegExp(`process ${process.pid}, which is run`))
    lock.release()
    lockFolder(directory).release()
    assert.equal(existsSync(lockOf(directory)), false)
  })

  it('keeps a second audit log off the folder', async () => {
    const options = { directory: folder(), clock: steppingClock(), labels: {} }
    const log = await openAuditLog(options)
    await assert.rejects(openAuditLog(options), /one folder serves one gateway/)
    await log.close()
    await (await openAuditLog(options)).close()
  })

  it('is taken over from a process that is gone', () => {
    const directory = folder()
    const { pid } = spawnSync(process.execPath, ['--version'])
    writeFileSync(lockOf(directory), JSON.stringify({ pid }))
    const lock = lockFolder(directory)
    assert.deepEqual(readdirSync(directory), ['audit.lock'])
    lock.release()
  })

  it('is taken over from an earlier process that had the number of a living one', function () {
    if (!existsSync('/proc/self/stat')) return
    const directory = folder()
    writeFileSync(lockOf(directory), JSON.stringify({ pid: process.pid, started: '1' }))
    lockFolder(directory).release()
  })

  it('is taken over from a process that ended and that nobody has asked after', async function () {
    if (!existsSync('/proc/self/stat')) return
    // A shell may ask after its child, so the child goes on until the shell has become what never asks.
    const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    })
    const output = parent.stdio[1] as Readable
    const held = parent.stdio[3] as Writable
    try {
      const [said] = (await once(output, 'data')) as [Buffer]
      const pid = Number(said.toString())
      await eventually(() =>
        assert.equal(readFileSync(`/proc/${parent.pid}/comm`, 'utf8'), 'sleep\n'),
      )
      held.end()
      await eventually(() => assert.match(readFileSync(`/proc/${pid}/stat`, 'latin1'), /\) Z /))
      const directory = folder()
      writeFileSync(lockOf(directory), JSON.stringify({ pid }))
      lockFolder(directory).release()
    } finally {
      parent.kill()
      await once(parent, 'exit')
    }
  })

  it('takes the place of a link that leads nowhere', function () {
    if (process.platform === 'win32') return
    const directory = folder()
    symlinkSync(join(directory, 'elsewhere'), lockOf(directory))
    const lock = lockFolder(directory)
    assert.deepEqual(readdirSync(directory), ['audit.lock'])
    lock.release()
    assert.deepEqual(readdirSync(directory), [])
  })

  it('tells of a lock that cannot be read', () => {
    const directory = folder()
    mkdirSync(lockOf(directory))
    assert.throws(() => lockFolder(directory), { code: 'EISDIR' })
    assert.deepEqual(readdirSync(directory), ['audit.lock'])
  })

  it('is refused when the lock names nobody', () => {
    const directory = folder()
    const wrong = ['-1', '0', '1.5', '"1"', '4294967297'].map((pid) => `{"pid":${pid}}`)
    for (const content of ['', 'nonsense', '{}', 'null', ...wrong]) {
      writeFileSync(lockOf(directory), content)
      assert.throws(() => lockFolder(directory), /names no process/)
    }
  })

  it('is taken over where its process, or the power, ended before it was written', () => {
    const directory = folder()
    writeFileSync(lockOf(directory), '')
    const long = new Date(Date.now() - 60_000)
    utimesSync(lockOf(directory), long, long)
    const lock = lockFolder(directory)
    assert.match(readFileSync(lockOf(directory), 'utf8'), /^\{"pid":\d+/)
    lock.release()
  })

  it('is not left behind where the disk is full', function () {
    if (process.platform === 'win32') return
    const directory = folder()
    const module = new URL('../../../src/record/folder-lock.ts', import.meta.url).href
    const code = `import(${JSON.stringify(module)}).then(({ lockFolder }) => lockFolder(${JSON.stringify(directory)})).catch((error) => console.log(error.message))`
    // No file may grow: a full disk, as a process of its own has it.
    const args = ['-c', 'ulimit -f 0; exec "$0" -e "$1"', process.execPath, code]
    const { stdout } = spawnSync('sh', args, { encoding: 'utf8' })
    assert.match(stdout, /audit\.lock cannot be written: EFBIG/)
    assert.deepEqual(readdirSync(directory), [])
  })

  it('is taken over by one of several at a time', () => {
    const directory = folder()
    const { pid } = spawnSync(process.execPath, ['--version'])
    const stale = JSON.stringify({ pid })
    writeFileSync(lockOf(directory), stale)
    writeFileSync(`${lockOf(directory)}.takeover`, '')
    assert.throws(() => lockFolder(directory), /takeover: another process/)
    assert.equal(readFileSync(lockOf(directory), 'utf8'), stale)
  })

  it('tells of a folder that it may not write to', () => {
    assert.throws(() => lockFolder(join(folder(), 'missing')), { code: 'ENOENT' })
  })

  it('does not remove a lock that is no longer its own', () => {
    const directory = folder()
    const lock = lockFolder(directory)
    writeFileSync(lockOf(directory), '{"pid":1}')
    lock.release()
    assert.equal(readFileSync(lockOf(directory), 'utf8'), '{"pid":1}')
  })
})
