import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { phigate, startScript } from '../support/command.ts'
import { overTls, tlsFiles, type TlsFiles } from '../support/tls-files.ts'

describe('phigate start with a certificate and a keyring', function () {
  this.timeout(120_000)
  let files: TlsFiles
  let config: string

  beforeEach(() => {
    files = tlsFiles()
    const directory = dirname(files.tls.certFile)
    config = join(directory, 'phigate.yaml')
    writeFileSync(join(directory, 'claude.key'), 'sk-upstream')
    writeFileSync(
      config,
      `
issuers: [{ url: 'http://127.0.0.1:9' }]
connections:
  - { name: claude, upstream: 'http://127.0.0.1:9', keys: [{ id: k1, file: claude.key }], labels: { baa: true } }
listen: { port: 0, tls: { certFile: cert.pem, keyFile: key.pem } }
console: { port: 0 }
`,
    )
  })
  afterEach(() => files.remove())

  it('stops before it begins while there is no keyring, and says how to make one', async () => {
    const { code, stderr } = await phigate(['start', '--config', config])
    assert.equal(code, 2)
    assert.match(stderr, /keyring\.json: cannot be read \(phigate keys init/)
  })

  it('runs with both, takes a new certificate while it runs, and does not start with a broken one', async () => {
    assert.equal((await phigate(['keys', 'init', '--config', config])).code, 0)
    const child = startScript('phigate', ['start', '--config', config], {})
    const gateway = new URL('/healthz', await gatewayOf(child))
    const ask = () => overTls(gateway, { ca: files.authority.cert })
    assert.deepEqual(await ask().then(({ status, shown }) => [status, shown]), [200, 'first'])
    const second = files.authority.issue('second')
    files.replace(second)
    while ((await ask()).shown !== 'second') await sleep(50)
    child.kill('SIGTERM')
    assert.deepEqual(await once(child, 'close'), [0, null])
    files.replace({ cert: 'words', key: second.key })
    const { code, stderr } = await phigate(['start', '--config', config])
    assert.equal(code, 1)
    assert.match(stderr, /cert\.pem and .*key\.pem do not make a certificate \(ERR_\w+\)/)
    assert.doesNotMatch(stderr, /words|BEGIN/)
  })
})

/** Where the gateway is heard, once it says that it is ready. What it says later is read and forgotten. */
async function gatewayOf(child: ChildProcess): Promise<string> {
  assert.ok(child.stderr !== null)
  const lines = createInterface({ input: child.stderr })
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('"event":"ready"')) {
        resolve((JSON.parse(line) as { gateway: string }).gateway)
      }
    })
    lines.once('close', () => reject(new Error('it ended before it was ready')))
  })
}
