import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError, loadConfig, type Config } from '../../../src/config/index.ts'

const TOKEN = 'a-token-of-the-siem'
const BASE = `
issuers: [{ url: 'https://issuer.example' }]
connections:
  - { name: claude, upstream: 'https://api.example', keys: [{ id: k1, env: KEY }], labels: { baa: true } }
`

describe('the configuration of the audit log', () => {
  let directory: string
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-config-'))
  })
  after(() => rmSync(directory, { recursive: true, force: true }))

  function load(text: string): Config {
    const file = join(directory, 'phigate.yaml')
    writeFileSync(file, BASE + text)
    return loadConfig(file, { KEY: 'k', TOKEN })
  }

  function problems(text: string): string {
    try {
      load(text)
    } catch (error) {
      assert.ok(error instanceof ConfigError)
      assert.ok(!error.message.includes(TOKEN))
      return error.problems.map(({ path, message }) => `${path} ${message}`).join('\n')
    }
    return assert.fail('the configuration was taken')
  }

  it('keeps it for six years and sends it to nobody when nothing is said', () => {
    assert.deepEqual(load('').audit, { retentionDays: 2192, sinks: [] })
  })

  it('has receivers with a bound, which close the gate unless it says otherwise', () => {
    const { audit } = load(`
audit:
  retentionDays: 3000
  sinks:
    - { name: siem, url: 'https://logs.example/in', authorization: { scheme: Splunk, env: TOKEN } }
    - { name: local, url: 'http://127.0.0.1:9000', maxBacklogBytes: 2000000, failClosed: false }
`)
    assert.equal(audit?.retentionDays, 3000)
    const [siem, local] = audit?.sinks ?? []
    assert.deepEqual([siem?.maxBacklogBytes, siem?.failClosed], [1 << 30, true])
    assert.equal(siem?.authorization?.scheme, 'Splunk')
    assert.equal(siem?.authorization?.secret.reveal(), TOKEN)
    assert.ok(!JSON.stringify(audit).includes(TOKEN))
    assert.deepEqual([local?.maxBacklogBytes, local?.failClosed], [2_000_000, false])
  })

  it('says what is wrong with it', () => {
    const sink = (more: string): string => `audit: { sinks: [{ name: siem, ${more} }] }\n`
    assert.match(
      problems(sink("url: 'http://logs.example'")),
      /\/audit\/sinks\/0\/url must be https/,
    )
    const both = sink("url: 'https://l.example', authorization: { env: TOKEN, file: x }")
    assert.match(problems(both), /\/audit\/sinks\/0\/authorization must have either file or env/)
    const twice = "{ name: siem, url: 'https://l.example' }"
    assert.match(
      problems(`audit: { sinks: [${twice}, ${twice}] }\n`),
      /\/audit\/sinks has a name twice/,
    )
    assert.match(problems('audit: { retentionDays: 0 }\n'), /\/audit\/retentionDays must be >= 1/)
  })
})
