import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError, exampleConfig, loadConfig, type Config } from '../../../src/config/index.ts'

const SECRET = 'a-secret-of-the-console'
const BASE = `
issuers:
  - { url: 'https://issuer.example/realm', claims: { groups: roles } }
  - { url: 'https://other.example' }
connections:
  - { name: claude, upstream: 'https://api.example', keys: [{ id: k1, env: KEY }], labels: { baa: true } }
`
const SIGN_IN = `
console:
  signIn: { issuer: 'https://issuer.example/realm', clientId: console, clientSecret: { env: SECRET } }
`

describe('the configuration of the console', () => {
  let directory: string

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-config-'))
  })
  after(() => rmSync(directory, { recursive: true, force: true }))

  function load(text: string): Config {
    const file = join(directory, 'phigate.yaml')
    writeFileSync(file, text)
    return loadConfig(file, { KEY: 'k', SECRET })
  }

  function problems(text: string): readonly string[] {
    try {
      load(text)
    } catch (error) {
      assert.ok(error instanceof ConfigError)
      assert.ok(!error.message.includes(SECRET))
      return error.problems.map(({ path, message }) => `${path} ${message}`)
    }
    return assert.fail('the configuration was taken')
  }

  it('has no pages and notifies nobody when nothing is said', () => {
    const { signIn, webhooks } = load(BASE)
    assert.deepEqual([signIn, webhooks], [undefined, undefined])
  })

  it('signs people in at one of the issuers, whose claims are read alike', () => {
    const { signIn } = load(BASE + SIGN_IN)
    assert.ok(signIn !== undefined)
    const { issuer, clientSecret, ...rest } = signIn
    assert.deepEqual(issuer.claims, { groups: ['roles'] })
    assert.equal(clientSecret.reveal(), SECRET)
    assert.deepEqual(rest, {
      clientId: 'console',
      scopes: ['openid'],
      idleSeconds: 900,
      lifeSeconds: 28_800,
      freshSeconds: 900,
    })
  })

  it('takes other scopes and times', () => {
    const text = SIGN_IN.replace(
      'SECRET }',
      'SECRET }, scopes: [profile, openid], freshSeconds: 60',
    )
    const { signIn } = load(BASE + text)
    assert.deepEqual([signIn?.scopes, signIn?.freshSeconds], [['openid', 'profile'], 60])
  })

  it('refuses an issuer that is none of those whose tokens count', () => {
    const text = BASE + SIGN_IN.replace('/realm', '/realm2')
    assert.deepEqual(problems(text), ['/console/signIn/issuer must be the url of one of /issuers'])
  })

  it('refuses a secret that is in the file, or nowhere', () => {
    const inFile = BASE + SIGN_IN.replace('{ env: SECRET }', SECRET)
    assert.match(problems(inFile).join(), /clientSecret must be object/)
    const nowhere = BASE + SIGN_IN.replace('env: SECRET', 'env: NONE')
    assert.match(problems(nowhere).join(), /names the environment variable NONE, which is not set/)
  })

  it('needs a public address, on https, where the console is not on loopback', () => {
    const off = `${BASE}tlsTerminatedBy: the ingress\n${SIGN_IN}  host: 0.0.0.0\n`
    assert.match(problems(off).join(), /^\/approvals\/publicUrl is needed/)
    const plain = `${off}approvals: { publicUrl: 'http://console.example' }\n`
    assert.match(problems(plain).join(), /^\/approvals\/publicUrl must be https/)
    const sound = `${off}approvals: { publicUrl: 'https://console.example' }\n`
    assert.ok(load(sound).signIn !== undefined)
  })

  it('needs its name where the console listens on every address, with pages or without', () => {
    const every = `${BASE}tlsTerminatedBy: the ingress\nconsole: { host: 0.0.0.0 }\n`
    assert.match(problems(every).join(), /^\/approvals\/publicUrl is needed where \/console\/host/)
    load(`${every}approvals: { publicUrl: 'http://console.example' }\n`)
    load(every.replace('0.0.0.0', '10.0.0.7'))
  })

  it('notifies of everything, or of what is said', () => {
    const text = `${BASE}webhooks: [{ url: 'https://a.example/x' }, { url: 'http://127.0.0.1:1', events: [review.settled] }]`
    assert.deepEqual(
      load(text).webhooks?.map(({ url, events }) => [url.href, events]),
      [
        [
          'https://a.example/x',
          ['review.created', 'review.escalated', 'review.settled', 'grant.revoked'],
        ],
        ['http://127.0.0.1:1/', ['review.settled']],
      ],
    )
  })

  it('refuses receivers in the clear, twice, and of events that do not exist', () => {
    assert.deepEqual(problems(`${BASE}webhooks: [{ url: 'http://a.example' }]`), [
      '/webhooks/0/url must be https, or http on loopback',
    ])
    const twice = "webhooks: [{ url: 'https://a.example' }, { url: 'https://a.example/' }]"
    assert.deepEqual(problems(BASE + twice), ['/webhooks has a url twice'])
    const odd = "webhooks: [{ url: 'https://a.example', events: [all] }]"
    assert.match(problems(BASE + odd).join(), /events\/0 must be one of/)
  })

  it('stands in the example as comments that work', () => {
    const lines = exampleConfig('s').split('\n')
    const comment = lines.find((line) => line.startsWith('# in console: signIn:')) ?? ''
    const at = lines.indexOf('# webhooks:')
    const webhooks = lines.slice(at, at + 2).map((line) => line.replace('# ', ''))
    const signIn = comment
      .replace('# in console: ', '')
      .replace('https://issuer.example.org', 'https://other.example')
      .replace('CONSOLE_SECRET', 'SECRET')
    const config = load(`${BASE}console:\n  ${signIn}\n${webhooks.join('\n')}\n`)
    assert.equal(config.signIn?.clientId, 'phigate-console')
    assert.equal(config.webhooks?.length, 1)
  })
})
