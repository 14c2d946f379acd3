import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRecord } from '../bundle.ts'
import { CAPABILITIES_FILE } from './sources.ts'
import type { Violation } from './violation.ts'

const shipped = fileURLToPath(new URL('../../../policies/', import.meta.url))

/**
 * Checks that a policy directory has not given itself more builtins than those that run inside the module: a clock, the
 * network or chance would make a decision one that cannot be repeated.
 */
export function checkCapabilities(dir: string): readonly Violation[] {
  const ours = builtins(shipped)
  const at = { file: CAPABILITIES_FILE, row: 1, col: 1 }
  const fix = 'take it away: the gateway refuses a bundle that needs it'
  return [...builtins(dir)]
    .filter((name) => !ours.has(name))
    .map((name) => ({ ...at, message: `the builtin ${name} is not one of the module`, fix }))
}

function builtins(dir: string): ReadonlySet<string> {
  const file: unknown = JSON.parse(readFileSync(join(dir, CAPABILITIES_FILE), 'utf8'))
  const list = isRecord(file) && Array.isArray(file['builtins']) ? file['builtins'] : []
  return new Set(list.filter(isRecord).map((builtin) => String(builtin['name'])))
}
