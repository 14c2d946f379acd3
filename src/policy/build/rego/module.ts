import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '../../bundle.ts'
import type { Run } from '../run.ts'
import { locationOf, type Place } from '../violation.ts'
import { termOf, termsOf, type Term } from './term.ts'

/** One expression of a rule's body. */
export interface Expression {
  readonly place: Place
  readonly negated: boolean
  /** A term alone, or the function and the arguments of a call; none for `some` and `every`. */
  readonly terms: readonly Term[]
  /** What `some x in y` (the call) or `every x in y` (domain and value) declares. */
  readonly declared: unknown
}

export interface Rule {
  readonly name: string
  readonly place: Place
  readonly isDefault: boolean
  /** Whether it is `NAME contains KEY`. */
  readonly isSet: boolean
  /** What a set contains. */
  readonly key: Term | undefined
  readonly value: Term | undefined
  readonly args: readonly Term[]
  readonly body: readonly Expression[]
  /** The whole rule as OPA printed it, `else` included. */
  readonly node: Record<string, unknown>
}

export interface Annotation {
  readonly scope: string
  readonly title: string
  readonly description: string
  readonly entrypoint: boolean
  readonly codes: readonly string[]
  readonly place: Place
}

/** A file of Rego that parses. */
export interface Module {
  readonly file: string
  readonly packagePath: readonly string[]
  /** Local names of what is imported, with the path below `data` or `input`. */
  readonly imports: ReadonlyMap<string, readonly string[]>
  readonly annotations: readonly Annotation[]
  readonly rules: readonly Rule[]
}

/**
 * Parses a file; of a test, which is no part of a bundle, only its package is read.
 * @returns undefined where the file does not parse: `opa check` reports that
 */
export async function parseModule(
  dir: string,
  file: string,
  opa: string,
  run: Run,
): Promise<Module | undefined> {
  if (file.endsWith('_test.rego')) return packageOnly(dir, file)
  const args = ['parse', '--format', 'json', '--json-include', 'locations', file]
  const { code, stdout } = await run(opa, args, { cwd: dir })
  if (code !== 0) return undefined
  const module: unknown = JSON.parse(stdout)
  if (!isRecord(module) || !isRecord(module['package'])) return undefined
  return {
    file,
    packagePath: names(module['package']['path']).slice(1),
    imports: importsOf(module['imports']),
    annotations: records(module['annotations']).map(annotationOf),
    rules: records(module['rules']).map(ruleOf),
  }
}

function packageOnly(dir: string, file: string): Module | undefined {
  const said = /^package[ \t]+([\w.]+)/m.exec(readFileSync(join(dir, file), 'utf8'))?.[1]
  if (said === undefined) return undefined
  const nothing = { imports: new Map<string, readonly string[]>(), annotations: [], rules: [] }
  return { file, packagePath: said.split('.'), ...nothing }
}

export function bodyOf(nodes: unknown): readonly Expression[] {
  return records(nodes).map(({ terms, negated, location }) => ({
    place: locationOf(location),
    negated: negated === true,
    terms: Array.isArray(terms) ? termsOf(terms) : one(terms),
    declared: isRecord(terms) && !('type' in terms) ? terms : undefined,
  }))
}

function one(terms: unknown): readonly Term[] {
  const term = termOf(terms)
  return term === undefined ? [] : [term]
}

function ruleOf(node: Record<string, unknown>): Rule {
  const head = isRecord(node['head']) ? node['head'] : {}
  const reference = names(head['ref'])
  return {
    name: reference.join('.'),
    place: locationOf(head['location']),
    isDefault: node['default'] === true,
    isSet: reference.length === 1 && 'key' in head && !('value' in head),
    key: termOf(head['key']),
    value: termOf(head['value']),
    args: termsOf(head['args']),
    body: bodyOf(node['body']),
    node,
  }
}

function annotationOf(node: Record<string, unknown>): Annotation {
  const custom = isRecord(node['custom']) ? node['custom'] : {}
  const codes: readonly unknown[] = [custom['code'] ?? []].flat()
  return {
    scope: text(node['scope']),
    title: text(node['title']),
    description: text(node['description']),
    entrypoint: node['entrypoint'] === true,
    codes: codes.map(String),
    place: locationOf(node['location']),
  }
}

function importsOf(nodes: unknown): ReadonlyMap<string, readonly string[]> {
  return new Map(
    records(nodes).map((node) => {
      const path = isRecord(node['path']) ? names(node['path']['value']) : []
      return [text(node['alias']) || (path.at(-1) ?? ''), path]
    }),
  )
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function records(nodes: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(nodes) ? nodes.filter(isRecord) : []
}

function names(terms: unknown): readonly string[] {
  return termsOf(terms).map((term) => String(term.value))
}
