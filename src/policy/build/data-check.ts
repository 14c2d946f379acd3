import { isRecord, POLICY_ROOTS } from '../bundle.ts'
import { PolicyError } from '../policy-error.ts'
import { SchemaError, validate, type PolicyData } from '../../schema/index.ts'
import { compileSignals } from '../signals.ts'
import { checkDataPath } from './contract.ts'
import { readDataFile, type DataFile } from './data-file.ts'
import type { Violation } from './violation.ts'

/** The data of a policy directory, and what is wrong with it. */
export interface CheckedData {
  readonly violations: readonly Violation[]
  readonly files: readonly DataFile[]
  /** `data.gateway_config`, where it fits its schema. */
  readonly config: PolicyData | undefined
}

const CONFIG = 'gateway_config'

/** Checks that data does not speak for rules, fits its schema, and holds patterns that compile. */
export function checkData(dir: string, paths: readonly string[]): CheckedData {
  const violations = paths.flatMap(checkDataPath)
  const files: DataFile[] = []
  for (const path of paths) {
    const read = readDataFile(dir, path)
    if ('file' in read) files.push(read)
    else violations.push(...read)
  }
  violations.push(...files.flatMap(shadowedRoots))
  const value = configOf(files)
  const misfits = againstSchema(value, files)
  violations.push(...misfits, ...(misfits.length > 0 ? [] : patterns(value, files)))
  return {
    violations,
    files,
    config: misfits.length > 0 ? undefined : (value as unknown as PolicyData),
  }
}

/** Where a value of `data.gateway_config` stands. */
export function placeInConfig(files: readonly DataFile[], keys: readonly string[]): Violation {
  const full = [CONFIG, ...keys]
  const holders = files
    .filter((file) => file.keys.every((key, index) => key === full[index]))
    .toSorted((a, b) => b.keys.length - a.keys.length)
  const [holder] = holders
  const place = holder?.place(full.slice(holder.keys.length))
  return { ...(place ?? { file: `${CONFIG}/data.json`, row: 1, col: 1 }), message: '' }
}

/** A key of a file at the root becomes a directory's: `{"teams": ...}` would add to what teams say. */
function shadowedRoots(file: DataFile): readonly Violation[] {
  if (file.keys.length > 0 || !isRecord(file.value)) return []
  return Object.keys(file.value)
    .filter((key) => POLICY_ROOTS.includes(key))
    .map((key) => ({
      ...file.place([key]),
      message: `data must not stand under ${key}: it would add to what rules say`,
      fix: 'give it another name',
    }))
}

function configOf(files: readonly DataFile[]): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  // A directory's file comes before those below it.
  for (const { keys, value } of files.toSorted((a, b) => a.keys.length - b.keys.length)) {
    put(root, keys, value)
  }
  const config = root[CONFIG]
  return isRecord(config) ? config : {}
}

function put(root: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  const [key, ...rest] = keys
  if (key === undefined) {
    if (isRecord(value)) Object.assign(root, structuredClone(value))
    return
  }
  const inner = root[key]
  if (rest.length === 0 && !isRecord(value)) root[key] = value
  else {
    const next = isRecord(inner) ? inner : {}
    root[key] = next
    put(next, rest, value)
  }
}

function againstSchema(
  value: Record<string, unknown>,
  files: readonly DataFile[],
): readonly Violation[] {
  try {
    validate('policy-data', value)
    return []
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    return error.errors.map(({ path, message }) => {
      const keys = path.split('/').slice(1).map(unescape)
      const name = ['data', CONFIG, ...keys.filter((key) => key !== '')].join('.')
      const at = placeInConfig(files, keys)
      return { ...at, message: `${name} ${message}`, fix: 'see schemas/policy-data.schema.json' }
    })
  }
}

/** RFC 6901. */
function unescape(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}

function patterns(
  value: Record<string, unknown>,
  files: readonly DataFile[],
): readonly Violation[] {
  try {
    compileSignals({ [CONFIG]: value })
    return []
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    const [where = ''] = /signals[^ ]*/.exec(error.message) ?? []
    const at = placeInConfig(
      files,
      where.split(/[.[\]]+/).filter((key) => key !== ''),
    )
    return [{ ...at, message: error.message, fix: 'write it in the syntax of RE2' }]
  }
}
