import assert from 'node:assert/strict'
import {
  usualIssuer,
  ConfigError,
  DEFAULT_APPROVALS,
  DEFAULT_LIMITS,
  liveConfig,
  Secret,
  type Config,
} from '../../../src/config/index.ts'

const address = { host: '127.0.0.1', port: 1 }

function configWith(key: string, more: Partial<Config> = {}): Config {
  return {
    listen: address,
    console: address,
    dataDir: 'data',
    policyDir: 'policies',
    keyringFile: 'keyring.json',
    issuers: [usualIssuer(new URL('https://issuer.example'))],
    connections: [
      {
        name: 'claude',
        upstream: new URL('https://api.example'),
        labels: { baa: true },
        timeoutMs: 1000,
        keys: [{ id: 'k1', secret: new Secret(key) }],
      },
    ],
    defaultConnection: 'claude',
    limits: DEFAULT_LIMITS,
    approvals: DEFAULT_APPROVALS,
    allowedHosts: undefined,
    ...more,
  }
}

const keyOf = (config: Config): string | undefined => config.connections[0]?.keys[0].secret.reveal()

describe('the configuration that runs', () => {
  let told: string[]
  let retired: string[]
  beforeEach(() => {
    told = []
    retired = []
  })

  const running = (record: (detail: string) => Promise<unknown>) =>
    liveConfig(configWith('one'), {
      make: (config) => keyOf(config) ?? '',
      retire: (key) => void retired.push(key),
      record,
      log: (event) => void told.push(event),
    })

  it('is replaced as a whole, and what was made of it is retired', async () => {
    const details: string[] = []
    const live = running(async (detail) => details.push(detail))
    await live.reload(() => configWith('two', { limits: { ...DEFAULT_LIMITS, bodyBytes: 5000 } }))
    assert.equal(live.settings(), 'two')
    assert.equal(live.config().limits.bodyBytes, 5000)
    assert.deepEqual(retired, ['one'])
    assert.deepEqual(details, ['reloaded: claude (keys k1)'])
  })

  it('stays what it is until the record is durable', async () => {
    let durable: () => void = () => {}
    const live = running(() => new Promise<void>((resolve) => (durable = resolve)))
    const done = live.reload(() => configWith('two'))
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(live.settings(), 'one')
    durable()
    await done
    assert.equal(live.settings(), 'two')
  })

  it('stays what it is when the change cannot be recorded', async () => {
    const live = running(() => Promise.reject(new Error('disk full')))
    await live.reload(() => configWith('two'))
    assert.equal(live.settings(), 'one')
    assert.equal(keyOf(live.config()), 'one')
    assert.deepEqual(retired, [])
    assert.deepEqual(told, ['config-reload-failed', 'reload-not-recorded'])
  })

  it('goes on after a reload that failed', async () => {
    const live = running(async () => {})
    await live.reload(() => {
      throw new ConfigError('wrong')
    })
    assert.equal(live.settings(), 'one')
    await live.reload(() => configWith('two'))
    assert.equal(live.settings(), 'two')
    assert.deepEqual(told, ['config-reload-failed', 'config-reloaded'])
  })

  it('keeps what is bound to the start, and names it', async () => {
    const details: string[] = []
    const live = running(async (detail) => details.push(detail))
    const other = configWith('two')
    const issuers = [usualIssuer(new URL('https://other.example'))]
    await live.reload(() => ({ ...other, issuers, dataDir: 'elsewhere', listen: { ...address } }))
    assert.equal(live.config().dataDir, 'data')
    assert.equal(live.config().issuers[0]?.url.hostname, 'issuer.example')
    assert.equal(live.settings(), 'two')
    assert.match(details.join(), /; waiting for a restart: \/dataDir, \/issuers$/)
  })
})
