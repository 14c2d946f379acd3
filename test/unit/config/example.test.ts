import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  exampleConfig,
  ISSUER_EXAMPLES,
  loadConfig,
  type Config,
  type IssuerName,
} from '../../../src/config/index.ts'

const NAMES = Object.keys(ISSUER_EXAMPLES) as IssuerName[]

describe('the example configuration', () => {
  let directory: string

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-example-'))
    mkdirSync(join(directory, 'secrets'))
    writeFileSync(join(directory, 'secrets', 'claude-key'), 'sk-example')
  })
  after(() => rmSync(directory, { recursive: true, force: true }))

  function load(text: string): Config {
    const file = join(directory, 'phigate.yaml')
    writeFileSync(file, text)
    return loadConfig(file, { CLAUDE_KEY_2: 'sk-second' })
  }

  it('names its schema on the first line', () => {
    const [first] = exampleConfig('schemas/config.schema.json').split('\n')
    assert.equal(first, '# yaml-language-server: $schema=schemas/config.schema.json')
  })

  for (const name of NAMES) {
    it(`is taken as it is, with the issuer of ${ISSUER_EXAMPLES[name].title}`, () => {
      const config = load(exampleConfig('s', name))
      const url = ISSUER_EXAMPLES[name].yaml[1]?.replace('  - url: ', '')
      assert.equal(config.issuers[0]?.url.href.replace(/\/$/, ''), url)
    })

    it(`has the issuer of ${ISSUER_EXAMPLES[name].title} as a comment that works`, () => {
      const other = name === 'keycloak' ? 'okta' : 'keycloak'
      const text = exampleConfig('s', other)
      const comment = ISSUER_EXAMPLES[name].yaml.map((line) => `# ${line}`).join('\n')
      assert.ok(text.includes(comment))
      const swapped = text
        .replace(comment, ISSUER_EXAMPLES[name].yaml.join('\n'))
        .replace(ISSUER_EXAMPLES[other].yaml.join('\n'), '')
      assert.deepEqual(load(swapped).issuers, load(exampleConfig('s', name)).issuers)
    })
  }

  it('has settings as comments that work, and that say what is usual', () => {
    const text = exampleConfig('s')
    const settings =
      /^(\s*)# (- \{ id|operations:|models:|timeoutMs:|headers:|tlsT|defaultC|limits:|  bytesInFlight:|  \w+Bytes:|  \w+Ms:)/gm
    assert.equal(text.match(settings)?.length, 13)
    const [all, usual] = [load(text.replace(settings, '$1$2')), load(text)]
    assert.deepEqual(all.limits, usual.limits)
    assert.equal(all.defaultConnection, usual.defaultConnection)
    const [connection] = all.connections
    assert.equal(connection?.keys.length, 2)
    assert.equal(connection?.operations?.length, 4)
    assert.equal(connection?.models?.length, 2)
    assert.equal(connection?.timeoutMs, usual.connections[0]?.timeoutMs)
    assert.deepEqual(connection?.dropHeaders, ['user-agent', 'x-app'])
  })

  it('has limits of callers, metrics and the log as comments that work', () => {
    const settings =
      /^# (limits:|  perPrincipal:|  overrides:|    - \{ (?:principal|connection): |metrics:|log:)/gm
    const text = exampleConfig('s')
    assert.equal(text.match(settings)?.length, 7)
    const { limits, metrics, logExchanges } = load(text.replace(settings, '$1'))
    assert.equal(limits.perPrincipal?.requestsPerMinute, 60)
    assert.equal(limits.overrides?.length, 2)
    assert.deepEqual([metrics?.port, logExchanges], [9464, true])
  })
})
