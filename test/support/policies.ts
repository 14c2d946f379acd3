import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildBundle, findOpa } from '../../src/policy/build/index.ts'

const shipped = fileURLToPath(new URL('../../policies/', import.meta.url))

/** A bundle of a test's own, built by the pinned OPA from the shipped policies and some changes. */
export interface TestBundle {
  /** For `policyDir` of the configuration. */
  readonly dir: string
  remove(): void
}

export interface PolicyChange {
  /** Below `policies/`; a new one, where it is not there. */
  readonly file: string
  readonly replace?: readonly (readonly [from: string, to: string])[]
  readonly append?: string
}

/** @throws Error when a text to replace is not there: the change would not happen, and the test prove nothing */
export async function buildTestBundle(changes: readonly PolicyChange[]): Promise<TestBundle> {
  const root = mkdtempSync(join(tmpdir(), 'phigate-test-policies-'))
  const dir = join(root, 'policies')
  cpSync(shipped, dir, { recursive: true })
  // They hold the shipped rules: a test of other rules brings its own, or none.
  rmSync(join(dir, 'canaries'), { recursive: true, force: true })
  for (const { file, replace = [], append = '' } of changes) {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    let text = existsSync(join(dir, file)) ? readFileSync(join(dir, file), 'utf8') : ''
    for (const [from, to] of replace) {
      if (!text.includes(from)) throw new Error(`${file} does not hold the text to replace`)
      text = text.replace(from, to)
    }
    writeFileSync(join(dir, file), text + append)
  }
  const out = join(root, 'bundle')
  await buildBundle({ dir, opa: await findOpa({ env: process.env }), out })
  return { dir: out, remove: () => rmSync(root, { recursive: true, force: true }) }
}
