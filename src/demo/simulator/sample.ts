import { isObject } from './wire.ts'

const MAX_DEPTH = 8

/** A value that fits a tool's JSON Schema, with every property there is and `text` for every string. */
export function sampleOf(schema: unknown, text: string, depth = 0): unknown {
  if (!isObject(schema) || depth > MAX_DEPTH) return text
  const { enum: options, const: only, anyOf, oneOf, properties, items } = schema
  if (only !== undefined) return only
  if (Array.isArray(options)) return options[0]
  for (const variants of [anyOf, oneOf]) {
    if (Array.isArray(variants)) return sampleOf(variants[0], text, depth + 1)
  }
  switch (isObject(properties) ? 'object' : firstOf(schema['type'])) {
    case 'object':
      return Object.fromEntries(
        Object.entries(isObject(properties) ? properties : {}).map(([name, property]) => [
          name,
          sampleOf(property, text, depth + 1),
        ]),
      )
    case 'array':
      return [sampleOf(items, text, depth + 1)]
    case 'number':
    case 'integer':
      return 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return text
  }
}

function firstOf(type: unknown): unknown {
  return Array.isArray(type) ? type[0] : type
}
