import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { phigate } from '../../support/command.ts'

const CONFIG = `
keyring: { file: own.json }
issuers: [{ url: 'https://issuer.example' }]
connections:
  - { name: claude, upstream: 'https://api.example', keys: [{ id: k1, file: not-yet }], labels: { baa: true } }
`

describe('phigate keys', function () {
  this.timeout(120_000)
  const folder = temporaryFolders()

  it('makes keys, lists, rotates and retires them, and prints no secret', async () => {
    const dataDir = folder()
    const keys = (...args: string[]) => phigate(['keys', ...args, '--data-dir', dataDir])
    assert.equal((await keys('status')).code, 1)
    const outputs = [await keys('init')]
    assert.equal((await keys('init')).code, 1)
    outputs.push(await keys('rotate', '--purpose', 'mask'))
    const [retiring = ''] = /^mask-\w+(?=\tmask\taccepted)/m.exec(outputs[1]?.stdout ?? '') ?? []
    assert.match(outputs[0]?.stdout ?? '', new RegExp(`^${retiring}\tmask\tactive\t`, 'm'))
    outputs.push(await keys('retire', retiring), await keys('status'))
    assert.ok(outputs.every(({ code }) => code === 0))
    assert.deepEqual(
      outputs.map(({ stderr }) => stderr.includes('SIGHUP')),
      [false, true, true, false],
    )
    const listed = outputs.at(-1)?.stdout ?? ''
    assert.match(listed, new RegExp(`^${retiring}\tmask\tretired\t\\d{4}-\\d\\d-\\d\\dT.*Z$`, 'm'))
    assert.equal(listed.trim().split('\n').length, 8)
    const { keys: stored } = JSON.parse(
      readFileSync(join(dataDir, 'keys', 'keyring.json'), 'utf8'),
    ) as { keys: { secret: string }[] }
    for (const { stdout, stderr } of outputs) {
      for (const { secret } of stored) assert.ok(!`${stdout}${stderr}`.includes(secret))
    }
  })

  it('finds the keyring that a configuration names, before anything else of it is there', async () => {
    const directory = folder()
    const config = join(directory, 'phigate.yaml')
    writeFileSync(config, CONFIG)
    assert.equal((await phigate(['keys', 'init', '--config', config])).code, 0)
    assert.match(readFileSync(join(directory, 'own.json'), 'utf8'), /"purpose": "mask"/)
  })

  it('ends with 2 when it is not used as it has to be', async () => {
    for (const args of [
      ['rotate'],
      ['rotate', '--purpose', 'none'],
      ['retire'],
      ['status', '--config', 'none.yaml'],
    ]) {
      assert.equal((await phigate(['keys', ...args])).code, 2, args.join(' '))
    }
  })
})
