/**
 * A lexer over JSON text that keeps offsets (RFC 8259), so that a scalar can be replaced by splicing and everything
 * else stays byte for byte. JSON.parse would lose `1.0`, integers above 2^53, key order and duplicate keys.
 */

export interface JsonString {
  readonly kind: 'string'
  /** Offset of the opening quote. */
  readonly start: number
  /** Offset behind the closing quote. */
  readonly end: number
  readonly value: string
}
export interface JsonNumber {
  readonly kind: 'number'
  readonly start: number
  readonly end: number
}
export interface JsonLiteral {
  readonly kind: 'literal'
  readonly start: number
  readonly end: number
  readonly value: boolean | null
}
export interface JsonMember {
  readonly key: JsonString
  readonly value: JsonNode
}
export interface JsonObject {
  readonly kind: 'object'
  readonly start: number
  readonly end: number
  readonly members: readonly JsonMember[]
}
export interface JsonArray {
  readonly kind: 'array'
  readonly start: number
  readonly end: number
  readonly items: readonly JsonNode[]
}
export type JsonNode = JsonString | JsonNumber | JsonLiteral | JsonObject | JsonArray

export type JsonProblem = 'syntax' | 'depth' | 'duplicate-key' | 'lone-surrogate'

/** `offset` is in UTF-16 code units. The message never holds any of the text. */
export class JsonError extends Error {
  readonly problem: JsonProblem
  readonly offset: number

  constructor(problem: JsonProblem, offset: number) {
    super(`${problem} at character ${offset}`)
    this.name = 'JsonError'
    this.problem = problem
    this.offset = offset
  }
}

export interface JsonLimits {
  readonly maxDepth: number
  /** Refuse what two readers could understand differently: duplicate keys and lone surrogates. */
  readonly unambiguous: boolean
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const WHITESPACE = /[ \t\n\r]*/y

interface OpenObject {
  readonly kind: 'object'
  readonly start: number
  readonly members: JsonMember[]
  readonly seen: Set<string>
  key: JsonString | undefined
}
interface OpenArray {
  readonly kind: 'array'
  readonly start: number
  readonly items: JsonNode[]
}

/**
 * Reads one JSON text. Not recursive, so that depth is a limit and not a crash.
 * @throws JsonError
 */
export function parseJson(text: string, limits: JsonLimits): JsonNode {
  const stack: (OpenObject | OpenArray)[] = []
  let at = skip(text, 0)
  let done: JsonNode | undefined
  for (;;) {
    done = undefined
    const top = stack.at(-1)
    const code = text.charCodeAt(at)
    const closesTop = top !== undefined && code === (top.kind === 'object' ? 0x7d : 0x5d)
    if (closesTop && isEmpty(top)) {
      done = close(top, at + 1)
      stack.pop()
      at += 1
    } else {
      if (top?.kind === 'object') at = readKey(text, at, top, limits)
      const opener = text.charCodeAt(at)
      if (opener === 0x7b || opener === 0x5b) {
        if (stack.length >= limits.maxDepth) throw new JsonError('depth', at)
        stack.push(
          opener === 0x7b
            ? { kind: 'object', start: at, members: [], seen: new Set(), key: undefined }
            : { kind: 'array', start: at, items: [] },
        )
        at = skip(text, at + 1)
        continue
      }
      done = readScalar(text, at, limits)
      at = done.end
    }
    // A value is complete: hand it to what holds it, and close all that ends here.
    for (;;) {
      at = skip(text, at)
      const holder = stack.at(-1)
      if (holder === undefined) {
        if (at !== text.length) throw new JsonError('syntax', at)
        return done
      }
      hold(holder, done)
      const next = text.charCodeAt(at)
      if (next === 0x2c) {
        at = skip(text, at + 1)
        const closer = text.charCodeAt(at)
        if (closer === 0x7d || closer === 0x5d) throw new JsonError('syntax', at)
        break
      }
      if (next !== (holder.kind === 'object' ? 0x7d : 0x5d)) throw new JsonError('syntax', at)
      at += 1
      done = close(holder, at)
      stack.pop()
    }
  }
}

function isEmpty(open: OpenObject | OpenArray): boolean {
  return open.kind === 'object' ? open.members.length === 0 : open.items.length === 0
}

function hold(holder: OpenObject | OpenArray, value: JsonNode): void {
  if (holder.kind === 'array') {
    holder.items.push(value)
  } else if (holder.key !== undefined) {
    holder.members.push({ key: holder.key, value })
    holder.key = undefined
  }
}

function close(open: OpenObject | OpenArray, end: number): JsonNode {
  return open.kind === 'object'
    ? { kind: 'object', start: open.start, end, members: open.members }
    : { kind: 'array', start: open.start, end, items: open.items }
}

function readKey(text: string, at: number, object: OpenObject, limits: JsonLimits): number {
  if (text.charCodeAt(at) !== 0x22) throw new JsonError('syntax', at)
  const key = readString(text, at, limits)
  if (limits.unambiguous) {
    if (object.seen.has(key.value)) throw new JsonError('duplicate-key', at)
    object.seen.add(key.value)
  }
  object.key = key
  const colon = skip(text, key.end)
  if (text.charCodeAt(colon) !== 0x3a) throw new JsonError('syntax', colon)
  return skip(text, colon + 1)
}

function readScalar(text: string, at: number, limits: JsonLimits): JsonNode {
  const code = text.charCodeAt(at)
  if (code === 0x22) return readString(text, at, limits)
  for (const [word, value] of LITERALS) {
    if (text.startsWith(word, at)) {
      return { kind: 'literal', start: at, end: at + word.length, value }
    }
  }
  NUMBER.lastIndex = at
  if (!NUMBER.test(text)) throw new JsonError('syntax', at)
  return { kind: 'number', start: at, end: NUMBER.lastIndex }
}

const LITERALS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

/** So many characters without an escape: then more of them follow, and a regular expression skips them three times as fast. */
const LONG_RUN = 64
const PLAIN = /[ !#-[\]-\uffff]*/y

function readString(text: string, start: number, limits: JsonLimits): JsonString {
  let at = start + 1
  let escaped = false
  let run = at
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 0x22) break
    // NaN at the end of the text fails this comparison too.
    if (!(code >= 0x20)) throw new JsonError('syntax', Math.min(at, text.length))
    if (code === 0x5c) {
      escaped = true
      at += 2
      run = at
      continue
    }
    at += 1
    if (at - run === LONG_RUN) {
      PLAIN.lastIndex = at
      PLAIN.test(text)
      at = PLAIN.lastIndex
    }
  }
  const end = at + 1
  if (!escaped) return { kind: 'string', start, end, value: text.slice(start + 1, at) }
  const value = unescape(text.slice(start, end), start)
  if (limits.unambiguous && !value.isWellFormed()) throw new JsonError('lone-surrogate', start)
  return { kind: 'string', start, end, value }
}

function unescape(literal: string, start: number): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    throw new JsonError('syntax', start)
  }
}

function skip(text: string, at: number): number {
  const code = text.charCodeAt(at)
  // Most values follow at once: look before the regular expression is asked.
  if (code > 0x20) return at
  WHITESPACE.lastIndex = at
  WHITESPACE.test(text)
  return WHITESPACE.lastIndex
}

/** The value of a member, the last one if the key stands twice. */
export function member(node: JsonNode | undefined, key: string): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined
  return node.members.findLast((candidate) => candidate.key.value === key)?.value
}

export function stringMember(node: JsonNode | undefined, key: string): string | undefined {
  const value = member(node, key)
  return value?.kind === 'string' ? value.value : undefined
}

export function items(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : []
}
