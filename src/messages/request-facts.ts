import { isKnownKey, PLAIN_KEYS } from './grammar.ts'
import { items, member, stringMember, type JsonNode, type JsonObject } from './json.ts'
import type { ParsedRequest, RequestEnvelope, Unit } from './parsed-request.ts'

/** What policy may know of a request besides its findings: names of the API and counts. */
export function factsOf(
  envelope: RequestEnvelope,
  root: JsonObject | undefined,
  units: readonly Unit[],
): ParsedRequest['facts'] {
  const tools = items(member(root, 'tools'))
  const isServerTool = (tool: JsonNode): boolean =>
    !['custom', undefined].includes(stringMember(tool, 'type'))
  const named = (nodes: readonly JsonNode[], key: string): string[] => {
    const found = nodes.map((node) => member(node, key)).filter((n) => n?.kind === 'string')
    return found.map((node) => printable(node.value))
  }
  return {
    operation: envelope.operation,
    model: root === undefined ? null : printable(stringMember(root, 'model') ?? ''),
    stream: isTrue(member(root, 'stream')),
    tools: named(
      tools.filter((tool) => !isServerTool(tool)),
      'name',
    ),
    serverTools: named(tools.filter(isServerTool), 'type'),
    mcpServers: named(items(member(root, 'mcp_servers')), 'name'),
    features: (root?.members ?? [])
      .map((m) => m.key.value)
      .filter((key) => !PLAIN_KEYS.has(key))
      .map((key) => (isKnownKey(key) ? key : '*')),
    betas: (envelope.headers['anthropic-beta'] ?? '')
      .split(',')
      .map((beta) => beta.trim())
      .filter((beta) => beta !== '')
      .map(printable),
    messages: items(member(root, 'messages')).length,
    characters: units.flatMap((unit) => unit.segments).reduce((sum, s) => sum + s.text.length, 0),
  }
}

/** Names go into the facts, which are kept for years: what does not look like a name is not printed. */
function printable(name: string): string {
  return /^[A-Za-z][A-Za-z0-9_.:/-]{0,127}$/.test(name) ? name : '*'
}

function isTrue(node: JsonNode | undefined): boolean {
  return node?.kind === 'literal' && node.value === true
}
