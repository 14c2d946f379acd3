import { GatewayError, reach } from '../domain/index.ts'
import type { Role } from '../schema/index.ts'
import {
  headerText,
  isBillingBlock,
  isExempt,
  isKnownHeader,
  isKnownKey,
  isUuid,
} from './grammar.ts'
import { items, JsonError, member, parseJson, stringMember } from './json.ts'
import type { JsonMember, JsonNode, JsonObject } from './json.ts'
import { MAX_DEPTH, type TextDocument } from './document.ts'
import type { ParsedRequest, RequestEnvelope, Unit } from './parsed-request.ts'
import { factsOf } from './request-facts.ts'
import { walk, type LocatedSegment, type Position, type Walked } from './walk.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a request into segments.
 * @throws GatewayError `invalid-request`, naming the place
 */
export function parseRequest(envelope: RequestEnvelope): ParsedRequest {
  const hasBody = envelope.operation.startsWith('messages.')
  const text = hasBody ? decode(envelope.body) : ''
  const document: TextDocument = { text, holder: undefined }
  const root = hasBody ? readRoot(text) : undefined
  const units = root === undefined ? [] : unitsOf(root, document)
  const rest = walkRest(root, document, envelope)
  return reach<ParsedRequest>({
    operation: envelope.operation,
    body: envelope.body,
    document,
    root,
    units: [...units, rest],
    sessionId: sessionIdOf(root),
    facts: factsOf(envelope, root, units),
  })
}

function decode(body: Uint8Array): string {
  try {
    return utf8.decode(body)
  } catch (cause) {
    throw new GatewayError('invalid-request', 'the body is not UTF-8', { cause })
  }
}

function readRoot(text: string): JsonObject {
  const root = parseBody(text)
  if (root.kind !== 'object') throw new GatewayError('invalid-request', 'the body is not an object')
  const messages = member(root, 'messages')
  if (messages?.kind !== 'array') {
    throw new GatewayError('invalid-request', '/messages: an array is required')
  }
  for (const [index, message] of messages.items.entries()) {
    if (message.kind !== 'object' || stringMember(message, 'role') === undefined) {
      throw new GatewayError(
        'invalid-request',
        `/messages/${index}: an object with a role is required`,
      )
    }
  }
  return root
}

const PROBLEMS = {
  syntax: 'the body is not JSON',
  depth: `the body is nested deeper than ${MAX_DEPTH} levels`,
  'duplicate-key': 'the body has an object with the same key twice',
  'lone-surrogate': 'the body has a string with half a surrogate pair',
} as const

function parseBody(text: string): JsonNode {
  try {
    return parseJson(text, { maxDepth: MAX_DEPTH, unambiguous: true })
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const message = `${PROBLEMS[error.problem]}, at character ${error.offset}`
    throw new GatewayError('invalid-request', message, { cause: error })
  }
}

function unitsOf(root: JsonObject, document: TextDocument): Unit[] {
  const units: Unit[] = []
  const tools = member(root, 'tools')
  if (tools !== undefined) {
    const into: Walked = { segments: [], uninspectable: [] }
    walk(tools, position(document, '/tools', '', 'tools', 'tools'), into)
    units.push({ kind: 'tools', node: tools, ...into })
  }
  const system = member(root, 'system')
  if (system !== undefined) units.push(systemUnit(system, document))
  let firstUser = true
  for (const [index, message] of items(member(root, 'messages')).entries()) {
    const isUser = stringMember(message, 'role') === 'user'
    units.push(messageUnit(message, index, document, isUser && firstUser))
    if (isUser) firstUser = false
  }
  return units
}

function systemUnit(system: JsonNode, document: TextDocument): Unit {
  const into: Walked = { segments: [], uninspectable: [] }
  if (system.kind === 'string') {
    walk(system, position(document, '/system', '/0/text', 'system', 'text'), into)
    return { kind: 'system', node: system, ...into }
  }
  const blocks = items(system)
  const skipped = isBillingBlock(blocks[0]) ? 1 : 0
  for (const [index, block] of blocks.slice(skipped).entries()) {
    // The billing block comes and goes between calls: what follows keeps its place without it.
    const at = position(document, `/system/${index + skipped}`, `/${index}`, 'system', 'system')
    walk(block, at, into)
  }
  if (system.kind !== 'array') {
    walk(system, position(document, '/system', '', 'system', 'system'), into)
  }
  return { kind: 'system', node: system, ...into }
}

