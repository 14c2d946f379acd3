import { parseJson, type JsonNode, type JsonString, JsonError } from './json.ts'

/**
 * A text in which segments stand: the body itself, a JSON text inside one of its strings, or the text that a base64
 * string encodes. An edit inside an inner document becomes an edit of the string that holds it.
 */
export interface TextDocument {
  readonly text: string
  readonly holder: Holder | undefined
}

export interface Holder {
  readonly document: TextDocument
  readonly node: JsonString
  readonly encoding: 'json' | 'base64'
}

export const MAX_DEPTH = 200
/** JSON in a string in JSON in a string ...: beyond this the string cannot be read. */
export const MAX_NESTING = 8

/** What a string holds, looked at more closely. */
export type Inner =
  | { readonly kind: 'plain' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'json'; readonly document: TextDocument; readonly root: JsonNode }
  | { readonly kind: 'base64'; readonly document: TextDocument }

/** Looks for a JSON object or array, or for base64 of a text, that is the whole of a string's value. */
export function lookInside(holder: TextDocument, node: JsonString, nesting: number): Inner {
  const json = readJson(holder, node, nesting)
  if (json !== undefined) return json
  const decoded = decodeBase64Text(node.value)
  if (decoded === undefined) return { kind: 'plain' }
  if (nesting >= MAX_NESTING) return { kind: 'unreadable' }
  return {
    kind: 'base64',
    document: { text: decoded, holder: { document: holder, node, encoding: 'base64' } },
  }
}

function readJson(holder: TextDocument, node: JsonString, nesting: number): Inner | undefined {
  const first = /^\s*([[{])/.exec(node.value.slice(0, 64))?.[1]
  if (first === undefined || !/[\]}]\s*$/.test(node.value.slice(-64))) return undefined
  try {
    // Inside a string an ambiguous document is data, not the request: every scalar of it is inspected, so it passes.
    const root = parseJson(node.value, { maxDepth: MAX_DEPTH, unambiguous: false })
    if (nesting >= MAX_NESTING) return { kind: 'unreadable' }
    const document = {
      text: node.value,
      holder: { document: holder, node, encoding: 'json' as const },
    }
    return { kind: 'json', document, root }
  } catch (error) {
    if (error instanceof JsonError && error.problem === 'depth') return { kind: 'unreadable' }
    return undefined
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The text that a base64 string stands for; undefined when it is not base64 or does not decode to readable text.
 * Short words are base64 too ("patients"): below 16 characters, or without a digit, sign or both cases, it is a word.
 */
function decodeBase64Text(value: string): string | undefined {
  if (value.length < 16 || value.length % 4 !== 0) return undefined
  const head = value.slice(0, 256)
  if (!/[0-9+/=]/.test(head + value.slice(-2)) || !/[a-z]/.test(head) || !/[A-Z]/.test(head)) {
    return undefined
  }
  // A prefix that is not base64 spares the look at a long text.
  if (!/^[A-Za-z0-9+/=]+$/.test(head) || !BASE64.test(value)) return undefined
  try {
    const text = utf8.decode(Buffer.from(value, 'base64'))
    return isReadable(text) ? text : undefined
  } catch {
    return undefined
  }
}

function isReadable(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && code !== 0x0b)
      return false
  }
  return text.length > 0
}
