import { readFileSync } from 'node:fs'
import { parseDocument } from 'yaml'
import { SchemaError, validate, type ConfigFile, type ConnectionFile } from '../schema/index.ts'
import { ConfigError, type Problem } from './config-error.ts'

/** The parts of phigate.yaml that fit the schema. What does not is left out, so that the rest can still be checked. */
export interface SoundParts extends Partial<Omit<ConfigFile, 'connections'>> {
  readonly connections: readonly (ConnectionFile | undefined)[]
}

/**
 * Reads a file and holds it against the schema; what does not fit is added to `problems`.
 * @throws ConfigError when the file cannot be read or is no YAML
 */
export function soundParts(file: string, problems: Problem[]): SoundParts {
  const document = parse(file)
  const unsound: string[] = []
  try {
    validate('config', document)
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    for (const { path, message, keyword } of error.errors) {
      problems.push({ path, message })
      // A key too many takes nothing from what stands beside it.
      if (keyword !== 'additionalProperties') unsound.push(path)
    }
  }
  const isSound = (path: string): boolean =>
    !unsound.some((bad) => bad === path || bad.startsWith(`${path}/`))
  return partsOf(document, isSound)
}

function partsOf(document: unknown, isSound: (path: string) => boolean): SoundParts {
  const parts: Record<string, unknown> = {}
  for (const [name, value] of isObject(document) ? Object.entries(document) : []) {
    if (name !== 'connections' && isSound(`/${name}`)) parts[name] = value
  }
  const listed = isObject(document) ? document['connections'] : undefined
  const connections = Array.isArray(listed)
    ? listed.map((item: unknown, index) => (isSound(`/connections/${index}`) ? item : undefined))
    : []
  // What is left has just been held against the schema.
  return { ...parts, connections } as SoundParts
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ConfigError(`${file}: cannot be read`, { cause })
  }
  const document = parseDocument(text)
  const [problem] = document.errors
  if (problem !== undefined) {
    const line = problem.linePos?.[0].line ?? 0
    throw new ConfigError(`${file}: line ${line} is not YAML (${problem.code})`)
  }
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown
  } catch (cause) {
    // The library's words would print what stands there.
    const message = `${file}: an alias (*NAME) has no anchor (&NAME) before it, or there are more than ${MOST_ALIASES}`
    throw new ConfigError(message, { cause })
  }
}

/** Of aliases in aliases, all of them: what they stand for grows with every level. */
const MOST_ALIASES = 100
