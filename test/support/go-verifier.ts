import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PublicKeysFile } from '../../src/schema/index.ts'

/** The independent verifier, compiled. */
export interface GoVerifier {
  /** Exit code and what it printed. */
  run(
    directory: string,
    ...flags: readonly string[]
  ): { readonly code: number; readonly said: string }
  remove(): void
}

const SOURCE = new URL('../../tools/verify/main.go', import.meta.url).pathname

/** Whether there is a Go compiler to build it with. */
export function hasGo(): boolean {
  return spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0
}

export function buildGoVerifier(keys: PublicKeysFile): GoVerifier {
  const directory = mkdtempSync(join(tmpdir(), 'phigate-verify-'))
  const program = join(directory, 'verify')
  const keyFile = join(directory, 'keys.json')
  execFileSync('go', ['build', '-o', program, SOURCE], { stdio: 'pipe' })
  writeFileSync(keyFile, JSON.stringify(keys))
  return {
    run(log, ...flags) {
      const { status, stdout } = spawnSync(program, ['-keys', keyFile, ...flags, log], {
        encoding: 'utf8',
      })
      return { code: status ?? -1, said: stdout.trim() }
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** Runs a line of shell in a folder, without Go's modules of ours. @returns what it printed */
export function shellIn(directory: string, line: string): string {
  return execFileSync('sh', ['-c', line], { cwd: directory, encoding: 'utf8', stdio: 'pipe' })
}
