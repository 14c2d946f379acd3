import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CAPABILITIES_FILE, readSources } from '../build/sources.ts'

/**
 * Lets OPA see exactly what goes into a bundle, rules and data: of anything else in the directory it would make data.
 * @param act gets a scratch directory, which is removed afterwards, and the copy in it
 * @throws PolicyError where the directory is not one of policy
 */
export async function withSources<T>(
  dir: string,
  act: (scratch: string, copy: string) => Promise<T>,
): Promise<T> {
  const sources = readSources(dir).filter(({ path }) => path !== CAPABILITIES_FILE)
  const scratch = mkdtempSync(join(tmpdir(), 'phigate-review-'))
  try {
    const copy = join(scratch, 'policies')
    for (const { path, bytes } of sources) {
      mkdirSync(dirname(join(copy, path)), { recursive: true })
      writeFileSync(join(copy, path), bytes)
    }
    return await act(scratch, copy)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
