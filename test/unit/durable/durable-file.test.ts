import assert from 'node:assert/strict'
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDurableFile, systemIo } from '../../../src/durable/index.ts'
import { faultyIo, temporaryFolders } from '../../support/audit-fixtures.ts'

const text = (content: string): Buffer => Buffer.from(content)

describe('durable file', () => {
  const folder = temporaryFolders()

  it('appends to what is there', async () => {
    const path = join(folder(), 'file')
    writeFileSync(path, 'one\n')
    const file = await openDurableFile(path)
    await file.write(text('two\n'))
    assert.equal(file.length(), 8)
    file.close()
    assert.equal(readFileSync(path, 'utf8'), 'one\ntwo\n')
  })

  it('refuses a second write beside one that runs', async () => {
    const file = await openDurableFile(join(folder(), 'file'))
    const first = file.write(text('one\n'))
    await assert.rejects(file.write(text('two\n')), /two writes/)
    await first
    file.close()
  })

  it('counts bytes and what is written beside them together or not at all', async () => {
    const path = join(folder(), 'file')
    const io = faultyIo()
    const file = await openDurableFile(path, io)
    const beside = await openDurableFile(join(folder(), 'beside'))
    await file.write(text('one\n'), () => beside.write(text('1\n')))
    let isOver = false
    const fails = async (): Promise<void> => {
      await pause(20)
      isOver = true
      throw new Error('beside')
    }
    await assert.rejects(file.write(text('two\n'), fails), /beside/)
    io.faults.push('enospc')
    isOver = false
    await assert.rejects(file.write(text('three\n'), fails), /no space/)
    assert.ok(isOver, 'the other write was left alone')
    assert.equal(file.length(), 4)
    assert.equal(readFileSync(path, 'utf8'), 'one\n')
    file.close()
    beside.close()
  })

  it('takes a probe back, and tells when writing fails', async () => {
    const path = join(folder(), 'file')
    const io = faultyIo()
    const file = await openDurableFile(path, io)
    await file.write(text('one\n'))
    await file.probe()
    io.faults.push('torn')
    await assert.rejects(file.probe(), /no space/)
    file.close()
    assert.equal(readFileSync(path, 'utf8'), 'one\n')
  })

  it('does not accept a cut that did not cut', async () => {
    const path = join(folder(), 'file')
    const io = faultyIo()
    const file = await openDurableFile(path, { ...io, truncate: async () => undefined })
    io.faults.push('torn')
    await assert.rejects(file.write(text('one\n')))
    await assert.rejects(file.write(text('two\n')), /cut back/)
    file.close()
  })

  it('refuses a path that is not a regular file', async () => {
    await assert.rejects(openDurableFile('/dev/null'), /regular file/)
  })

  it('gets the error of a full device from the system', async () => {
    if (!existsSync('/dev/full')) return
    const fd = openSync('/dev/full', 'a')
    await assert.rejects(systemIo.write(fd, text('one\n')), { code: 'ENOSPC' })
    closeSync(fd)
  })
})
