import assert from 'node:assert/strict'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findOpa } from '../../../src/policy/build/index.ts'
import { run } from '../../../src/policy/build/run.ts'
import { policiesDir } from './committed.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

interface Block {
  readonly mark: string
  readonly text: string
}

/** The blocks of the README that are marked as a file or as commands, in their order. */
function marked(): readonly Block[] {
  const readme = readFileSync(join(policiesDir, 'README.md'), 'utf8')
  const blocks = readme.matchAll(/^( *)<!-- ((?:file|run)[^>]*?) -->\n\n\1```\w+\n(.*?)\n\1```$/gms)
  return [...blocks].map(([, indent = '', mark = '', text = '']) => ({
    mark,
    text: `${text.replaceAll(new RegExp(`^${indent}`, 'gm'), '')}\n`,
  }))
}

describe('the walk-through of policies/README.md', function () {
  this.timeout(600_000)
  let place: string
  let env: NodeJS.ProcessEnv
  before(async () => {
    place = mkdtempSync(join(tmpdir(), 'phigate-walk-'))
    cpSync(policiesDir, join(place, 'policies'), { recursive: true })
    for (const name of ['package.json', 'src', 'schemas', 'tools', 'node_modules']) {
      symlinkSync(join(root, name), join(place, name))
    }
    // `opa` is the one of the tests, whatever else stands on the PATH.
    const opa = await findOpa({ env: process.env })
    mkdirSync(join(place, 'bin'))
    symlinkSync(opa, join(place, 'bin/opa'))
    const path = [join(place, 'bin'), dirname(process.execPath), process.env['PATH']]
    env = { ...process.env, PATH: path.join(delimiter), PHIGATE_OPA: opa }
  })
  after(() => {
    rmSync(place, { recursive: true })
  })

  const blocks = marked()

  it('has files and commands', () => {
    const kinds = blocks.map(({ mark }) => mark.split(':')[0])
    assert.deepEqual(kinds, ['file', 'file', 'run', 'run', 'file', 'file', 'run'])
  })

  for (const [index, { mark, text }] of blocks.entries()) {
    const path = /^file: (\S+)$/.exec(mark)?.[1]
    if (path !== undefined) {
      it(`gives ${path}, step ${index + 1}`, () => {
        mkdirSync(dirname(join(place, 'policies', path)), { recursive: true })
        writeFileSync(join(place, 'policies', path), text)
      })
      continue
    }
    it(`gives commands that succeed, step ${index + 1}`, async () => {
      const { code, stdout, stderr } = await run('sh', ['-ec', text], {
        cwd: place,
        env,
        timeoutMs: 300_000,
      })
      assert.equal(code, 0, `${stdout}${stderr}`)
      assert.doesNotMatch(stdout, /FAIL/)
    })
  }

  it('leaves a bundle in which the new rule decides', () => {
    const bundle = readFileSync(join(place, 'policies/bundle/policy.wasm'))
    assert.ok(bundle.includes('billing-server-tools'))
    assert.ok(!bundle.includes('team-leads'), 'the cookbook is no part of it')
  })
})
