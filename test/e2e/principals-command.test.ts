import assert from 'node:assert/strict'
import { leaveClients } from '../../src/demo/issuer.ts'
import { phigate, type CommandResult } from '../support/demo-process.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'

describe('phigate principals', function () {
  this.timeout(120_000)
  let gateway: TestGateway
  let id: string
  before(async () => {
    gateway = await startTestGateway()
    await leaveClients(gateway.issuer, gateway.dataDir)
    id = `${gateway.issuer.issuer.origin}|svc-triage`
  })
  after(() => gateway.stop())

  const run = (
    args: readonly string[],
    more: Record<string, string> = {},
  ): Promise<CommandResult> =>
    phigate(['principals', ...args], {
      PHIGATE_DATA_DIR: gateway.dataDir,
      PHIGATE_CONSOLE: gateway.server.consoleUrl.origin,
      ...more,
    })
  const status = async (): Promise<number> => {
    const response = await gateway.post(ask('hello'))
    await response.text()
    return response.status
  }

  it('lists, blocks and unblocks', async () => {
    assert.equal(await status(), 200)
    const before = await run(['list'])
    assert.match(
      before.stdout,
      /svc-triage\n {2}claude: 1 requests in the last minute, 0 now; today \d+ tokens/,
    )
    const blocked = await run(['block', id, '--reason', 'seen elsewhere'])
    assert.deepEqual([blocked.code, blocked.stdout], [0, `blocked ${id}\n`])
    assert.equal(await status(), 451)
    assert.match(
      (await run(['list'])).stdout,
      /svc-triage blocked 2.* by .*\|admin: seen elsewhere/,
    )
    assert.equal((await run(['unblock', id])).code, 0)
    assert.equal(await status(), 200)
  })

  it('does nothing for whoever may not, and says why', async () => {
    const refused = await run(['block', id, '--user', 'auditor'])
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /403: The caller lacks the permission principals:write/)
    const bad = await run(['list'], { PHIGATE_CONSOLE_TOKEN: gateway.token })
    assert.equal(bad.code, 1)
    assert.match(bad.stderr, /401/)
    assert.equal(await status(), 200)
  })

  it('ends with 1 where no console answers, and with 2 where it is not understood', async () => {
    const away = await run(['list'], { PHIGATE_CONSOLE: 'http://127.0.0.1:9' })
    assert.equal(away.code, 1)
    assert.match(away.stderr, /no console answers/)
    assert.equal((await run(['block'])).code, 2)
  })
})
