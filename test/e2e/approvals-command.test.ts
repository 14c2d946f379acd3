import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_APPROVALS } from '../../src/config/index.ts'
import { leaveClients } from '../../src/demo/issuer.ts'
import { finished, startScript } from '../support/command.ts'
import { consoleAs, type ConsoleCaller } from '../support/console.ts'
import { phigate, type CommandResult } from '../support/demo-process.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'

describe('phigate approvals', function () {
  this.timeout(120_000)
  let gateway: TestGateway
  let officer: ConsoleCaller
  let chats = 0

  before(async () => {
    gateway = await startTestGateway({ approvals: { ...DEFAULT_APPROVALS, silentSeconds: 60 } })
    await leaveClients(gateway.issuer, gateway.dataDir)
    officer = await consoleAs(gateway, 'reviewer')
  })
  after(() => gateway.stop())

  const environment = (): Record<string, string> => ({
    PHIGATE_DATA_DIR: gateway.dataDir,
    PHIGATE_CONSOLE: gateway.server.consoleUrl.origin,
  })
  const run = (...args: readonly string[]): Promise<CommandResult> =>
    phigate(['approvals', ...args], environment())
  const held = async (
    headers: Readonly<Record<string, string>> = {},
    more = '',
  ): Promise<{ waiting: Promise<Response>; id: string }> => {
    chats += 1
    const text = `Give me a full chart summary for the patient with MRN: 55443${chats}.${more}`
    const waiting = gateway.post(ask(text), { headers })
    const [review] = await officer.pending()
    return { waiting, id: review?.id ?? '' }
  }

  it('lists, shows, approves and revokes', async () => {
    const { waiting, id } = await held()
    const { stdout } = await run('list')
    assert.match(
      stdout,
      new RegExp(
        `^${id} pending 2.*svc-triage on claude \\(session\\), needs 1 of privacy-officers: `,
      ),
    )
    const shown = (await run('show', id)).stdout
    assert.match(shown, /found {4}MEDICAL_RECORD_NUMBER=1; 1 patients/)
    assert.match(shown, /MRN: \[MEDICAL_RECORD_NUMBER_/)
    assert.ok(!shown.includes(`55443${chats}`))
    assert.equal((await run('approve', id)).code, 2, 'a reason is wanted')
    const approved = await run('approve', id, '--reason', 'ward round')
    assert.deepEqual([approved.code, approved.stdout], [0, `${id} approved\n`])
    assert.equal((await waiting).status, 200)
    assert.equal((await run('list')).stdout, '')
    assert.match((await run('list', '--status', 'all')).stdout, new RegExp(`^${id} approved`))
    const revoked = await run('revoke', id, '--reason', 'case closed', '--user', 'reviewer2')
    assert.equal(revoked.stdout, `${id} revoked\n`)
    assert.match((await run('show', id)).stdout, /revoke {3}2.*reviewer2: case closed/)
  })

  it('shows all that a reviewer has to know, and nothing that hides', async () => {
    const { waiting, id } = await held(
      { 'x-phigate-reason': 'ward round of today' },
      ' Be brief, \u202egnp please.',
    )
    const { stdout } = await run('show', id)
    const review = (await officer.pending()).find((one) => one.id === id)
    for (const line of [
      /^ {2}reason {3}ward round of today$/m,
      /^ {2}signals {2}full-chart-summary$/m,
      /^ {2}model {4}claude-/m,
      /^ {2}session {2}ses_/m,
      /^ {2}policy {3}[0-9a-f]{12}$/m,
      /^ {2}digest {3}sha256:[0-9a-f]{64}$/m,
      /⟨U\+202E⟩gnp/,
    ]) {
      assert.match(stdout, line)
    }
    assert.ok(review !== undefined && !stdout.includes('\u202e'))
    await run('approve', id, '--reason', 'seen\n  deny     never')
    const shown = (await run('show', id)).stdout
    assert.match(shown, /^ {2}grant {4}active until 2.*, used \d times$/m)
    assert.match(shown, /: seen deny never$/m)
    await (await waiting).text()
  })

  it('goes on watching while the console is started anew, and ends where it is refused', async () => {
    let status = 200
    const listed = { reviews: [] as object[] }
    const console = createServer((_request, response) => {
      response.writeHead(status, { connection: 'close' }).end(JSON.stringify(listed))
    })
    console.listen(0, '127.0.0.1')
    await once(console, 'listening')
    const { port } = console.address() as AddressInfo
    const env = { PHIGATE_CONSOLE: `http://127.0.0.1:${port}`, PHIGATE_CONSOLE_TOKEN: 'token' }
    const child = startScript('phigate', ['approvals', 'list', '--watch'], env)
    const over = finished(child)
    await once(console, 'request')
    console.close()
    const [said] = (await once(child.stderr ?? child, 'data')) as [Buffer]
    assert.match(said.toString('utf8'), /no console answers at .*; still watching/)
    listed.reviews.push({ id: 'rev_1', status: 'denied', reasons: [], needs: [] })
    console.listen(port, '127.0.0.1')
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer]
    assert.match(line.toString('utf8'), /^rev_1 denied/)
    status = 401
    const { code, stderr } = await over
    console.close()
    assert.equal(code, 1)
    assert.match(stderr, /the console answered 401/)
  })

  it('watches with the token that its file holds now', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'phigate-token-'))
    const file = join(directory, 'token')
    const shown: (string | undefined)[] = []
    const console = createServer(({ headers }, response) => {
      shown.push(headers.authorization)
      response.end('{"reviews":[]}')
    })
    console.listen(0, '127.0.0.1')
    await once(console, 'listening')
    const { port } = console.address() as AddressInfo
    const env = { PHIGATE_CONSOLE: `http://127.0.0.1:${port}`, PHIGATE_CONSOLE_TOKEN_FILE: file }
    const missing = await phigate(['approvals', 'list'], env)
    assert.deepEqual([missing.code, shown], [1, []])
    assert.match(missing.stderr, /PHIGATE_CONSOLE_TOKEN_FILE cannot be read/)
    writeFileSync(file, 'first\n')
    const child = startScript('phigate', ['approvals', 'list', '--watch'], env)
    const over = finished(child)
    await once(console, 'request')
    writeFileSync(file, 'second\n')
    while (shown.at(-1) !== 'Bearer second') await once(console, 'request')
    child.kill('SIGTERM')
    await over
    console.close()
    rmSync(directory, { recursive: true })
    assert.equal(shown[0], 'Bearer first')
  })

  it('says how to give it a token where there is no demo', async () => {
    const { code, stderr } = await phigate(['approvals', 'list'], { PHIGATE_DATA_DIR: '/nowhere' })
    assert.equal(code, 1)
    assert.match(stderr, /set PHIGATE_CONSOLE_TOKEN/)
  })

  it('prints what comes in while it watches', async () => {
    const child = startScript('phigate', ['approvals', 'list', '--watch'], environment())
    const over = finished(child)
    const printed = new Promise<string>((resolve) => {
      let said = ''
      child.stdout?.on('data', (text: Buffer) => {
        said += text.toString('utf8')
        if (said.includes('\n')) resolve(said)
      })
    })
    const { waiting, id } = await held()
    assert.match(await printed, new RegExp(`^${id} pending `))
    child.kill('SIGTERM')
    await over
    const denied = await run('deny', id, '--reason', 'not needed')
    assert.equal(denied.stdout, `${id} denied\n`)
    assert.equal((await waiting).status, 451)
  })

  it('says why it does nothing', async () => {
    const { waiting, id } = await held()
    for (const [args, problem] of [
      [['approve', id, '--reason', 'mine', '--user', 'auditor'], /403: .*in none of the groups/],
      [['renew', id, '--reason', 'again'], /409: The review is pending/],
      [['show', 'rev_nothing'], /404: No such review/],
      [['list', '--status', 'lost'], /400: status must be one of .*outcome-unknown/],
    ] as const) {
      const refused = await run(...args)
      assert.equal(refused.code, 1, args.join(' '))
      assert.match(refused.stderr, problem)
    }
    assert.equal((await run('list', '--status', 'outcome-unknown')).stdout, '')
    await officer.answer(id, 'deny')
    await (await waiting).text()
  })
})
