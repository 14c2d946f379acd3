import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../bundle.ts'
import { PolicyError } from '../policy-error.ts'

/** Where in a policy directory its built bundle stands. */
export const BUNDLE_DIR = 'bundle'
export const CAPABILITIES_FILE = 'capabilities.json'
/** Policies to copy from: checked and tested with the others, no part of a bundle. */
export const COOKBOOK_DIR = 'cookbook'

/** One file that goes into a bundle. */
export interface Source {
  /** Relative to the policy directory, with forward slashes. */
  readonly path: string
  readonly bytes: Buffer
}

/**
 * The rules, data and capabilities of a policy directory, without tests, in order of their paths.
 * @throws PolicyError where the directory holds no rule or no capabilities
 */
export function readSources(dir: string): readonly Source[] {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new PolicyError('the policy directory does not exist')
  }
  const paths = policyFiles(dir).filter(
    (path) => !path.endsWith('_test.rego') && !path.startsWith(`${COOKBOOK_DIR}/`),
  )
  if (!paths.some((path) => path.endsWith('.rego'))) {
    throw new PolicyError('the policy directory holds no .rego file')
  }
  if (!paths.includes(CAPABILITIES_FILE)) {
    throw new PolicyError(`the policy directory holds no ${CAPABILITIES_FILE}`)
  }
  return paths.map((path) => ({ path, bytes: readFileSync(join(dir, path)) }))
}

/** Paths of the rules, their tests, the cookbook, the data and the capabilities, sorted. */
export function policyFiles(dir: string): readonly string[] {
  return walk(dir, '').filter(isPolicyFile).toSorted()
}

/** SHA-256 over the names and contents of the sources and the version of OPA that compiles them. */
export function digestOf(sources: readonly Source[], opaVersion: string): string {
  const files = sources.map(({ path, bytes }) => [path, sha256(bytes)])
  return sha256(JSON.stringify({ opa: opaVersion, files }))
}

function isPolicyFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return /(?:\.rego|^data\.(?:json|ya?ml))$/.test(name) || path === CAPABILITIES_FILE
}

function walk(dir: string, prefix: string): readonly string[] {
  return readdirSync(join(dir, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`
    if (!entry.isDirectory()) return [path]
    return path === BUNDLE_DIR || entry.name.startsWith('.') ? [] : walk(dir, `${path}/`)
  })
}
