import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configureClaude, type Flags } from '../../../src/cli/configure.ts'
import { phigate } from '../../support/command.ts'

const GATEWAY = 'https://phigate.example.org/c/claude'

describe('phigate configure claude', () => {
  let directory: string
  let file: string

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-claude-'))
    file = join(directory, 'settings.json')
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  const configure = (more: Partial<Flags> = {}): readonly string[] =>
    configureClaude({ settings: file, gateway: GATEWAY, helper: 'phigate token', ...more })
  const text = (): string => readFileSync(file, 'utf8')
  const settings = (): { env: Record<string, string>; [name: string]: unknown } =>
    JSON.parse(text())

  it('writes address, token helper and the recommended variables', () => {
    configure({ helper: 'print-token' })
    assert.deepEqual(settings(), {
      env: {
        ANTHROPIC_BASE_URL: GATEWAY,
        CLAUDE_CODE_API_KEY_HELPER_TTL_MS: '300000',
        CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS: '1',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        API_TIMEOUT_MS: '1800000',
        CLAUDE_STREAM_IDLE_TIMEOUT_MS: '1800000',
        CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS: '1800000',
      },
      apiKeyHelper: 'print-token',
    })
    assert.equal(statSync(file).mode & 0o777, 0o600)
  })

  it('takes away a file that was not there before', () => {
    configure()
    configure({ undo: true })
    assert.deepEqual(readdirSync(directory), [])
  })

  it('keeps every other setting, and gives back the very text', () => {
    const before = `{\n\t"model": "opus", "n": 1.0,\n\t"env": {"A": "b", "API_TIMEOUT_MS": "5"},\n\t"apiKeyHelper": "mine"}`
    writeFileSync(file, before)
    chmodSync(file, 0o640)
    configure()
    assert.equal(settings()['model'], 'opus')
    assert.equal(settings().env['A'], 'b')
    assert.equal(settings().env['API_TIMEOUT_MS'], '1800000')
    assert.match(text(), /^\{\n\t"model"/)
    assert.equal(statSync(file).mode & 0o777, 0o640)
    configure({ undo: true })
    assert.equal(text(), before)
    assert.deepEqual(readdirSync(directory), ['settings.json'])
  })

  it('writes the same when it runs again, and still knows the way back', () => {
    writeFileSync(file, '{"apiKeyHelper":"mine"}')
    configure()
    const once = text()
    configure()
    assert.equal(text(), once)
    configure({ gateway: 'http://127.0.0.1:9/', helper: 'another' })
    assert.equal(settings().env['ANTHROPIC_BASE_URL'], 'http://127.0.0.1:9')
    configure({ undo: true })
    assert.equal(text(), '{"apiKeyHelper":"mine"}')
  })

  it('takes back only what is still its own when the file was changed since', () => {
    writeFileSync(file, '{"env":{"API_TIMEOUT_MS":"5","A":"b"}}')
    configure()
    const { env, ...rest } = settings()
    const changed = { ...env, ANTHROPIC_BASE_URL: 'https://other.example' }
    writeFileSync(file, JSON.stringify({ ...rest, env: changed, added: true }))
    configure({ undo: true })
    assert.deepEqual(settings(), {
      env: { API_TIMEOUT_MS: '5', A: 'b', ANTHROPIC_BASE_URL: 'https://other.example' },
      added: true,
    })
  })

  it('goes back to before the first run when the file was changed between two', () => {
    writeFileSync(file, '{"apiKeyHelper":"mine"}')
    configure()
    writeFileSync(file, JSON.stringify({ ...settings(), added: true }))
    configure()
    configure({ undo: true })
    assert.deepEqual(settings(), { apiKeyHelper: 'mine', added: true })
  })

  it('leaves no empty env where there was none', () => {
    configure()
    writeFileSync(file, JSON.stringify({ ...settings(), added: true }))
    configure({ undo: true })
    assert.deepEqual(settings(), { added: true })
  })

  it('writes through a link', () => {
    const real = join(directory, 'real.json')
    writeFileSync(real, '{}')
    symlinkSync(real, file)
    configure()
    assert.ok(lstatSync(file).isSymbolicLink())
    assert.ok(readFileSync(real, 'utf8').includes(GATEWAY))
    configure({ undo: true })
    assert.equal(readFileSync(real, 'utf8'), '{}')
  })

  for (const content of ['{ // mine\n}', '[]', '"x"', '{"env":"x"}', '']) {
    it(`leaves a file alone that it cannot take: ${JSON.stringify(content)}`, async () => {
      writeFileSync(file, content)
      const args = ['configure', 'claude', '--settings', file, '--gateway', GATEWAY]
      const { code, stdout, stderr } = await phigate(args)
      assert.equal(code, 2)
      assert.equal(stdout, '')
      assert.match(stderr, /it is left as it is/)
      assert.equal(text(), content)
      assert.deepEqual(readdirSync(directory), ['settings.json'])
    })
  }

  it('refuses an address that is none, or that holds a credential or a query', async () => {
    for (const gateway of [
      'nowhere',
      'ftp://x',
      'https://user:word@phigate.example.org',
      'https://x/?a=1',
    ]) {
      const args = ['configure', 'claude', '--settings', file, '--gateway', gateway]
      const { code, stderr } = await phigate(args)
      assert.equal(code, 2)
      assert.match(stderr, /--gateway must be/)
      assert.ok(!stderr.includes('word@'))
      assert.ok(!existsSync(file))
    }
  })

  it('takes a file that begins with a byte order mark, and gives it back', () => {
    const before = '\uFEFF{"model":"opus"}\r\n'
    writeFileSync(file, before)
    configure()
    assert.equal(settings()['model'], 'opus')
    configure({ undo: true })
    assert.equal(text(), before)
  })

  it('says when a token is set that goes past the helper', () => {
    writeFileSync(file, '{"env":{"ANTHROPIC_AUTH_TOKEN":"mine"}}')
    const said = configure().join()
    assert.match(said, /env\.ANTHROPIC_AUTH_TOKEN is set there too/)
    assert.ok(!said.includes('mine'))
  })

  it('says so when there is nothing to undo', async () => {
    const { code, stderr } = await phigate(['configure', 'claude', '--settings', file, '--undo'])
    assert.equal(code, 2)
    assert.match(stderr, /nothing to undo/)
  })
})
