import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError, loadConfig, type Config } from '../../../src/config/index.ts'

const KEY = 'sk-upstream-secret-value'

const SOUND = `
issuers: [{ url: 'https://issuer.example' }]
connections:
  - name: claude
    upstream: https://api.example
    keys: [{ id: k1, file: claude.key }, { id: k2, env: CLAUDE_KEY }]
    labels: { baa: true }
    operations: [messages.create, models.list]
    models: [claude-haiku-5-5, 'claude-sonnet-*']
    timeoutMs: 30000
    headers: { drop: [x-app, user-agent] }
`

describe('a configuration file', () => {
  let directory: string
  let file: string

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-config-'))
    file = join(directory, 'phigate.yaml')
    writeFileSync(join(directory, 'claude.key'), `${KEY}\n`)
  })

  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  function load(text: string, environment: Record<string, string> = { CLAUDE_KEY: 'k' }): Config {
    writeFileSync(file, text)
    return loadConfig(file, environment)
  }

  function problems(text: string, environment?: Record<string, string>): [string, string][] {
    try {
      load(text, environment)
    } catch (error) {
      assert.ok(error instanceof ConfigError)
      const lines = error.problems.map(({ path, message }) => `${file}: ${path} ${message}`)
      assert.equal(error.message, lines.join('\n'))
      assert.ok(!error.message.includes(KEY))
      return error.problems.map(({ path, message }) => [path, message])
    }
    return assert.fail('the configuration was taken')
  }

  const changed = (from: string, to: string): string => {
    assert.ok(SOUND.includes(from))
    return SOUND.replace(from, to)
  }

  it('says what a connection may do', () => {
    const [connection] = load(SOUND).connections
    assert.deepEqual(
      connection?.keys.map(({ id, secret }) => [id, secret.reveal()]),
      [
        ['k1', KEY],
        ['k2', 'k'],
      ],
    )
    assert.deepEqual(connection?.operations, ['messages.create', 'models.list'])
    assert.deepEqual(connection?.models, ['claude-haiku-5-5', 'claude-sonnet-*'])
    assert.deepEqual(connection?.dropHeaders, ['x-app', 'user-agent'])
    assert.equal(connection?.timeoutMs, 30_000)
  })

  it('is told everything that is wrong with it at once', () => {
    const text = `
listen: { port: 70000 }
console: { host: '::' }
issuers: [{ url: 'http://issuer.example' }]
extra: 1
connections:
  - { name: one, upstream: 'http://api.example', keys: [{ id: k, env: NOT_SET }], labels: { baa: true } }
  - { name: two, upstream: 'https://api.example', apiKey: '${KEY}', labels: {} }
`
    assert.deepEqual(
      problems(text).map(([path]) => path),
      [
        '/',
        '/listen/port',
        '/connections/1',
        '/connections/1',
        '/connections/1/labels',
        '/console/host',
        '/approvals/publicUrl',
        '/issuers/0/url',
        '/connections/0/keys/0/env',
        '/connections/0/upstream',
      ],
    )
  })

  it('names the keys that are known beside one that is not', () => {
    const [[path, message] = ['', '']] = problems(changed('timeoutMs:', 'timeout:'))
    assert.equal(path, '/connections/0')
    assert.match(message, /unknown key "timeout"; allowed are name, upstream, keys,.*timeoutMs/)
  })

  it('has no place for a secret of its own', () => {
    for (const name of ['key', 'apiKey', 'secret', 'value']) {
      const inside = changed('{ id: k1, file: claude.key }', `{ id: k1, ${name}: ${KEY} }`)
      assert.match(problems(inside)[0]?.[1] ?? '', new RegExp(`unknown key "${name}"`))
      const beside = changed('    labels:', `    ${name}: ${KEY}\n    labels:`)
      assert.match(problems(beside)[0]?.[1] ?? '', new RegExp(`unknown key "${name}"`))
    }
    const inUrl = changed('https://api.example', `https://user:${KEY}@api.example`)
    assert.deepEqual(
      problems(inUrl).map(([path]) => path),
      ['/connections/0/upstream'],
    )
  })

  it('names a variable that is missing or empty, never what one holds', () => {
    assert.deepEqual(problems(SOUND, {}), [
      ['/connections/0/keys/1/env', 'names the environment variable CLAUDE_KEY, which is not set'],
    ])
    assert.deepEqual(problems(SOUND, { CLAUDE_KEY: ' ' }), [
      ['/connections/0/keys/1/env', 'names the environment variable CLAUDE_KEY, which is empty'],
    ])
    const [[path, message] = ['', '']] = problems(SOUND, { CLAUDE_KEY: `${KEY}\n${KEY}` })
    assert.equal(path, '/connections/0/keys/1/env')
    assert.match(message, /one line/)
  })

  it('names each key by exactly one source and by an id of its own', () => {
    const wrong: readonly (readonly [string, string, RegExp])[] = [
      ['{ id: k1 }', '/connections/0/keys/0', /either file or env/],
      ['{ id: k1, file: claude.key, env: CLAUDE_KEY }', '/connections/0/keys/0', /either file or/],
      ['{ id: k2, file: claude.key }', '/connections/0/keys', /an id twice/],
    ]
    for (const [to, path, expected] of wrong) {
      const [found = ['', '']] = problems(changed('{ id: k1, file: claude.key }', to))
      assert.equal(found[0], path)
      assert.match(found[1], expected)
    }
  })

  it('knows aliases, and names the file where one leads nowhere or to too much', () => {
    const withAlias = changed('keys: [{ id: k1', 'keys: [&first { id: k1').replace(
      '    labels',
      '    x: *first\n    labels',
    )
    assert.match(problems(withAlias)[0]?.[1] ?? '', /unknown key "x"/)
    const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const bomb = letters.map((name, index) => {
      const before = index === 0 ? 'x' : `*${letters[index - 1]}`
      return `${name}: &${name} [${before}, ${before}, ${before}]`
    })
    for (const text of [changed('labels: {', 'labels: { x: *nowhere,'), bomb.join('\n')]) {
      const said = new RegExp(`^${file}: an alias`)
      assert.throws(
        () => load(text),
        (error) => error instanceof ConfigError && said.test(error.message),
      )
    }
  })

  it('gives no two listeners one port', () => {
    const two = `${SOUND}\nlisten: { port: 8081 }\nmetrics: { port: 8081 }`
    const message = 'must not be that of another listener'
    assert.deepEqual(problems(two), [
      ['/console/port', message],
      ['/metrics/port', message],
    ])
    load(`${SOUND}\nlisten: { port: 0 }\nconsole: { port: 0 }`)
    load(`${SOUND}\nlisten: { host: '::1', port: 8081 }`)
  })

  const impossible: readonly (readonly [string, string, string])[] = [
    ['messages.create,', 'messages.delete,', '/connections/0/operations/0'],
    ['[messages.create, models.list]', '[]', '/connections/0/operations'],
    ["'claude-sonnet-*'", "'*-sonnet'", '/connections/0/models/1'],
    ["'claude-sonnet-*'", "'claude-*-5'", '/connections/0/models/1'],
    ['timeoutMs: 30000', 'timeoutMs: 10', '/connections/0/timeoutMs'],
    ['x-app,', 'authorization,', '/connections/0/headers/drop/0'],
    ['x-app,', 'anthropic-version,', '/connections/0/headers/drop/0'],
    ['labels: { baa: true }', 'labels: { region: eu }', '/connections/0/labels'],
  ]
  for (const [from, to, path] of impossible) {
    it(`refuses at ${path}: ${to}`, () => {
      assert.deepEqual(
        problems(changed(from, to)).map(([at]) => at),
        [path],
      )
    })
  }
})
