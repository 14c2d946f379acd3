import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyring, KeySecret, mintAt, newKeyring } from '../../../src/keyring/index.ts'
import { nameParts } from '../../../src/detect/index.ts'
import { placeholderBook, sessionKeys } from '../../../src/mask/index.ts'
import { finished, shell, type Finished } from '../../support/command.ts'

const ENTRY = new URL('../../../src/cli/phigate.ts', import.meta.url).pathname
const SSN = '123-45-6789'

function run(args: readonly string[], input: string): Promise<Finished> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY, ...args])
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return finished(child)
}

describe('phigate mask', function () {
  this.timeout(120_000)

  it('masks a text, and reports by type alone', async () => {
    const { code, stdout, stderr } = await run(['mask'], `SSN ${SSN} here\n`)
    assert.equal(code, 0)
    assert.match(stdout, /^SSN \[US_SSN_[0-9A-Z]{10}\] here\n$/)
    assert.equal(stderr, 'masked: US_SSN=1\n')
  })

  it('masks strings and numbers of JSON, JSON in strings too, and changes nothing else', async () => {
    const inner = JSON.stringify({ note: `SSN ${SSN}` })
    const input = `{ "mrn": 48291077,\n  "n": 1.50, "inner": ${JSON.stringify(inner)} }`
    const { code, stdout } = await run(['mask', '--json'], input)
    assert.equal(code, 0)
    const shape = stdout.replaceAll(/_[0-9A-HJKMNP-TV-Z]{10}\]/g, '_0]')
    assert.equal(
      shape,
      `{ "mrn": "[MEDICAL_RECORD_NUMBER_0]",\n  "n": 1.50, "inner": "{\\"note\\":\\"SSN [US_SSN_0]\\"}" }`,
    )
  })

  it('writes the placeholders of the gateway for the key and session it is given', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'phigate-mask-'))
    try {
      const secret = new KeySecret(new Uint8Array(32).fill(7))
      const mint = mintAt(new Date(0))
      const file = join(directory, 'keyring.json')
      createKeyring(
        file,
        newKeyring((purpose) => ({ ...mint(purpose), id: `${purpose}-1`, secret })),
      )
      const scope = { principal: 'https://i|s', connection: 'claude', session: 'abc' }
      const flags = Object.entries(scope).flatMap(([name, value]) => [`--${name}`, value])
      const { stdout } = await run(['mask', '--key-file', file, ...flags], `SSN ${SSN}`)
      const keys = sessionKeys({ id: 'mask-1', secret: secret.reveal() }, scope)
      const { placeholder } = placeholderBook(keys, nameParts).name('US_SSN', SSN, false)
      assert.equal(stdout, `SSN ${placeholder}`)
      writeFileSync(file, 'no keyring')
      const broken = await run(['mask', '--key-file', file], `SSN ${SSN}`)
      assert.deepEqual([broken.code, broken.stdout], [2, ''])
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

  it('writes nothing of what it cannot mask or read, and fails', async () => {
    const inputs = [`{"SSN ${SSN}":1,"a":"SSN ${SSN}"}`, '{"a":', `{"a":1,"a":2}`]
    for (const input of inputs) {
      const { code, stdout, stderr } = await run(['mask', '--json'], input)
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, /not complete/)
      assert.doesNotMatch(stderr, /6789/)
    }
    const lines = await run(['mask', '--jsonl'], `{"a":1}\n{"a"\n{"a":2}\n`)
    assert.deepEqual([lines.code, lines.stdout], [1, '{"a":1}\n'])
    assert.match(lines.stderr, /^line 2: /m)
  })

  it('masks a text that is longer than it holds at once', async () => {
    const line = `${'x'.repeat(70)} SSN ${SSN}\n`
    const { stdout } = await run(['mask'], line.repeat(20_000))
    assert.equal(stdout.includes('6789'), false)
    assert.equal(stdout.split('\n').length, 20_001)
  })
})

describe('phigate detect, for people and programs', function () {
  this.timeout(120_000)

  it('says who found what, on what grounds, and shows no text for it', async () => {
    const { stdout } = await run(['detect', '--explain'], `SSN ${SSN}\n`)
    const [, ...why] = stdout.split('\n')
    assert.match(why.join('\n'), /4-15 {2}US_SSN 0\.\d\d {2}by us-ssn: .+ {2}votes: us-ssn 0\.\d\d/)
    assert.doesNotMatch(why.join('\n'), /6789/)
    const lines = await run(['detect', '--jsonl', '--explain'], `{"id":1,"text":"SSN ${SSN}"}\n`)
    assert.match(lines.stdout, /"basis":"labelled","votes":\[\{"recognizer":"us-ssn"/)
  })

  it('reads a JSON document, and tells where in it', async () => {
    const { code, stdout } = await run(['detect', '--json', '--check'], '{"a":[{"mrn":48291077}]}')
    const { spans } = JSON.parse(stdout) as { spans: Record<string, unknown>[] }
    assert.equal(code, 1)
    assert.deepEqual(
      spans.map(({ type, start, end, place }) => [type, start, end, place]),
      [['MEDICAL_RECORD_NUMBER', 0, 8, 'number']],
    )
    assert.equal((await run(['detect', '--json'], 'no JSON')).code, 2)
    assert.equal((await run(['detect', '--check'], 'nothing')).code, 0)
  })

  it('counts offsets from the start of a text that is longer than it holds at once', async () => {
    const lead = 'y y\n'.repeat(400_000)
    const { stdout } = await run(['detect', '--explain'], `${lead}SSN ${SSN}`)
    assert.ok(stdout.includes(`${lead.length + 4}-${lead.length + 15}`))
  })

  it('ends without a word when its reader has enough', async () => {
    const { stderr } = await shell(
      `yes 'SSN ${SSN}' | head -100000 | ${process.execPath} --disable-warning=ExperimentalWarning ${ENTRY} detect | head -1`,
    )
    assert.equal(stderr, '')
  })
})
