import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import {
  ConfigError,
  dataDir,
  DEFAULT_APPROVALS,
  DEFAULT_LIMITS,
  DEFAULT_POLICY_DIR,
  DEFAULT_TIMEOUT_MS,
  demoSettings,
  keyringFileOf,
  loadConfig,
  Secret,
} from '../../../src/config/index.ts'

const KEY = 'sk-upstream-secret-value'

const SMALLEST = `
issuers: [{ url: 'https://issuer.example' }]
connections:
  - { name: claude, upstream: 'https://api.example', keys: [{ id: k1, file: claude.key }], labels: { baa: true } }
`

describe('the configuration', () => {
  let directory: string
  let file: string

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-config-'))
    file = join(directory, 'phigate.yaml')
    writeFileSync(join(directory, 'claude.key'), `${KEY}\n`)
  })

  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  function load(text: string): ReturnType<typeof loadConfig> {
    writeFileSync(file, text)
    return loadConfig(file)
  }

  /** The message of the error that stops the start. */
  function problem(text: string): string {
    try {
      load(text)
    } catch (error) {
      assert.ok(error instanceof ConfigError)
      assert.ok(error.message.startsWith(`${file}: `))
      assert.ok(!error.message.includes(KEY))
      return error.message.slice(file.length + 2)
    }
    return assert.fail('the configuration was taken')
  }

  it('is complete with the least that it needs', () => {
    const config = load(SMALLEST)
    assert.deepEqual(
      {
        ...config,
        connections: config.connections.map(({ keys, ...rest }) => [
          rest,
          keys.map(({ id, secret }) => [id, secret.reveal()]),
        ]),
      },
      {
        listen: { host: '127.0.0.1', port: 8080 },
        console: { host: '127.0.0.1', port: 8081 },
        dataDir: join(directory, 'data'),
        policyDir: DEFAULT_POLICY_DIR,
        keyringFile: join(directory, 'data', 'keys', 'keyring.json'),
        recordingDays: 90,
        roster: { file: join(directory, 'data', 'roster'), maxAgeDays: 7 },
        issuers: [
          {
            url: new URL('https://issuer.example'),
            audience: 'phigate',
            consoleAudience: 'phigate-console',
            algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
            clockToleranceSeconds: 5,
            maxKeyAgeSeconds: 86_400,
            claims: {},
            requiredClaims: {},
            grantScopes: [],
            baseScope: 'claude:invoke',
          },
        ],
        connections: [
          [
            {
              name: 'claude',
              upstream: new URL('https://api.example'),
              labels: { baa: true },
              timeoutMs: DEFAULT_TIMEOUT_MS,
            },
            [['k1', KEY]],
          ],
        ],
        defaultConnection: 'claude',
        limits: DEFAULT_LIMITS,
        approvals: DEFAULT_APPROVALS,
        allowedHosts: undefined,
        audit: { retentionDays: 2192, sinks: [] },
      },
    )
  })

  it('takes what is said over what is usual', () => {
    const config = load(`
listen: { host: 0.0.0.0, port: 9000 }
tlsTerminatedBy: the load balancer
dataDir: /var/lib/phigate
policyDir: bundle
keyring: { file: keys.json }
issuers:
  - { url: 'http://[::1]:9', audience: a, algorithms: [ES256], baseScope: s }
  - url: https://two.example
    clockToleranceSeconds: 0
    maxKeyAgeSeconds: 3600
    claims: { scopes: roles, groups: [realm_access.roles], purpose: p, kind: { claim: typ, person: [user] } }
    requiredClaims: { tid: t }
    grantScopes: [s]
defaultConnection: two
connections:
  - { name: one, upstream: 'http://127.0.0.1:1', keys: [{ id: k1, file: claude.key }], labels: { baa: true } }
  - { name: two, upstream: 'http://localhost:1', keys: [{ id: k1, file: claude.key }], labels: { baa: false }, timeoutMs: 5000 }
limits: { bodyBytes: 2048 }
`)
    assert.deepEqual(config.listen, { host: '0.0.0.0', port: 9000 })
    assert.equal(config.dataDir, '/var/lib/phigate')
    assert.equal(config.policyDir, join(directory, 'bundle'))
    assert.equal(config.keyringFile, join(directory, 'keys.json'))
    assert.equal(keyringFileOf(file), config.keyringFile)
    assert.equal(config.defaultConnection, 'two')
    assert.deepEqual(config.limits, { ...DEFAULT_LIMITS, bodyBytes: 2048 })
    const [one, two] = config.issuers
    assert.equal(one?.audience, 'a')
    assert.equal(two?.audience, 'phigate')
    assert.deepEqual([two.clockToleranceSeconds, two.maxKeyAgeSeconds], [0, 3600])
    assert.deepEqual(two.claims, {
      scopes: ['roles'],
      groups: ['realm_access.roles'],
      purpose: 'p',
      kind: { claim: 'typ', person: ['user'] },
    })
    assert.deepEqual([two.requiredClaims, two.grantScopes], [{ tid: 't' }, ['s']])
    assert.equal(config.connections[1]?.timeoutMs, 5000)
  })

  it('takes limits of callers, metrics and the log of exchanges', () => {
    const config = load(`${SMALLEST}
limits:
  perPrincipal: { requestsPerMinute: 60, patientsPerDay: 20 }
  overrides: [{ principal: 'https://issuer.example|batch', connection: claude, concurrent: 2 }]
metrics: { port: 9464 }
log: { exchanges: true }
`)
    assert.deepEqual(config.limits, {
      ...DEFAULT_LIMITS,
      perPrincipal: { requestsPerMinute: 60, patientsPerDay: 20 },
      overrides: [
        { principal: 'https://issuer.example|batch', connection: 'claude', concurrent: 2 },
      ],
    })
    assert.deepEqual(config.metrics, { host: '127.0.0.1', port: 9464 })
    assert.equal(config.logExchanges, true)
    const wrong = (more: string): string => problem(`${SMALLEST}${more}`)
    assert.match(wrong('metrics: { host: 0.0.0.0, port: 1 }'), /^\/metrics\/host must be loopback/)
    assert.match(wrong('limits: { perPrincipal: { concurrent: 0 } }'), /concurrent must be >= 1/)
    assert.match(
      wrong('limits: { overrides: [{ connection: other, concurrent: 1 }] }'),
      /^\/limits\/overrides\/0\/connection must be the name of a connection/,
    )
  })

  it('says which setting is wrong and what is allowed', () => {
    const change = (from: string, to: string): string => problem(SMALLEST.replace(from, to))
    assert.match(problem(''), /^\/ must be object/)
    assert.match(problem('a: [1'), /^line \d+ is not YAML/)
    assert.match(problem(`${SMALLEST}\nlistem: {}`), /^\/ has an unknown key "listem"/)
    assert.match(
      change("issuers: [{ url: 'https://issuer.example' }]", ''),
      /^\/ must have .*issuers/,
    )
    assert.match(
      change("'https://issuer.example'", 'nothing'),
      /^\/issuers\/0\/url must match format/,
    )
    assert.match(change('name: claude', 'name: Claude'), /^\/connections\/0\/name must match/)
    assert.match(
      change('baa: true', 'baa: perhaps'),
      /^\/connections\/0\/labels\/baa must be boolean/,
    )
    assert.match(problem(`${SMALLEST}listen: { port: 70000 }`), /^\/listen\/port must be <= 65535/)
    assert.match(
      problem(SMALLEST.replace("example' }]", "example', algorithms: [none] }]")),
      /^\/issuers\/0\/algorithms\/0 must be one of \["RS256"/,
    )
  })

  it('refuses what would be read on the way', () => {
    for (const url of ['http://issuer.example', 'ftp://localhost']) {
      assert.match(
        problem(SMALLEST.replace('https://issuer.example', url)),
        /^\/issuers\/0\/url must be/,
      )
      assert.match(
        problem(SMALLEST.replace('https://api.example', url)),
        /^\/connections\/0\/upstream must be https/,
      )
    }
    assert.match(
      problem(`${SMALLEST}listen: { host: 0.0.0.0 }`),
      /^\/listen\/host .*tlsTerminatedBy/,
    )
    assert.match(
      problem(`${SMALLEST}console: { host: '::' }`),
      /^\/console\/host .*tlsTerminatedBy/,
    )
  })

  it('takes certificates for a listener, which may then leave loopback', () => {
    for (const name of ['cert.pem', 'key.pem', 'ca.pem']) writeFileSync(join(directory, name), '')
    const own = 'certFile: cert.pem, keyFile: key.pem'
    const files = { certFile: join(directory, 'cert.pem'), keyFile: join(directory, 'key.pem') }
    const config = load(`${SMALLEST}
listen: { host: 0.0.0.0, tls: { ${own} } }
console: { host: '::', tls: { ${own}, clientCaFile: ca.pem, clientCertificates: required } }
approvals: { publicUrl: 'https://console.example' }
`)
    assert.deepEqual(config.listen.tls, { ...files, clientCertificates: 'off' })
    assert.deepEqual(config.console.tls, {
      ...files,
      clientCaFile: join(directory, 'ca.pem'),
      clientCertificates: 'required',
    })
    const tls = (settings: string): string => problem(`${SMALLEST}listen: { tls: { ${settings} } }`)
    assert.match(tls('certFile: cert.pem'), /^\/listen\/tls must have .*keyFile/)
    assert.match(
      tls('certFile: no.pem, keyFile: key.pem'),
      /^\/listen\/tls\/certFile names .*no\.pem/,
    )
    assert.match(
      tls(`${own}, clientCaFile: no.pem`),
      /^\/listen\/tls\/clientCaFile names .*no\.pem/,
    )
    assert.match(
      tls(`${own}, clientCertificates: some`),
      /clientCertificates must be one of \["off"/,
    )
    for (const half of ['clientCaFile: ca.pem', 'clientCertificates: optional']) {
      assert.match(tls(`${own}, ${half}`), /clientCaFile and clientCertificates .* go together/)
    }
    const { host, tls: given } = load(`${SMALLEST}listen: { tls: { ${own} } }`).listen
    assert.deepEqual([host, given?.certFile], ['127.0.0.1', files.certFile])
  })

  it('refuses issuers that are not there or cannot be told apart', () => {
    const change = (to: string): string =>
      problem(SMALLEST.replace("{ url: 'https://issuer.example' }", to))
    assert.match(change(''), /^\/issuers must/)
    const [one, other] = ["{ url: 'https://a.example/x' }", "{ url: 'https://A.example/x/' }"]
    assert.match(change(`${one}, ${other}`), /^\/issuers has a url twice/)
  })

  it('takes the issuers that the README shows', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
    const shown = /### Issuers of tokens[^]*?```yaml\n([^]*?)```/.exec(readme)?.[1] ?? ''
    const { issuers } = load(SMALLEST.replace(/^issuers:.*$/m, shown))
    assert.equal(issuers.length, 4)
    assert.deepEqual(issuers[3]?.requiredClaims, { 'kubernetes.io.namespace': 'wards' })
  })

  it('refuses connections that cannot be told apart or are not there', () => {
    const twice = SMALLEST + SMALLEST.split('\n').find((line) => line.startsWith('  -'))
    assert.match(problem(`${twice}\n`), /^\/connections has a name twice/)
    assert.match(problem(`${SMALLEST}defaultConnection: other`), /^\/defaultConnection must be/)
  })

  it('refuses keys that are not there or empty', () => {
    assert.match(
      problem(SMALLEST.replace('claude.key', 'no.key')),
      /^\/connections\/0\/keys\/0\/file names a file that cannot be read: .*no\.key/,
    )
    writeFileSync(join(directory, 'claude.key'), ' \n')
    assert.match(problem(SMALLEST), /^\/connections\/0\/keys\/0\/file names an empty file/)
  })

  it('is an error where there is none', () => {
    assert.throws(
      () => loadConfig(join(directory, 'none.yaml')),
      (error) => error instanceof ConfigError && /none\.yaml: cannot be read/.test(error.message),
    )
  })

  it('shows no secret, however it is printed', () => {
    const config = load(SMALLEST)
    const shown = [
      JSON.stringify(config.connections),
      inspect(config.connections, { depth: 9, showHidden: true }),
      String(config.connections[0]?.keys[0].secret),
    ]
    for (const text of shown) assert.ok(!text.includes(KEY))
    assert.equal(JSON.stringify(new Secret('x')), '"[secret]"')
    assert.equal(new Secret('x').reveal(), 'x')
  })
})

