import type { Place, Segment } from '../domain/index.ts'
import type { Role } from '../schema/index.ts'
import { lookInside, MAX_NESTING, type TextDocument } from './document.ts'
import { comesAndGoes, INPUT_KEYS, isExempt, isKnownKey, SCHEMA_KEYS } from './grammar.ts'
import { member, stringMember, type JsonNode, type JsonNumber, type JsonString } from './json.ts'

/** A segment with the place in the text where a mask has to be put. */
export interface LocatedSegment extends Segment {
  readonly document: TextDocument
  /** The literal that holds the text; undefined when the segment is the whole document (base64 text). */
  readonly node: JsonString | JsonNumber | undefined
  /**
   * Where the segment stands inside its unit, whatever form the unit has: a message's string content reads as one
   * text block, keys of data are positions. Holds no text of the request; mask memory is keyed on it.
   */
  readonly local: string
}

export type UninspectableKind =
  'image' | 'document' | 'file' | 'url' | 'signed' | 'encrypted' | 'depth'

/** Something that cannot be read, or must not be changed. */
export interface Uninspectable {
  readonly path: string
  readonly local: string
  readonly role: Role
  readonly kind: UninspectableKind
  /** The content block that a withheld source is replaced with; undefined where nothing can stand in for it. */
  readonly block: JsonNode | undefined
  readonly document: TextDocument
  /** What the upstream must have issued for the thing to pass (law 8); undefined for media. */
  readonly issue: string | undefined
}

export interface Walked {
  readonly segments: LocatedSegment[]
  readonly uninspectable: Uninspectable[]
}

/** Where the walk is. */
export interface Position {
  readonly document: TextDocument
  readonly path: string
  readonly local: string
  readonly role: Role
  /** Keys from the root of the nearest document of data. */
  readonly keys: readonly string[]
  /** Inside data (tool input, a JSON schema, JSON in a string): its keys are not the API's. */
  readonly data: boolean
  readonly nesting: number
}

const VOLATILE = '!'

/** Whether a place is part of what a message is remembered by; if not, it is inspected anew on every turn. */
export function isRemembered({ local }: { readonly local: string }): boolean {
  return !local.includes(VOLATILE)
}

/** Collects every key and scalar below a node: law 8. */
export function walk(node: JsonNode, at: Position, into: Walked): void {
  switch (node.kind) {
    case 'object':
      walkObject(node, at, into)
      return
    case 'array':
      for (const [index, item] of node.items.entries()) {
        walk(item, { ...at, path: `${at.path}/${index}`, local: `${at.local}/${index}` }, into)
      }
      return
    case 'string':
      walkString(node, at, into)
      return
    case 'number':
      push(at, 'number', at.document.text.slice(node.start, node.end), node, into)
      return
    case 'literal':
  }
}

type ObjectNode = JsonNode & { kind: 'object' }

function walkObject(node: ObjectNode, at: Position, into: Walked): void {
  const special = at.data ? NOTHING_SPECIAL : describeBlock(node, at, into)
  let counted = 0
  for (const one of node.members) {
    const { key, value } = one
    const known = !at.data && isKnownKey(key.value)
    const volatile = !at.data && comesAndGoes(one)
    const place = known ? key.value : `#${counted}`
    const inside: Position = {
      ...at,
      path: `${at.path}/${known ? key.value : '*'}`,
      local: `${at.local}/${place}${volatile ? VOLATILE : ''}`,
      keys: [...at.keys, key.value],
    }
    // What comes and goes must not move the places behind it.
    if (!volatile) counted += 1
    if (!known) {
      const kind = at.document.holder === undefined ? 'key' : 'inner-key'
      push({ ...inside, keys: at.keys, local: `${inside.local}?` }, kind, key.value, key, into)
    }
    if (special.skip.has(key.value)) continue
    if (special.data.has(key.value)) {
      walk(value, { ...inside, role: special.role ?? at.role, keys: [], data: true }, into)
    } else if (key.value === 'content' && special.role !== undefined) {
      walk(value, { ...inside, role: special.role, keys: [] }, into)
    } else {
      walk(value, inside, into)
    }
  }
}

interface Special {
  /** Members that are not text to inspect: they were dealt with. */
  readonly skip: ReadonlySet<string>
  /** Members that hold data, not the API's structure. */
  readonly data: ReadonlySet<string>
  /** Role of `content` and of the data. */
  readonly role: Role | undefined
}

const NONE: ReadonlySet<string> = new Set()
const NOTHING_SPECIAL: Special = { skip: NONE, data: NONE, role: undefined }

function describeBlock(node: ObjectNode, at: Position, into: Walked): Special {
  const type = stringMember(node, 'type')
  if (at.role === 'tools' || type === 'json_schema')
    return { ...NOTHING_SPECIAL, data: SCHEMA_KEYS }
  if (type === undefined) return NOTHING_SPECIAL
  if (type === 'thinking' || type === 'redacted_thinking')
    return describeSigned(node, type, at, into)
  if (type.endsWith('tool_use')) return { skip: NONE, data: INPUT_KEYS, role: 'tool_use' }
  if (type.endsWith('tool_result')) {
    return { ...describeEncrypted(node, at, into), role: 'tool_result' }
  }
  const source = member(node, 'source')
  // The source of a search result is the name of a place, a text like any other.
  const isName = type === 'search_result' && source?.kind === 'string'
  if (source !== undefined && !isName) return describeSource(node, type, at, into)
  return describeEncrypted(node, at, into)
}

