import assert from 'node:assert/strict'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import readRules from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { BREACHES, INSTALLED, SOUND_TREE } from './support/import-breaches.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const rules = await readRules(join(root, '.dependency-cruiser.mjs'))
const names = (rules.ruleSet?.forbidden ?? []).map(({ name }) => String(name))
const libraryRules = names.filter((name) => name.startsWith('owner-of-'))

async function check(baseDir: string): Promise<ICruiseResult> {
  const options: ICruiseOptions = { ...rules, baseDir }
  const { output } = await cruise(['src', 'test'], options, rules.enhancedResolveOptions)
  assert.ok(typeof output === 'object')
  return output
}

/** `rule: from -> to`, one for each violation. */
function violations({ summary }: ICruiseResult): readonly string[] {
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)
}

describe('the import rules', function () {
  this.timeout(120_000)

  it('hold in this repository, in which they see every source file', async () => {
    const result = await check(root)
    assert.deepEqual(violations(result), [])
    const seen = new Set(result.modules.map(({ source }) => source))
    const files = globSync('{src,test}/**/*.ts', {
      cwd: root,
      exclude: ['test/clients', 'test/accuracy/node_modules'],
    })
    assert.ok(files.length > 0)
    assert.deepEqual(
      files.filter((file) => !seen.has(file)),
      [],
    )
  })

  it('see imports of values, types and packages, and dynamic ones', async () => {
    const { modules } = await check(root)
    const kinds = new Set(modules.flatMap((m) => m.dependencies.flatMap((d) => d.dependencyTypes)))
    for (const kind of ['local', 'core', 'npm', 'type-only', 'dynamic-import', 'export'] as const) {
      assert.ok(kinds.has(kind), kind)
    }
  })

  it('are error rules with a comment each', () => {
    for (const rule of rules.ruleSet?.forbidden ?? []) {
      assert.equal(rule.severity, 'error', rule.name)
      assert.ok((rule.comment ?? '').length > 20, rule.name)
    }
  })

  describe('in a tree made to break them', () => {
    let dir: string
    const write = (files: Readonly<Record<string, string>>): void => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, path)), { recursive: true })
        writeFileSync(join(dir, path), content)
      }
    }
    beforeEach(() => {
      dir = mkdtempSync(join(tmpdir(), 'phigate-arch-'))
      write(SOUND_TREE)
      for (const name of INSTALLED) {
        const main = `node_modules/${name}/index.js`
        write({ [main]: 'export const J = 1\n', [`node_modules/${name}/package.json`]: '{}' })
      }
    })
    afterEach(() => {
      rmSync(dir, { recursive: true })
    })

    it('find nothing wrong before it is broken', async () => {
      assert.deepEqual(violations(await check(dir)), [])
    })

    for (const [rule, files] of Object.entries(BREACHES)) {
      it(`fire: ${rule}`, async () => {
        write(files)
        const [file] = Object.keys(files)
        const found = violations(await check(dir)).map((line) => line.split(' -> ')[0])
        assert.ok(found.includes(`${rule}: ${file}`), found.join('\n'))
      })
    }

    it('fire for each library that is used outside the files that own it', async () => {
      const libraries = libraryRules.map((rule) => rule.slice('owner-of-'.length))
      const imports = libraries.map((library) => `import '${library}'\n`)
      write({ 'src/store/breach.ts': imports.join('') })
      const found = violations(await check(dir))
      for (const library of libraries) {
        const hit = `owner-of-${library}: src/store/breach.ts`
        assert.ok(
          found.some((line) => line.startsWith(`${hit} -> `)),
          library,
        )
      }
    })

    it('are all among those tried here', () => {
      assert.deepEqual([...Object.keys(BREACHES), ...libraryRules].toSorted(), names.toSorted())
    })
  })
})

describe('the pure core', () => {
  const clockOrChance =
    /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.|\bMath\.random\b|\brandom(?:Bytes|UUID|Int|FillSync)\b|\bset(?:Timeout|Interval|Immediate)\b/
  const outside = /\bprocess\.|\bfetch\(|\bconsole\.|\bglobalThis\b/

  it('uses no clock, chance, timer, environment or network that needs no import', () => {
    const files = globSync('src/{domain,messages,detect,mask,inspect}/**/*.ts', { cwd: root })
    assert.ok(files.length > 50)
    const found = files.filter((file) => {
      const code = withoutComments(readFileSync(join(root, file), 'utf8'))
      return clockOrChance.test(code) || outside.test(code)
    })
    assert.deepEqual(found, [])
  })

  it('would be found out if it did', () => {
    assert.match(withoutComments('const now = Date.now()'), clockOrChance)
    assert.match('const id = randomUUID()', clockOrChance)
    assert.match("const home = process.env['HOME']", outside)
    assert.doesNotMatch(
      withoutComments('/** Not Date.now(). */\n// nor Math.random'),
      clockOrChance,
    )
  })
})

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
}
