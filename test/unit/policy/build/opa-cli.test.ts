import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findOpa, type FindOpaOptions } from '../../../../src/policy/build/index.ts'
import { run, type Run } from '../../../../src/policy/build/run.ts'
import { PolicyError } from '../../../../src/policy/index.ts'

const VERSION = '1.22.2'

function script(version: string): string {
  return `#!/bin/sh\necho "Version: ${version}"\n`
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

describe('findOpa', () => {
  let dir: string
  let cached: string
  let server: Server
  let base: string
  let served: { status: number; body: string }
  let requested: string[]

  before((done) => {
    server = createServer((request, response) => {
      requested.push(request.url ?? '')
      response.statusCode = served.status
      response.end(served.body)
    })
    server.listen(0, '127.0.0.1', () => {
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/releases`
      done()
    })
  })
  after((done) => {
    server.close(done)
    server.closeAllConnections()
  })
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'phigate-test-'))
    cached = join(dir, 'cache', 'opa', VERSION, 'opa')
    requested = []
    served = { status: 200, body: script(VERSION) }
  })
  afterEach(() => {
    rmSync(dir, { recursive: true })
  })

  /** Nothing on PATH but the system's shell, and a Go that fails. */
  function options(changes: Partial<FindOpaOptions> = {}): FindOpaOptions {
    return {
      env: { PATH: join(dir, 'bin'), PHIGATE_OPA_URL: base },
      cacheDir: join(dir, 'cache'),
      pins: { version: VERSION, sha256: { 'linux-x64': digestOf(script(VERSION)) } },
      platform: 'linux-x64',
      run: withGo(() => ({ code: 1, stderr: 'go: no such tool' })),
      ...changes,
    }
  }

  function withGo(go: (args: readonly string[]) => { code: number; stderr: string }): Run {
    return async (command, args, given) =>
      command === 'go' ? { stdout: '', ...go(args) } : run(command, args, given)
  }

  function put(path: string, version: string): string {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, script(version))
    chmodSync(path, 0o755)
    return path
  }

  function leftOver(): readonly string[] {
    const folder = join(dir, 'cache', 'opa', VERSION)
    return existsSync(folder) ? readdirSync(folder) : []
  }

  it('takes the binary that PHIGATE_OPA names', async () => {
    const named = put(join(dir, 'mine'), VERSION)
    assert.equal(await findOpa(options({ env: { PHIGATE_OPA: named } })), named)
  })

  it('refuses a wrong version in PHIGATE_OPA rather than looking further', async () => {
    const named = put(join(dir, 'mine'), '1.0.0')
    put(join(dir, 'bin', 'opa'), VERSION)
    const env = { PHIGATE_OPA: named, PATH: join(dir, 'bin') }
    await assert.rejects(findOpa(options({ env })), /PHIGATE_OPA .*version 1\.0\.0, not 1\.22\.2/)
  })

  it('refuses a PHIGATE_OPA that does not run or does not tell its version', async () => {
    const env = { PHIGATE_OPA: join(dir, 'missing') }
    await assert.rejects(findOpa(options({ env })), /PHIGATE_OPA names does not run/)
    writeFileSync(join(dir, 'mute'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
    const mute = { PHIGATE_OPA: join(dir, 'mute') }
    await assert.rejects(findOpa(options({ env: mute })), /does not tell its version/)
  })

  it('takes opa on PATH', async () => {
    const path = put(join(dir, 'bin', 'opa'), VERSION)
    assert.equal(await findOpa(options()), path)
    assert.deepEqual(requested, [])
  })

  it('passes over a wrong version on PATH for a right one behind it', async () => {
    put(join(dir, 'bin', 'opa'), '0.9.0')
    const right = put(join(dir, 'more', 'opa'), VERSION)
    const env = { PATH: `${join(dir, 'bin')}:${join(dir, 'more')}` }
    assert.equal(await findOpa(options({ env })), right)
  })

  it('takes the cached binary', async () => {
    put(cached, VERSION)
    assert.equal(await findOpa(options()), cached)
    assert.deepEqual(requested, [])
  })

  it('builds with Go from the pinned modules', async () => {
    let asked: readonly string[] = []
    const go = withGo((args) => {
      asked = args
      put(args[args.indexOf('-o') + 1] ?? '', VERSION)
      return { code: 0, stderr: '' }
    })
    assert.equal(await findOpa(options({ run: go })), cached)
    assert.ok(asked.includes('-mod=readonly'))
    assert.deepEqual(leftOver(), ['opa'])
    assert.deepEqual(requested, [])
  })

  it('does not keep a build of another version', async () => {
    const go = withGo((args) => {
      put(args[args.indexOf('-o') + 1] ?? '', '1.0.0')
      return { code: 0, stderr: '' }
    })
    const pins = { version: VERSION, sha256: {} }
    await assert.rejects(findOpa(options({ run: go, pins })), /the binary built is version 1\.0\.0/)
    assert.deepEqual(leftOver(), [])
  })

  it('downloads a release with the pinned digest and makes it executable', async () => {
    assert.equal(await findOpa(options()), cached)
    accessSync(cached, constants.X_OK)
    assert.equal(readFileSync(cached, 'utf8'), script(VERSION))
    assert.deepEqual(requested, [`/releases/v${VERSION}/opa_linux_amd64_static`])
    assert.deepEqual(leftOver(), ['opa'])
  })

  it('accepts a digest that the operator gives', async () => {
    const env = { PHIGATE_OPA_URL: base, PHIGATE_OPA_SHA256: digestOf(script(VERSION)) }
    const pins = { version: VERSION, sha256: {} }
    assert.equal(await findOpa(options({ env, pins })), cached)
  })

  it('refuses a download with another digest and leaves nothing', async () => {
    served.body = `${script(VERSION)}# changed\n`
    await assert.rejects(findOpa(options()), /does not have the pinned SHA-256/)
    assert.deepEqual(leftOver(), [])
  })

  it('refuses a download that is pinned but of another version, and leaves nothing', async () => {
    served.body = script('1.0.0')
    const pins = { version: VERSION, sha256: { 'linux-x64': digestOf(served.body) } }
    await assert.rejects(findOpa(options({ pins })), /the binary downloaded is version 1\.0\.0/)
    assert.deepEqual(leftOver(), [])
  })

  it('reports what the server answered', async () => {
    served = { status: 404, body: 'no' }
    await assert.rejects(findOpa(options()), /the server answered 404/)
    assert.deepEqual(leftOver(), [])
  })

  it('reports a server that is not there', async () => {
    const env = { PHIGATE_OPA_URL: 'http://127.0.0.1:1' }
    await assert.rejects(findOpa(options({ env })), /could not be fetched/)
  })

  const unpinned: readonly (readonly [string, Partial<FindOpaOptions>, RegExp])[] = [
    [
      'a platform without a pin',
      { pins: { version: VERSION, sha256: {} } },
      /no digest pinned for linux-x64 in tools\/opa-releases\.json/,
    ],
    ['pins of another version', { pins: { version: '1.0.0', sha256: {} } }, /is for OPA 1\.0\.0/],
    ['a platform without a release', { platform: 'sunos-x64' }, /no release of OPA for sunos-x64/],
    [
      'a pin that is no digest',
      { pins: { version: VERSION, sha256: { 'linux-x64': 'abc' } } },
      /is not a SHA-256/,
    ],
  ]
  for (const [what, changes, message] of unpinned) {
    it(`downloads nothing for ${what}`, async () => {
      await assert.rejects(findOpa(options(changes)), message)
      assert.deepEqual(requested, [])
    })
  }

  it('names all ways and why each failed, in one error', async () => {
    put(join(dir, 'bin', 'opa'), '0.9.0')
    const pins = { version: VERSION, sha256: {} }
    await assert.rejects(findOpa(options({ pins })), (error) => {
      assert.ok(error instanceof PolicyError)
      assert.match(error.message, /PHIGATE_OPA is not set, and opa on PATH is version 0\.9\.0/)
      assert.match(error.message, /Go from tools\/go\.mod: go build failed \(go: no such tool\)/)
      assert.match(error.message, /Download of the official release: no digest pinned/)
      return true
    })
  })

  it('pins nothing by default that is not known to be official', async () => {
    const { pins: _, ...rest } = options()
    await assert.rejects(findOpa({ ...rest, platform: 'linux-x64' }), /no digest pinned/)
  })

  it('needs a go.mod that requires OPA', async () => {
    await assert.rejects(findOpa(options({ toolsDir: dir })), /go\.mod cannot be read/)
    writeFileSync(join(dir, 'go.mod'), 'module x\n')
    await assert.rejects(findOpa(options({ toolsDir: dir })), /does not require/)
  })
})
