import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseModule, type Module } from '../../src/policy/build/rego/module.ts'
import { run } from '../../src/policy/build/run.ts'

/** Parses sources by their paths in a policy directory. */
export async function parseSources(
  sources: Readonly<Record<string, string>>,
  opa: string,
): Promise<readonly Module[]> {
  const dir = mkdtempSync(join(tmpdir(), 'phigate-rego-'))
  try {
    const modules: Module[] = []
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), text)
      const module = await parseModule(dir, path, opa, run)
      if (module === undefined) throw new Error(`${path} does not parse`)
      modules.push(module)
    }
    return modules
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** A module of a team with one deny rule, whose condition begins in row 4. */
export function denyingIf(condition: string, more = ''): Record<string, string> {
  const rule = `deny contains {"code": "x", "message": "x"} if {\n\t${condition}\n}\n`
  return { 'teams/t/t.rego': `package teams.t\n\n${rule}\n${more}` }
}
