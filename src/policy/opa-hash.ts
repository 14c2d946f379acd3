import { createHash } from 'node:crypto'
import { PolicyError } from './policy-error.ts'

/**
 * SHA-256 of a file as OPA signs it (v1/bundle/hash.go): of a JSON document that OPA reads itself, over a walk with
 * sorted keys, so that white space does not matter; of everything else over its bytes.
 * @param name path in the bundle, without a leading slash
 * @throws PolicyError where a document is not JSON
 */
export function opaHash(name: string, bytes: Uint8Array): string {
  const hash = createHash('sha256')
  const base = name.slice(name.lastIndexOf('/') + 1)
  if (base !== 'data.json' && base !== '.manifest') return hash.update(bytes).digest('hex')
  walk(parse(name, bytes), (text) => hash.update(text))
  return hash.digest('hex')
}

function parse(name: string, bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return JSON.parse(text, function (_key, value: unknown, ...[context]: { source?: string }[]) {
      if (typeof value !== 'number') return value
      return new SpelledNumber(context?.source ?? String(value))
    })
  } catch (error) {
    throw new PolicyError(`policy bundle: ${name} is not JSON`, error)
  }
}

/** Numbers keep their spelling: OPA hashes 1.0 and 1 as two values. */
class SpelledNumber {
  readonly spelling: string

  constructor(spelling: string) {
    this.spelling = spelling
  }
}

function walk(value: unknown, write: (text: string) => void): void {
  if (value instanceof SpelledNumber) write(value.spelling)
  else if (Array.isArray(value)) {
    write('[')
    for (const [index, item] of value.entries()) {
      if (index > 0) write(',')
      walk(item, write)
    }
    write(']')
  } else if (typeof value === 'object' && value !== null) {
    write('{')
    for (const [index, [key, member]] of sorted(value).entries()) {
      write(`${index > 0 ? ',' : ''}${primitive(key)}:`)
      walk(member, write)
    }
    write('}')
  } else write(primitive(value))
}

/** Go sorts by bytes, JavaScript by UTF-16 units. */
function sorted(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).toSorted(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )
}

/** As Go writes it: the two line separators are escaped there, and here not. */
function primitive(value: unknown): string {
  const text = JSON.stringify(value)
  return text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
