import { fileURLToPath } from 'node:url'
import { readBundle, type PolicyBundle } from '../../../src/policy/index.ts'

export const policiesDir = fileURLToPath(new URL('../../../policies/', import.meta.url))

export function committedBundle(): PolicyBundle {
  return readBundle(`${policiesDir}bundle`)
}
