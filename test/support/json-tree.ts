import type { JsonNode } from '../../src/messages/json.ts'

/** The value that a tree stands for, as JSON.parse gives it. */
export function valueOf(node: JsonNode, text: string): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map((m) => [m.key.value, valueOf(m.value, text)]))
    case 'array':
      return node.items.map((item) => valueOf(item, text))
    case 'number':
      return Number(text.slice(node.start, node.end))
    case 'string':
    case 'literal':
      return node.value
  }
}

/** Everything of a JSON text that is no scalar value: white space, brackets and keys. */
export function skeleton(root: JsonNode, text: string): string {
  let at = 0
  let out = ''
  const visit = (node: JsonNode): void => {
    if (node.kind === 'object') for (const { value } of node.members) visit(value)
    else if (node.kind === 'array') for (const item of node.items) visit(item)
    else {
      out += `${text.slice(at, node.start)}\u25a1`
      at = node.end
    }
  }
  visit(root)
  return out + text.slice(at)
}

/** A value of a JSON Pointer (RFC 6901). */
export function pointed(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], value)
}
