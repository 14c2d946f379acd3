import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { close, listen } from '../../src/demo/loopback.ts'
import { phigate } from '../support/command.ts'

const FREE = { PHIGATE_PORT: '0', PHIGATE_CONSOLE_PORT: '0' }

describe('the command line', function () {
  this.timeout(120_000)

  it('says so when a port is taken', async () => {
    const server = createServer()
    const { port } = await listen(server, 0)
    const dataDir = mkdtempSync(join(tmpdir(), 'phigate-demo-'))
    try {
      for (const name of ['PHIGATE_PORT', 'PHIGATE_CONSOLE_PORT']) {
        const environment = { ...FREE, [name]: port, PHIGATE_DATA_DIR: dataDir }
        const { code, stdout, stderr } = await phigate(['demo'], environment)
        assert.equal(code, 2)
        assert.match(
          stderr,
          /^phigate demo: a port is taken: set PHIGATE_PORT and PHIGATE_CONSOLE_PORT$/m,
        )
        assert.doesNotMatch(stdout + stderr, /ready|\n\s+at /)
      }
    } finally {
      await close(server)
      rmSync(dataDir, { recursive: true })
    }
  })

  const misuses: readonly (readonly string[])[] = [
    [],
    ['nothing'],
    ['constructor'],
    ['demo', '--nothing'],
    ['start'],
    ['start', '--config'],
    ['start', '--config', 'not-there.yaml'],
    ['token', '--user', 'nobody'],
    ['token', '--user', 'admin', '--client', 'svc-batch'],
    ['audit'],
    ['audit', 'nothing'],
    ['audit', 'verify', '--expect-head', '12'],
    ['policy', 'nothing'],
    ['detect', '--nothing'],
    ['config', 'nothing'],
    ['config', 'check', '--config', 'not-there.yaml'],
    ['configure', 'nothing'],
    ['connections', 'list'],
  ]
  for (const args of misuses) {
    it(`ends with 2 and a word on stderr for: phigate ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await phigate(args)
      assert.equal(code, 2)
      assert.notEqual(stderr, '')
      assert.equal(stdout, '')
      assert.doesNotMatch(stderr, /\n\s+at /)
    })
  }

  it('ends with 2 for a setting that is none, and names it', async () => {
    for (const [name, value] of [
      ['PHIGATE_PORT', 'http'],
      ['PHIGATE_CONSOLE_PORT', '70000'],
      ['PHIGATE_UPSTREAM', 'nowhere'],
    ]) {
      const { code, stderr } = await phigate(['demo'], { ...FREE, [name ?? '']: value ?? '' })
      assert.equal(code, 2)
      assert.match(stderr, new RegExp(`^phigate demo: ${name} must be `))
    }
  })

  it('ends with 0 when it is asked for help', async () => {
    for (const args of [['--help'], ['demo', '--help'], ['audit', 'verify', '--help']]) {
      assert.equal((await phigate(args)).code, 0)
    }
  })

  it('ends with 1 when there is no log to verify', async () => {
    const { code, stderr } = await phigate([
      'audit',
      'verify',
      '--data-dir',
      join(tmpdir(), 'phigate-none'),
    ])
    assert.equal(code, 1)
    assert.match(stderr, /cannot be read/)
  })
})