describe('the environment of the demo', () => {
  it('has ports, a directory and the simulator if it says nothing', () => {
    assert.deepEqual(demoSettings({}), {
      port: 8080,
      consolePort: 8081,
      dataDir: '.phigate',
      upstream: undefined,
      apiKey: undefined,
    })
  })

  it('goes to the real API where there is a key, or to what it names', () => {
    assert.equal(
      demoSettings({ ANTHROPIC_API_KEY: 'k' }).upstream?.href,
      'https://api.anthropic.com/',
    )
    const named = { PHIGATE_UPSTREAM: 'http://127.0.0.1:1', ANTHROPIC_API_KEY: 'k' }
    assert.equal(demoSettings(named).upstream?.port, '1')
    assert.equal(dataDir({ PHIGATE_DATA_DIR: '/x' }), '/x')
    assert.equal(
      demoSettings({ PHIGATE_PORT: '0', PHIGATE_CONSOLE_PORT: '65535' }).consolePort,
      65_535,
    )
  })

  it('is refused by the name of the variable', () => {
    const refused = (name: string, value: string) =>
      assert.throws(
        () => demoSettings({ [name]: value }),
        (error) =>
          error instanceof ConfigError &&
          error.message.startsWith(name) &&
          !error.message.includes(`"${value}"`),
      )
    for (const port of ['65536', '-1', '8o8o', '1e3', '']) refused('PHIGATE_PORT', port)
    refused('PHIGATE_CONSOLE_PORT', 'x')
    refused('PHIGATE_UPSTREAM', 'nowhere')
  })
})