function describeSigned(node: ObjectNode, type: string, at: Position, into: Walked): Special {
  const parts = ['thinking', 'data', 'signature'].map((key) => stringMember(node, key) ?? '')
  // Without a signature it is text like any other.
  if (type === 'thinking' && parts[2] === '') return NOTHING_SPECIAL
  into.uninspectable.push({
    path: at.path,
    local: at.local,
    role: at.role,
    kind: 'signed',
    document: at.document,
    block: undefined,
    issue: [type, ...parts].join('\0'),
  })
  return { ...NOTHING_SPECIAL, skip: new Set(['thinking', 'data', 'signature']) }
}

function describeEncrypted(node: ObjectNode, at: Position, into: Walked): Special {
  const skip = new Set<string>()
  for (const { key, value } of node.members) {
    if (!key.value.startsWith('encrypted_') || value.kind !== 'string') continue
    skip.add(key.value)
    into.uninspectable.push({
      path: `${at.path}/${isKnownKey(key.value) ? key.value : '*'}`,
      role: at.role,
      local: `${at.local}/encrypted`,
      kind: 'encrypted',
      document: at.document,
      block: undefined,
      issue: `encrypted\0${value.value}`,
    })
  }
  return { ...NOTHING_SPECIAL, skip }
}

const TEXT_SOURCES: ReadonlySet<string> = new Set(['text', 'content'])

/** Media: what cannot be read is named; a text in base64 is read like any string. */
function describeSource(node: ObjectNode, type: string, at: Position, into: Walked): Special {
  const source = member(node, 'source')
  const sourceType = stringMember(source, 'type')
  if (sourceType !== undefined && TEXT_SOURCES.has(sourceType)) return NOTHING_SPECIAL
  const mediaType = stringMember(source, 'media_type') ?? ''
  if (sourceType === 'base64' && mediaType.startsWith('text/')) {
    const data = member(source, 'data')
    const inner = data?.kind === 'string' ? lookInside(at.document, data, 0) : undefined
    if (inner?.kind === 'base64') return NOTHING_SPECIAL
  }
  into.uninspectable.push({
    path: at.path,
    local: at.local,
    role: at.role,
    document: at.document,
    block: node,
    kind: mediaKind(type, sourceType),
    issue: undefined,
  })
  if (sourceType !== 'base64' || source?.kind !== 'object') return NOTHING_SPECIAL
  // Media bytes are not text; what stands beside them is.
  const rest: ObjectNode = {
    ...source,
    members: source.members.filter((m) => m.key.value !== 'data'),
  }
  const inside = { ...at, path: `${at.path}/source`, local: `${at.local}/source` }
  walkObject(rest, { ...inside, keys: [...at.keys, 'source'] }, into)
  return { ...NOTHING_SPECIAL, skip: new Set(['source']) }
}

function mediaKind(type: string, sourceType: string | undefined): UninspectableKind {
  if (sourceType === 'url') return 'url'
  if (sourceType === 'file') return 'file'
  return type === 'image' ? 'image' : 'document'
}

function walkString(node: JsonString, at: Position, into: Walked): void {
  if (!at.data && isExempt(at.keys.at(-1), node.value)) return
  const inner = lookInside(at.document, node, at.nesting)
  switch (inner.kind) {
    case 'plain':
      push(at, 'text', node.value, node, into)
      return
    case 'unreadable':
      into.uninspectable.push({
        path: at.path,
        local: at.local,
        role: at.role,
        kind: 'depth',
        document: at.document,
        block: undefined,
        issue: undefined,
      })
      return
    case 'json':
      walkInner(inner.root, inner.document, at, into)
      return
    case 'base64': {
      // The text in base64 may be JSON again; the string itself is not looked at twice.
      const whole: JsonString = { kind: 'string', start: 0, end: 0, value: inner.document.text }
      const deeper = at.nesting + 1 < MAX_NESTING ? jsonRoot(inner.document, whole) : undefined
      if (deeper !== undefined) walkInner(deeper, inner.document, at, into)
      else push({ ...at, document: inner.document }, 'text', inner.document.text, undefined, into)
    }
  }
}

function jsonRoot(document: TextDocument, whole: JsonString): JsonNode | undefined {
  const inner = lookInside(document, whole, 0)
  return inner.kind === 'json' ? inner.root : undefined
}

function walkInner(root: JsonNode, document: TextDocument, at: Position, into: Walked): void {
  // Session ids and the like in metadata.user_id keep the grammar of their keys; other data has none.
  const isUserId = at.role === 'metadata' && at.keys.at(-1) === 'user_id'
  walk(
    root,
    {
      document,
      path: `${at.path}#`,
      local: `${at.local}>`,
      role: at.role,
      keys: [],
      data: !isUserId,
      nesting: at.nesting + 1,
    },
    into,
  )
}

function push(
  at: Position,
  place: Place,
  text: string,
  node: JsonString | JsonNumber | undefined,
  into: Walked,
): void {
  if (text === '') return
  into.segments.push({
    path: at.path,
    role: at.role,
    place,
    text,
    keys: at.keys,
    document: at.document,
    node,
    local: at.local,
  })
}
