import type { Range } from './region.ts'
import type { Branch, List, Node } from './tree.ts'
import { unescapeJson } from './unescape.ts'

/** A string or number of a JSON text: strings without their quotes, escapes as they are written. */
export interface Literal extends Range {
  readonly kind: 'string' | 'number' | 'key'
}

/** One JSON document in a text. */
export interface JsonText extends Range {
  readonly root: Node
  /** In order; the number of a leaf is its index here. Keys are here as well, and are no leaves. */
  readonly literals: readonly Literal[]
}

const BEGIN = /[{[](?=\s{0,200}["{[\d])/g
const SPACE = /\s*/y
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.-])/y
const WORD = /(?:true|false|null)(?!\w)/y
const ENDS_IN_WORD = /^[\w.+-]*$/
const QUOTE = 0x22
const BACKSLASH = 0x5c
const MAX_DEPTH = 200
const FEWEST = 2

/**
 * The JSON documents of a text, one after another (NDJSON), inside prose or alone. A document that breaks off is read up
 * to there. Linear: reading goes on behind what was read, whether it was JSON or not.
 */
export function jsonTextsOf(text: string): readonly JsonText[] {
  if (!text.includes('"')) return []
  const found: JsonText[] = []
  BEGIN.lastIndex = 0
  for (let match = BEGIN.exec(text); match !== null; match = BEGIN.exec(text)) {
    const read = readJson(text, match.index)
    if (isData(read)) found.push(read)
    BEGIN.lastIndex = Math.max(read.end, match.index + 1)
  }
  return found
}

/** Not the numbers of footnotes. */
function isData({ literals }: JsonText): boolean {
  return literals.length >= FEWEST && literals.some(({ kind }) => kind !== 'number')
}

interface Open {
  readonly group: Branch | List
  key: string | undefined
}

/** Where the document ends that begins at a place; undefined where that depends on what follows the text. */
export function endOfJson(text: string, from: number, complete: boolean): number | undefined {
  const { end, open } = readJson(text, from)
  if (complete || !open) return end
  return undefined
}

/** Reads until the document ends or is none any more. */
function readJson(text: string, from: number): JsonText & { readonly open: boolean } {
  const literals: Literal[] = []
  const stack: Open[] = []
  let root: Node = { kind: 'array', items: [] }
  let at = from
  const put = (node: Node) => {
    const parent = stack.at(-1)
    if (parent === undefined) root = node
    else if (parent.group.kind === 'array') parent.group.items.push(node)
    else if (parent.key !== undefined) parent.group.members.push({ key: parent.key, value: node })
  }
  const take = (kind: Literal['kind'], start: number, end: number) => {
    const parent = stack.at(-1)
    if (kind === 'key') {
      if (parent !== undefined) parent.key = valueOf(text.slice(start, end))
    } else put({ kind: 'leaf', value: valueOf(text.slice(start, end)), id: literals.length })
    literals.push({ kind, start, end })
  }
  do {
    at = skip(SPACE, text, at)
    const character = text.charAt(at)
    const inObject = stack.at(-1)?.group.kind === 'object'
    if (character === '{' || character === '[') {
      const group: Node =
        character === '{' ? { kind: 'object', members: [] } : { kind: 'array', items: [] }
      if (stack.length >= MAX_DEPTH) break
      put(group)
      stack.push({ group, key: undefined })
      at += 1
    } else if (character === '}' || character === ']') {
      if ((character === '}') !== inObject) break
      stack.pop()
      at += 1
    } else if (character === ',') at += 1
    else {
      const end = character === '"' ? endOfString(text, at) : at
      if (end > at) {
        const after = skip(SPACE, text, end)
        const isKey = inObject && text.charAt(after) === ':'
        take(
          isKey ? 'key' : 'string',
          at + 1,
          Math.max(at + 1, end - (text[end - 1] === '"' ? 1 : 0)),
        )
        at = isKey ? after + 1 : end
      } else {
        const number = skip(NUMBER, text, at)
        const next = number > at ? number : skip(WORD, text, at)
        if (next === at) break
        if (number > at) take('number', at, next)
        at = next
      }
    }
  } while (stack.length > 0 && at < text.length)
  const open = stack.length > 0 && (at >= text.length || ENDS_IN_WORD.test(text.slice(at)))
  return { root, literals, start: from, end: at, open }
}

/** Where a sticky pattern ends, or the position itself where it does not match. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** Where the string that begins here ends; one that never ends goes on to the end of the text. */
function endOfString(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next += 1) {
    const code = text.charCodeAt(next)
    if (code === QUOTE) return next + 1
    if (code === BACKSLASH) next += 1
  }
  return text.length
}

function valueOf(raw: string): string {
  return raw.includes('\\') ? unescapeJson(raw).text : raw
}
