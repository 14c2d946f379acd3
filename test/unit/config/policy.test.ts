import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError, loadConfig, type PolicyConfig } from '../../../src/config/index.ts'
import { testKey } from '../../support/bundles.ts'

const REST = `
issuers: [{ url: 'https://issuer.example' }]
connections:
  - name: claude
    upstream: https://api.example
    keys: [{ id: k1, env: CLAUDE_KEY }]
    labels: { baa: true }
`

describe('the policy of a configuration', () => {
  const ec = testKey('ES256')
  const rsa = testKey('RS256')
  let directory: string
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-config-'))
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
    const files = {
      'ec.pub': ec.pinned.key,
      'rsa.pub': rsa.pinned.key,
      'ec.pem': ec.secret,
      'weak.pub': weak.export({ type: 'spki', format: 'pem' }).toString(),
      'empty.pub': '',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
  })
  after(() => rmSync(directory, { recursive: true }))

  function load(policy: string): PolicyConfig | undefined {
    const file = join(directory, 'phigate.yaml')
    writeFileSync(file, `${REST}${policy}\n`)
    return loadConfig(file, { CLAUDE_KEY: 'k' }).policy
  }

  function problem(policy: string): string {
    try {
      load(policy)
    } catch (error) {
      assert.ok(error instanceof ConfigError)
      assert.ok(!error.message.includes('BEGIN'))
      return error.problems.map(({ path, message }) => `${path} ${message}`).join('\n')
    }
    return assert.fail('the configuration was taken')
  }

  it('may be left out, or be the directory of before', () => {
    assert.equal(load(''), undefined)
    assert.equal(load('policyDir: built'), undefined)
  })

  it('is a directory, watched unless told otherwise', () => {
    const source = { kind: 'directory', directory: join(directory, 'built'), watch: true }
    assert.deepEqual(load('policy: { directory: built }'), { source })
    assert.deepEqual(load('policy: { directory: built, watch: false }'), {
      source: { ...source, watch: false },
    })
  })

  it('is a signed bundle, whose key and algorithm are pinned', () => {
    const file = join(directory, 'b.tar.gz')
    const both: readonly (readonly [string, typeof ec, string])[] = [
      ['ES256', ec, 'ec.pub'],
      ['RS256', rsa, 'rsa.pub'],
    ]
    for (const [algorithm, { pinned }, name] of both) {
      const text = `policy: { bundle: b.tar.gz, verificationKey: ${name}, algorithm: ${algorithm} }`
      assert.deepEqual(load(text), { source: { kind: 'bundle', file, pinned, watch: true } })
    }
    const text =
      'policy: { bundle: b.tar.gz, verificationKey: ec.pub, algorithm: ES256, keyId: k7 }'
    assert.deepEqual(load(text)?.source, {
      kind: 'bundle',
      file,
      pinned: { ...ec.pinned, keyId: 'k7' },
      watch: true,
    })
  })

  it('may have a bundle in shadow', () => {
    assert.deepEqual(load('policy: { directory: a, shadow: { directory: b, watch: false } }'), {
      source: { kind: 'directory', directory: join(directory, 'a'), watch: true },
      shadow: { kind: 'directory', directory: join(directory, 'b'), watch: false },
    })
  })

  const bundle = 'bundle: b.tar.gz'
  const wrong: readonly (readonly [policy: string, said: RegExp])[] = [
    ['policy: {}', /^\/policy must have either directory or bundle$/],
    [`policy: { directory: a, ${bundle} }`, /^\/policy must have either/],
    ['policy: { directory: a, keyId: k }', /^\/policy\/keyId goes with bundle alone$/],
    ['policy: { directory: a, shadow: {} }', /^\/policy\/shadow must have either/],
    [
      `policy: { ${bundle} }`,
      /^\/policy\/algorithm must be RS256 or ES256.*\n\/policy\/verificationKey must name a file/,
    ],
    [
      `policy: { ${bundle}, verificationKey: ec.pub, algorithm: HS256 }`,
      /^\/policy\/algorithm must be one of \["RS256","ES256"\]$/,
    ],
    [
      `policy: { ${bundle}, verificationKey: no.pub, algorithm: ES256 }`,
      /^\/policy\/verificationKey names a file that cannot be read/,
    ],
    [
      `policy: { ${bundle}, verificationKey: empty.pub, algorithm: ES256 }`,
      /^\/policy\/verificationKey names a file that is no public key/,
    ],
    [
      `policy: { ${bundle}, verificationKey: ec.pem, algorithm: ES256 }`,
      /^\/policy\/verificationKey must name a public key, not a private one/,
    ],
    [
      `policy: { ${bundle}, verificationKey: rsa.pub, algorithm: ES256 }`,
      /^\/policy\/verificationKey must be on P-256 for ES256/,
    ],
    [
      `policy: { ${bundle}, verificationKey: weak.pub, algorithm: RS256 }`,
      /^\/policy\/verificationKey must be RSA of 2048 bits or more for RS256/,
    ],
    ['policy: { directory: a }\npolicyDir: b', /^\/policyDir must not stand beside \/policy$/],
    [
      'policy: { directory: a, poll: 5 }',
      /^\/policy has an unknown key "poll"; allowed are .*watch/,
    ],
  ]
  for (const [policy, said] of wrong) {
    it(`is refused: ${policy.replace('\n', ' and ')}`, () => assert.match(problem(policy), said))
  }
})
