import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { close, listen } from '../../../src/demo/loopback.ts'
import { phigate } from '../../support/command.ts'

const KEY = 'sk-upstream-secret-value'

describe('phigate config and phigate connections', () => {
  let directory: string
  let file: string
  const asked: (string | undefined)[] = []
  let upstream: Server
  let url: URL

  before(async () => {
    upstream = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      response.writeHead(request.headers['x-api-key'] === KEY ? 200 : 401).end('{"data":[]}')
    })
    url = await listen(upstream, 0)
  })
  after(() => close(upstream))
  beforeEach(() => {
    asked.length = 0
    directory = mkdtempSync(join(tmpdir(), 'phigate-cli-'))
    file = join(directory, 'phigate.yaml')
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  function secrets(): void {
    mkdirSync(join(directory, 'secrets'))
    writeFileSync(join(directory, 'secrets', 'claude-key'), KEY)
  }

  it('writes a configuration that passes once its secrets are there, and only once', async () => {
    assert.equal((await phigate(['config', 'init', file])).code, 0)
    const [first = ''] = readFileSync(file, 'utf8').split('\n')
    const schema = first.replace('# yaml-language-server: $schema=', '')
    const at = resolve(dirname(file), schema)
    assert.equal((JSON.parse(readFileSync(at, 'utf8')) as { title: string }).title, 'ConfigFile')
    const missing = await phigate(['config', 'check', '--config', file])
    assert.equal(missing.code, 1)
    assert.deepEqual(
      missing.stdout.split('\n').map((line) => line.slice(file.length).split(' ')[1] ?? ''),
      ['/connections/0/keys/0/file', ''],
    )
    secrets()
    const without = await phigate(['config', 'check', '--config', file])
    assert.equal(without.code, 1)
    assert.match(without.stdout, /\/keyring\/file .*phigate keys init/)
    assert.equal((await phigate(['keys', 'init', '--config', file])).code, 0)
    assert.deepEqual(await phigate(['config', 'check', '--config', file]), {
      code: 0,
      stdout: 'ok\n',
      stderr: '',
    })
    writeFileSync(file, 'mine')
    const again = await phigate(['config', 'init', file])
    assert.equal(again.code, 2)
    assert.match(again.stderr, /phigate\.yaml exists/)
    assert.equal(readFileSync(file, 'utf8'), 'mine')
  })

  it('knows no file that is not there, and no issuer that it does not know', async () => {
    assert.equal((await phigate(['config', 'check', '--config', file])).code, 2)
    assert.equal((await phigate(['config', 'init', file, '--issuer', 'none'])).code, 2)
  })

  const configuration = (): string => `
issuers: [{ url: 'https://issuer.example' }]
connections:
  - name: claude
    upstream: ${url.origin}/base
    keys: [{ id: good, file: secrets/claude-key }, { id: stale, env: STALE_KEY }]
    labels: { baa: true, region: eu }
  - { name: nowhere, upstream: 'http://127.0.0.1:1', keys: [{ id: k, env: STALE_KEY }], labels: { baa: false } }
`

  it('lists connections without their keys', async () => {
    secrets()
    writeFileSync(file, configuration())
    const args = ['connections', 'list', '--config', file]
    const { code, stdout, stderr } = await phigate(args, { STALE_KEY: 'sk-stale' })
    assert.equal(code, 0)
    assert.equal(
      stdout,
      `claude\t${url.origin}\tbaa=true,region=eu\tkeys=good,stale\n` +
        'nowhere\thttp://127.0.0.1:1\tbaa=false\tkeys=k\n',
    )
    assert.equal(stderr, '')
    assert.deepEqual(asked, [])
  })

  it('asks each upstream with each key, and shows no key', async () => {
    secrets()
    writeFileSync(file, configuration())
    const args = ['connections', 'test', '--config', file]
    const { code, stdout, stderr } = await phigate(args, { STALE_KEY: 'sk-stale' })
    assert.equal(code, 1)
    assert.equal(
      stdout,
      `claude\t${url.origin}\tgood\tok\nclaude\t${url.origin}\tstale\tstatus 401\n` +
        'nowhere\thttp://127.0.0.1:1\tk\tunreachable\n',
    )
    assert.equal(stderr, '')
    assert.deepEqual(asked, Array(2).fill('GET /base/v1/models?limit=1'))
  })

  it('ends with 2 and the problems where the configuration is wrong', async () => {
    writeFileSync(file, 'connections: []')
    for (const act of ['list', 'test']) {
      const { code, stdout, stderr } = await phigate(['connections', act, '--config', file])
      assert.equal(code, 2)
      assert.equal(stdout, '')
      assert.match(stderr, /\/connections must NOT have fewer than 1 items/)
    }
  })
})