function messageUnit(
  message: JsonNode,
  index: number,
  document: TextDocument,
  isFirstUser: boolean,
): Unit {
  const into: Walked = { segments: [], uninspectable: [] }
  const role = roleOf(stringMember(message, 'role'))
  const path = `/messages/${index}`
  if (message.kind === 'object') {
    const beside = message.members.filter((m) => m.key.value !== 'content')
    walkMembers(beside, position(document, path, '', role), into)
  }
  const content = member(message, 'content')
  if (content?.kind === 'string') {
    const asSystem = isFirstUser && isReminder(content)
    const at = position(
      document,
      `${path}/content`,
      '/content/0/text',
      asSystem ? 'system' : role,
      'text',
    )
    walk(content, at, into)
  } else if (content?.kind === 'array') {
    for (const [block, node] of content.items.entries()) {
      const place = `/content/${block}`
      const asSystem = isFirstUser && isReminder(member(node, 'text'))
      walk(
        node,
        position(document, path + place, place, asSystem ? 'system' : role, 'content'),
        into,
      )
    }
  } else if (content !== undefined) {
    walk(content, position(document, `${path}/content`, '/content', role, 'content'), into)
  }
  return { kind: 'message', node: message, ...into }
}

function roleOf(role: string | undefined): Role {
  return role === 'system' || role === 'assistant' ? role : 'user'
}

/** Law 10: what the Agent SDK puts in front of the first prompt counts as scaffolding, not as the user's words. */
function isReminder(node: JsonNode | undefined): boolean {
  if (node?.kind !== 'string') return false
  const text = node.value.trim()
  return (
    text.startsWith('<system-reminder>') &&
    text.indexOf('</system-reminder>') === text.length - '</system-reminder>'.length
  )
}

function walkRest(
  root: JsonObject | undefined,
  document: TextDocument,
  envelope: RequestEnvelope,
): Unit {
  const into: Walked = { segments: [], uninspectable: [] }
  const own =
    root?.members.filter((m) => !['tools', 'system', 'messages'].includes(m.key.value)) ?? []
  walkMembers(own, position(document, '', '', 'metadata'), into)
  for (const [name, value] of Object.entries(envelope.headers)) {
    const text = headerText(name, value)
    const known = isKnownHeader(name)
    if (text !== '') {
      into.segments.push(outside('header', `/headers/${known ? name : '*'}`, text))
    }
    // A name can say as much as a value.
    if (!known) into.segments.push(outside('header', '/headers/*', name))
  }
  for (const [name, value] of envelope.query) {
    const known = (name === 'beta' && value === 'true') || isExempt(name, value)
    if (known) continue
    const label = isKnownKey(name) || ['limit', 'after_id', 'before_id'].includes(name) ? name : '*'
    into.segments.push(
      outside('query', `/query/${label}`, value),
      outside('query', '/query/*', name),
    )
  }
  return { kind: 'rest', node: undefined, ...into }
}

/** A text that does not stand in the body, so that it cannot be masked. */
function outside(place: 'header' | 'query', path: string, text: string): LocatedSegment {
  const document: TextDocument = { text, holder: undefined }
  const role = place === 'header' ? ('header' as const) : ('metadata' as const)
  return {
    path,
    role,
    place,
    text,
    keys: [],
    document,
    node: undefined,
    local: path,
  }
}

function walkMembers(members: readonly JsonMember[], at: Position, into: Walked): void {
  walk({ kind: 'object', start: 0, end: 0, members }, at, into)
}

function position(
  document: TextDocument,
  path: string,
  local: string,
  role: Role,
  ...keys: readonly string[]
): Position {
  return { document, path, local, role, keys, data: false, nesting: 0 }
}

function sessionIdOf(root: JsonObject | undefined): string | undefined {
  const userId = stringMember(member(root, 'metadata'), 'user_id')
  if (userId === undefined || !userId.startsWith('{')) return undefined
  try {
    const parsedId = parseJson(userId, { maxDepth: 4, unambiguous: true })
    const id = stringMember(parsedId, 'session_id')
    return id !== undefined && isUuid(id) ? id : undefined
  } catch {
    return undefined
  }
}
