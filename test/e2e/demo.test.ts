import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished, phigate, shell, startScript, untilSaid } from '../support/command.ts'
import { assertNowhere } from '../support/leaks.ts'
import { recordedTexts } from '../support/recordings.ts'

const FREE = { PHIGATE_PORT: '0', PHIGATE_CONSOLE_PORT: '0' }
const SECRETS = ['John Smith', 'Smith', '998877', '415-555-0132']

describe('the demo', function () {
  this.timeout(120_000)
  let dataDir: string
  let demo: ChildProcess
  let said: string
  /** What it says after it is ready. */
  let later = ''
  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'phigate-demo-'))
    demo = startScript('start', [], { ...FREE, PHIGATE_DATA_DIR: dataDir })
    said = await untilSaid(demo, /Console API[^]*\n  curl .*\n/)
    for (const output of [demo.stdout, demo.stderr]) {
      output?.on('data', (chunk: Buffer) => (later += chunk.toString('utf8')))
    }
  })
  after(async () => {
    if (demo.exitCode === null) {
      demo.kill('SIGKILL')
      await once(demo, 'close')
    }
    rmSync(dataDir, { recursive: true })
  })

  /** A command that the demo prints, with the tokens that its own commands print. */
  async function printed(start: RegExp): Promise<string> {
    const [, command = ''] =
      new RegExp(`\\n  (curl -s ${start.source}[^]*?)\\n(?:\\n|$)`).exec(said) ?? []
    assert.notEqual(command, '')
    let line = command
    for (const [whole, args = ''] of line.matchAll(/\$\(npm run -s phigate -- ([^)]*)\)/g)) {
      const { code, stdout } = await phigate(args.split(' '), { PHIGATE_DATA_DIR: dataDir })
      assert.equal(code, 0)
      assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/)
      line = line.replace(whole, stdout.trim())
    }
    return line
  }

  function atRest(): Record<string, string> {
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    return Object.fromEntries(
      files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'latin1')]),
    )
  }

  it('says where it listens and that the upstream is a simulator', () => {
    assert.match(said, /^phigate demo is ready\.$/m)
    assert.match(
      said,
      /gateway {2}http:\/\/127\.0\.0\.1:\d+ .*\n {2}console {2}http:\/\/127\.0\.0\.1:\d+\n/,
    )
    assert.match(said, /a local simulator/)
    assert.match(said, /export ANTHROPIC_BASE_URL=http:\/\/127\.0\.0\.1:\d+\n/)
  })

  it('answers the request that it prints, and keeps nothing of it', async () => {
    const { code, stdout } = await shell(await printed(/\S+\/v1\/messages/))
    assert.equal(code, 0)
    const { content } = JSON.parse(stdout) as { content: unknown }
    const text = 'The simulator repeats: Patient John Smith, MRN 998877, called from 415-555-0132.'
    assert.deepEqual(content, [{ type: 'text', text }])
    assert.match(
      later,
      /^Claude received: Patient \[PERSON_[\w.]+\], MRN \[MEDICAL_RECORD_NUMBER_/m,
    )
    const files = atRest()
    const recordings = recordedTexts(dataDir)
    assert.match(recordings, /\[PERSON_/)
    assertNowhere(SECRETS, { ...files, recordings, 'the output': later })
  })

  it('shows an auditor the status by the command that it prints', async () => {
    const { code, stdout } = await shell(await printed(/\S+\/status/))
    assert.equal(code, 0)
    const status = JSON.parse(stdout) as { audit?: { healthy?: boolean }; version?: string }
    assert.equal(status.audit?.healthy, true)
  })

  it('refuses at the console the token of a service, and at the gateway that of a person', async () => {
    const [, gateway = '', console = ''] = /gateway {2}(\S+)[^]*?console {2}(\S+)/.exec(said) ?? []
    const environment = { PHIGATE_DATA_DIR: dataDir }
    const ask = async (url: string, ...args: string[]): Promise<number> => {
      const token = (await phigate(['token', ...args], environment)).stdout.trim()
      return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status
    }
    assert.equal(await ask(`${console}/status`), 401)
    assert.equal(await ask(`${gateway}/v1/models`, '--user', 'auditor'), 401)
    assert.equal(await ask(`${gateway}/v1/models`), 200)
  })

  it('answers on no other host name', async () => {
    const [, port = ''] = /gateway {2}http:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? []
    const { stdout } = await shell(
      `curl -s -H 'Host: evil.example' http://127.0.0.1:${port}/v1/models`,
    )
    assert.equal((JSON.parse(stdout) as { error: { type: string } }).error.type, 'not_found_error')
  })

  it('keeps a second one out of its folder, with a clear error', async () => {
    const { code, stderr } = await phigate(['demo'], { ...FREE, PHIGATE_DATA_DIR: dataDir })
    assert.notEqual(code, 0)
    assert.match(stderr, /^phigate demo: .*audit\.lock is held by process \d+/)
    assert.doesNotMatch(stderr, /\n\s+at /)
    const token = await phigate(['token'], { PHIGATE_DATA_DIR: dataDir })
    assert.equal(token.code, 0, 'the first one still gives tokens')
  })

  it('ends in order on SIGTERM, and leaves a log that checks', async () => {
    demo.kill('SIGTERM')
    const [code] = (await once(demo, 'close')) as [number | null]
    assert.equal(code, 0)
    const environment = { PHIGATE_DATA_DIR: dataDir }
    const verified = await phigate(['audit', 'verify'], environment)
    assert.equal(verified.code, 0)
    const [, head = ''] =
      /^ok: \d+ records, head (\d+:[0-9a-f]{64})\nsigned: all of it\n$/.exec(verified.stdout) ?? []
    assert.equal((await phigate(['audit', 'verify', '--expect-head', head], environment)).code, 0)
    const other = `${Number(head.split(':')[0]) + 1}:${'0'.repeat(64)}`
    assert.equal((await phigate(['audit', 'verify', '--expect-head', other], environment)).code, 1)
    assertNowhere(SECRETS, atRest())
  })
})

describe('the tour', function () {
  this.timeout(120_000)

  it('shows the four outcomes, what Claude saw each time, and ends', async () => {
    const { code, stdout, stderr } = await finished(startScript('demo', [], {}))
    assert.equal(code, 0, stderr)
    const outcomes = [...stdout.matchAll(/decision +(\S+)/g)].map(([, outcome]) => outcome)
    assert.deepEqual(outcomes, ['allow', 'mask', 'deny', 'require-approval'])
    const saw = [...stdout.matchAll(/Claude saw +(.*)/g)].map(([, text = '']) => text)
    assert.equal(saw.length, 4)
    assert.match(saw[1] ?? '', /\[PERSON_.*\[MEDICAL_RECORD_NUMBER_.*\[US_SSN\]/)
    assert.match(saw[2] ?? '', /nothing/)
    assert.match(stdout, /reviewer approved +rev_/)
    assert.match(saw[3] ?? '', /full chart summary .*\[MEDICAL_RECORD_NUMBER_/)
    assertNowhere(['Smith', '998877', '536-22-1234'], { 'what Claude saw': saw.join('\n') })
    assert.match(stdout, /\d+ records, chain intact/)
  })
})
