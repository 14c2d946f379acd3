import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemoIssuer, type DemoIssuer } from '../../../src/demo/issuer.ts'

const COMMAND = new URL('../../../src/cli/token.ts', import.meta.url).href
const SCRIPT = `import { tokenCommand } from ${JSON.stringify(COMMAND)}
await tokenCommand().parseAsync(process.argv)`

interface Result {
  readonly code: unknown
  readonly stdout: string
  readonly stderr: string
}

describe('phigate token', () => {
  let dataDir: string
  let demo: DemoIssuer

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'phigate-'))
    demo = await startDemoIssuer({ port: 0, dataDir })
  })

  after(async () => {
    await demo.close()
    await rm(dataDir, { recursive: true })
  })

  const run = (args: readonly string[], environment: Record<string, string>): Promise<Result> =>
    new Promise((resolve) => {
      const { PATH = '' } = process.env
      const all = [
        '--disable-warning=ExperimentalWarning',
        '--input-type=module',
        '-e',
        SCRIPT,
        '--',
        'token',
        ...args,
      ]
      execFile(process.execPath, all, { env: { PATH, ...environment } }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
      )
    })

  const demoRun = (...args: string[]): Promise<Result> => run(args, { PHIGATE_DATA_DIR: dataDir })

  const claims = ({ stdout }: Result): Record<string, unknown> => {
    assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    return JSON.parse(Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString())
  }

  const configured = (changes: Record<string, string> = {}): Record<string, string> => ({
    PHIGATE_ISSUER: demo.issuer.href,
    PHIGATE_CLIENT_ID: 'svc-batch',
    PHIGATE_CLIENT_SECRET: demo.secrets.get('svc-batch') ?? '',
    PHIGATE_AUDIENCE: 'urn:phigate:gateway',
    ...changes,
  })

  it('prints a token for the gateway alone on stdout', async () => {
    const result = await demoRun()
    assert.deepEqual([result.code, result.stderr], [0, ''])
    const { sub, aud, scope } = claims(result)
    assert.deepEqual([sub, aud, scope], ['svc-triage', 'phigate', 'claude:invoke'])
  })

  it('takes another client, and the console as audience', async () => {
    const { sub, aud } = claims(await demoRun('--client', 'svc-batch', '--console'))
    assert.deepEqual([sub, aud], ['svc-batch', 'phigate-console'])
  })

  it('prints a person’s token for the console', async () => {
    const { sub, aud, phigate_kind: kind } = claims(await demoRun('--user', 'auditor'))
    assert.deepEqual([sub, aud, kind], ['auditor', 'phigate-console', 'person'])
  })

  it('asks a configured issuer outside of demo mode', async () => {
    const { sub, aud } = claims(await run([], configured()))
    assert.deepEqual([sub, aud], ['svc-batch', 'phigate'])
  })

  it('asks for the scope that the environment names, and says so in its help', async () => {
    const { scope } = claims(await run([], configured({ PHIGATE_SCOPE: 'other claude:invoke' })))
    assert.equal(scope, 'claude:invoke')
    assert.equal(claims(await run([], configured({ PHIGATE_SCOPE: 'other' })))['scope'], undefined)
    assert.match((await run(['--help'], {})).stdout, /PHIGATE_SCOPE +scope \(claude:invoke/)
  })

  it('exits with 1 when the issuer refuses, and repeats no secret', async () => {
    const secret = 'a-secret-that-is-wrong'
    const result = await run([], configured({ PHIGATE_CLIENT_SECRET: secret }))
    assert.deepEqual([result.code, result.stdout], [1, ''])
    assert.match(result.stderr, /refused.*invalid_client/)
    assert.ok(!result.stderr.includes(secret))
  })

  it('exits with 1 when the issuer cannot be reached', async () => {
    const result = await run([], configured({ PHIGATE_ISSUER: 'http://127.0.0.1:1' }))
    assert.equal(result.code, 1)
    assert.match(result.stderr, /No token could be had/)
  })

  it('exits with 2 when something is missing or wrong in the configuration', async () => {
    const cases: readonly (readonly [readonly string[], Record<string, string>, RegExp])[] = [
      [[], { PHIGATE_DATA_DIR: join(dataDir, 'none') }, /has the demo been started/],
      [['--client', 'nobody'], { PHIGATE_DATA_DIR: dataDir }, /no such client/],
      [['--user', 'nobody'], { PHIGATE_DATA_DIR: dataDir }, /invalid/],
      [['--user', 'admin', '--client', 'x'], { PHIGATE_DATA_DIR: dataDir }, /cannot be used with/],
      [['--user', 'admin'], configured(), /demo mode/],
      [[], configured({ PHIGATE_ISSUER: 'nowhere' }), /PHIGATE_ISSUER/],
      [[], configured({ PHIGATE_CLIENT_ID: '' }), /PHIGATE_CLIENT_ID/],
      [[], configured({ PHIGATE_CLIENT_SECRET: '' }), /PHIGATE_CLIENT_SECRET/],
      [[], configured({ PHIGATE_ISSUER: 'http://issuer.example' }), /https/],
    ]
    for (const [args, environment, message] of cases) {
      const result = await run(args, environment)
      assert.deepEqual([result.code, result.stdout], [2, ''])
      assert.match(result.stderr, message)
    }
  })
})
