import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isRecord } from '../bundle.ts'
import { PolicyError } from '../policy-error.ts'

const schemas = fileURLToPath(new URL('../../../schemas/', import.meta.url))

/**
 * A schema of ours as one document without references, for `opa check --schema FILE`. A list of types becomes anyOf:
 * of a list OPA takes the first type alone.
 * @throws PolicyError where a reference leads nowhere
 */
export function inlineSchema(name: 'policy-input' | 'profile-input'): unknown {
  const { $id: _, ...schema } = readSchema(`${name}.schema.json`)
  return inline(schema)
}

/**
 * The schema as `opa check --schema` can use it: OPA takes an object with some known members for one without others, and
 * would call every label but `baa` undefined.
 */
export function schemaForOpa(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(schemaForOpa)
  if (!isRecord(schema)) return schema
  const { properties, additionalProperties } = schema
  if (isRecord(properties) && isRecord(additionalProperties) && schema['type'] === 'object') {
    return { type: 'object' }
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, member]) => [key, schemaForOpa(member)]),
  )
}

function inline(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(inline)
  if (!isRecord(node)) return node
  const reference = node['$ref']
  if (typeof reference === 'string') return inline(resolve(reference))
  const { type, ...rest } = node
  if (!Array.isArray(type)) {
    return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, inline(member)]))
  }
  return { anyOf: type.map((one: unknown) => inline({ ...rest, type: one })) }
}

function resolve(reference: string): unknown {
  const [file = '', pointer = ''] = reference.split('#')
  let node: unknown = readSchema(file)
  for (const key of pointer.split('/').slice(1)) {
    node = isRecord(node) ? node[key] : undefined
  }
  if (node === undefined) throw new PolicyError(`the reference ${reference} leads nowhere`)
  return node
}

function readSchema(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`${schemas}${file}`, 'utf8')) as Record<string, unknown>
}

/**
 * The schema of the facts with the names of the signals that data has, so that a rule which waits for another one is
 * found; as it is without names.
 */
export function withNames(schema: unknown, signals: readonly string[] | undefined): unknown {
  if (signals === undefined) return schema
  return replaceIn(schema, ['properties', 'signals', 'items', 'properties', 'name'], {
    type: 'string',
    enum: signals,
  })
}

function replaceIn(node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  return isRecord(node) && key in node
    ? { ...node, [key]: replaceIn(node[key], rest, value) }
    : node
}
