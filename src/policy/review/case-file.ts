import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isScalar, LineCounter, parseDocument, type ParsedNode } from 'yaml'
import {
  SchemaError,
  validate,
  type PolicyCase,
  type PolicyInput,
  type SchemaName,
} from '../../schema/index.ts'
import { isRecord } from '../bundle.ts'
import { PolicyError } from '../policy-error.ts'
import { completeFacts, type QuietFacts } from './case-facts.ts'

/** Where in a policy directory its cases stand, and the file of them that holds the quiet request. */
const CASES_DIR = 'cases'
const QUIET_FILE = 'facts.yaml'

/** A case that can be asked: its facts are complete and fit the schema. */
export interface Case {
  /** A sentence; no two cases share one. */
  readonly name: string
  /** `cases/platform.yaml`, relative to the policy directory. */
  readonly file: string
  /** Counted from 1. */
  readonly row: number
  readonly facts: PolicyInput
  /** What is different from data.gateway_config; undefined where nothing is. */
  readonly config: Readonly<Record<string, unknown>> | undefined
  readonly expected: Expectation
}

export type Expectation =
  | {
      readonly kind: 'decision'
      readonly outcome: NonNullable<PolicyCase['outcome']>
      /** Sorted. */
      readonly reasons: readonly string[]
      /** Sorted; undefined where the case does not say who may approve. */
      readonly approval: readonly string[] | undefined
    }
  | {
      readonly kind: 'profile'
      readonly profile: Readonly<Record<string, unknown>> | null
    }

/**
 * Reads `cases/*.yaml` of a policy directory; a directory without it has no cases.
 *
 * A file maps names to cases, because `opa test policies` loads it as data and such files can stand side by side.
 * @throws PolicyError naming file, row and path
 */
export function readCases(dir: string): readonly Case[] {
  const root = join(dir, CASES_DIR)
  if (!existsSync(root)) return []
  const names = readdirSync(root).filter((name) => name.endsWith('.yaml') && name !== QUIET_FILE)
  const quiet = readQuiet(root)
  const seen = new Map<string, Case>()
  for (const file of names.toSorted()) {
    for (const one of readFile(root, file, quiet)) {
      const other = seen.get(one.name)
      if (other !== undefined) {
        throw problem(one, `has the name of the case in ${other.file}:${other.row}`)
      }
      seen.set(one.name, one)
    }
  }
  return [...seen.values()]
}

function readFile(root: string, name: string, quiet: QuietFacts): readonly Case[] {
  const file = `${CASES_DIR}/${name}`
  return entriesOf(root, name).map(({ key, row, value }) => {
    const place = { file, row }
    const stated = checked('policy-case', value, place)
    return {
      name: key,
      ...place,
      facts: within(place, () => completeFacts(quiet, stated.facts)),
      config: stated.config,
      expected: expectationOf(stated, place),
    }
  })
}

type Place = Pick<Case, 'file' | 'row'>

function expectationOf(stated: PolicyCase, place: Place): Expectation {
  const { outcome, reasons = [], approval, profile } = stated
  if (outcome !== undefined && profile === undefined) {
    const sorted = approval?.toSorted()
    return { kind: 'decision', outcome, reasons: reasons.toSorted(), approval: sorted }
  }
  if (profile !== undefined && outcome === undefined) return { kind: 'profile', profile }
  throw problem(place, 'must say either outcome and reasons, or profile')
}

function readQuiet(root: string): QuietFacts {
  const entries = entriesOf(root, QUIET_FILE).map(({ key, value }) => [key, value] as const)
  const parts = new Map<string, unknown>(entries)
  const part = (key: string): Record<string, unknown> => {
    const value = parts.get(key)
    if (isRecord(value)) return value
    throw problem({ file: `${CASES_DIR}/${QUIET_FILE}`, row: 1 }, `has no object "${key}"`)
  }
  return {
    facts: part('facts'),
    finding: part('finding'),
    signal: part('signal'),
    source: part('source'),
  }
}

interface Entry {
  readonly key: string
  readonly row: number
  readonly value: unknown
}

/** The members of a YAML file that is one mapping, with the rows on which they begin. */
function entriesOf(root: string, name: string): readonly Entry[] {
  const place = { file: `${CASES_DIR}/${name}`, row: 1 }
  const lines = new LineCounter()
  const document = parseDocument(read(join(root, name), place), { lineCounter: lines })
  const [error] = document.errors
  if (error !== undefined) {
    const row = error.linePos?.[0].line ?? 1
    throw problem({ ...place, row }, `is not YAML: ${error.code}`)
  }
  const contents: ParsedNode | null = document.contents
  if (!isMap(contents)) throw problem(place, 'is not a mapping of names to cases')
  return contents.items.map(({ key, value }) => {
    const row = lines.linePos(key.range[0]).line
    if (!isScalar(key) || typeof key.value !== 'string') {
      throw problem({ ...place, row }, 'has a name that is not text')
    }
    const plain: unknown = value === null ? null : value.toJS(document)
    return { key: key.value, row, value: plain }
  })
}

function read(path: string, place: Place): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new PolicyError(`${place.file} cannot be read`, error)
  }
}

function checked(schema: SchemaName & 'policy-case', value: unknown, place: Place): PolicyCase {
  return within(place, () => validate(schema, value))
}

function within<T>(place: Place, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    throw problem(place, error.message)
  }
}

function problem({ file, row }: Place, message: string): PolicyError {
  return new PolicyError(`${file}:${row}: ${message}`)
}
