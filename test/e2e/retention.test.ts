import assert from 'node:assert/strict'
import { phigate, type Finished } from '../support/command.ts'
import { consoleAs } from '../support/console.ts'
import { ask, connectionsTo, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { recordedTexts } from '../support/recordings.ts'

describe('how long recordings are kept', function () {
  this.timeout(120_000)
  let gateway: TestGateway
  /** Nothing is kept for a fraction of a day. */
  const recordingDays = 1e-9

  beforeEach(async () => {
    const first = await startTestGateway()
    const upstream = first.simulator.url
    const connections = connectionsTo(upstream).map((one) =>
      one.name === 'claude' ? { ...one, recordingDays } : one,
    )
    gateway = await startTestGateway({ connections })
    others.push(first)
  })
  const others: TestGateway[] = []
  afterEach(async () => {
    await gateway.stop()
    for (const other of others.splice(0)) await other.stop()
  })

  const command = async (user: string, ...args: string[]): Promise<Finished> =>
    phigate(['retention', ...args], {
      PHIGATE_CONSOLE: gateway.server.consoleUrl.href,
      PHIGATE_CONSOLE_TOKEN: await gateway.issuer.token(user),
    })
  const told = (kind: string): string[] =>
    gateway.records().flatMap(({ custom }) => (custom.kind === kind ? [custom.detail ?? ''] : []))

  it('is shown first, keeps what is on hold, and is on the record when it is done', async () => {
    assert.equal((await gateway.post(ask('Hello.'))).status, 200)
    const other = { path: '/c/claude-strict/v1/messages' }
    assert.equal((await gateway.post(ask('Hello there.'), other)).status, 200)
    const officer = await consoleAs(gateway, 'reviewer')
    const dry = await command('admin', 'run', '--dry-run')
    assert.match(
      dry.stdout,
      /\nwould remove 1 sessions \(claude=1\), \d+ bytes, 0 files of recordings; 0 on/,
    )
    assert.deepEqual(told('retention'), [])
    const held = await command('admin', 'hold', '--connection', 'claude', '--reason', 'a case')
    assert.match(held.stdout, /^hold_\w+\t.*\tclaude\ta case\n$/)
    const [id = ''] = held.stdout.split('\t')
    assert.match((await command('admin', 'run')).stdout, /\nremoved 0 sessions, .* 1 on legal hold/)
    const { sessions } = (await (await officer.get('/api/sessions?connection=claude')).json()) as {
      sessions: { session: string }[]
    }
    const shred = `/api/sessions/${sessions[0]?.session}/shred`
    assert.equal((await officer.post(shred, { reason: 'why' })).status, 409)
    assert.match(
      (await command('admin', 'status')).stdout,
      /\nrecordings, in days: claude 1e-9, claude-strict 90\n/,
    )
    await command('admin', 'release', id, '--reason', 'closed')
    const done = await command('admin', 'run')
    assert.match(done.stdout, /\nremoved 1 sessions \(claude=1\)/)
    assert.equal(told('retention').length, 2)
    assert.match(
      told('retention')[1] ?? '',
      /recordings: 1 sessions removed \(claude=1\), 0 files$/,
    )
    assert.equal(told('recording-removed').length, 1)
    const texts = recordedTexts(gateway.dataDir)
    assert.ok(texts.includes('Hello there.') && !texts.includes('"Hello."'))
    assert.equal((await command('auditor', 'run')).code, 1)
  })
})
