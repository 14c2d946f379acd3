import { comesAndGoes, INPUT_KEYS, isBillingBlock, SCHEMA_KEYS } from './grammar.ts'
import { member, type JsonNode, type JsonObject, type JsonString } from './json.ts'
import type { TextDocument } from './document.ts'

/** Receives the canonical form piece by piece, for example a hash. */
export type Feed = (text: string) => void

/**
 * The form in which a message is the same message, however a client writes it down (laws 6 and 9): string content as
 * one text block, no `cache_control`, no members that are null, no white space; numbers as written.
 */
export function canonicalMessage(message: JsonNode, document: TextDocument, feed: Feed): void {
  canonical(asBlocks(message, 'content'), document, feed, false)
}

/** The system prompt: a string as one text block, without the Agent SDK's billing block. */
export function canonicalSystem(system: JsonNode, document: TextDocument, feed: Feed): void {
  const blocks = system.kind === 'string' ? textBlock(system) : withoutBilling(system)
  canonical(blocks, document, feed, false)
}

export function canonicalTools(tools: JsonNode, document: TextDocument, feed: Feed): void {
  canonical(tools, document, feed, false)
}

/** What reviewDigest covers of the body (law 9): without `stream`, `max_tokens` and `metadata`. */
export function canonicalBody(root: JsonObject, document: TextDocument, feed: Feed): void {
  const left = new Set(['stream', 'max_tokens', 'metadata'])
  for (const { key, value } of root.members) {
    if (left.has(key.value)) continue
    feed(`${JSON.stringify(key.value)}:`)
    if (key.value === 'system') canonicalSystem(value, document, feed)
    else if (key.value === 'messages' && value.kind === 'array') {
      for (const message of value.items) canonicalMessage(message, document, feed)
    } else canonical(value, document, feed, false)
    feed('\n')
  }
}

function asBlocks(message: JsonNode, key: string): JsonNode {
  if (message.kind !== 'object') return message
  const content = member(message, key)
  if (content?.kind !== 'string') return message
  const members = message.members.map((m) =>
    m.key.value === key ? { key: m.key, value: textBlock(content) } : m,
  )
  return { ...message, members }
}

function textBlock(text: JsonNode): JsonNode {
  const at = { start: 0, end: 0 }
  const name = (value: string): JsonNode & { kind: 'string' } => ({ kind: 'string', ...at, value })
  const members = [
    { key: name('type'), value: name('text') },
    { key: name('text'), value: text },
  ]
  return { kind: 'array', ...at, items: [{ kind: 'object', ...at, members }] }
}

function withoutBilling(system: JsonNode): JsonNode {
  if (system.kind !== 'array') return system
  return isBillingBlock(system.items[0]) ? { ...system, items: system.items.slice(1) } : system
}

function canonical(node: JsonNode, document: TextDocument, feed: Feed, data: boolean): void {
  switch (node.kind) {
    case 'object': {
      feed('{')
      for (const one of node.members) {
        if (!data && comesAndGoes(one)) continue
        feed(`${JSON.stringify(one.key.value)}:`)
        canonical(one.value, document, feed, data || holdsData(one.key.value))
        feed(',')
      }
      feed('}')
      return
    }
    case 'array':
      feed('[')
      for (const item of node.items) {
        canonical(item, document, feed, data)
        feed(',')
      }
      feed(']')
      return
    case 'string':
      feed(quoted(node, document))
      return
    case 'number':
      feed(document.text.slice(node.start, node.end))
      return
    case 'literal':
      feed(String(node.value))
  }
}

/** As JSON.stringify writes it; what stands without an escape in the document is written like that already. */
function quoted({ start, end, value }: JsonString, document: TextDocument): string {
  const isPlain = end - start === value.length + 2
  return isPlain ? document.text.slice(start, end) : JSON.stringify(value)
}

/** At least what `walk` takes for data: in data nothing is left out. */
function holdsData(key: string): boolean {
  return INPUT_KEYS.has(key) || SCHEMA_KEYS.has(key)
}
