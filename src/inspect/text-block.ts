import {
  applyEdits,
  items,
  liftEdits,
  member,
  parseJson,
  stringMember,
  type Edit,
  type JsonNode,
} from '../messages/index.ts'
import type { AnswerPart } from './answer-part.ts'

/** A text block with its text and its citations taken out: each is decided for itself. */
export interface TextBlock {
  /** The block as JSON text, with an empty text and no citations. */
  readonly shell: string
  readonly text: string
  readonly citations: readonly string[]
}

const ANY = { maxDepth: Infinity, unambiguous: false }

interface Nodes {
  readonly text: JsonNode & { kind: 'string' }
  readonly citations: JsonNode | undefined
}

/** @returns undefined for a block of another kind, or without a text */
export function takeApart(block: string): TextBlock | undefined {
  const root = parseJson(block, ANY)
  const nodes = stringMember(root, 'type') === 'text' ? nodesOf(root) : undefined
  if (nodes === undefined) return undefined
  const { text, citations } = nodes
  const quotes = items(citations).map(({ start, end }) => block.slice(start, end))
  return { shell: withParts(block, nodes, '""', '[]'), text: text.value, citations: quotes }
}

/** The block of a client: the shell as it was decided, with text and citations. */
export function putTogether({ shell, text, citations }: TextBlock): string {
  const nodes = nodesOf(parseJson(shell, ANY))
  if (nodes === undefined) throw new Error('a text block lost its text')
  if (nodes.citations !== undefined || citations.length === 0) {
    return withParts(shell, nodes, JSON.stringify(text), `[${citations.join(',')}]`)
  }
  const whole = withParts(shell, nodes, JSON.stringify(text), '[]')
  return `${whole.slice(0, whole.lastIndexOf('}'))},"citations":[${citations.join(',')}]}`
}

/** The block as it was written, where only text and citations changed. */
export function rewrite(
  block: string,
  text: readonly Edit[],
  citations: readonly string[],
): string {
  const nodes = nodesOf(parseJson(block, ANY))
  if (nodes === undefined) throw new Error('a text block without a text')
  const quotes = items(nodes.citations).flatMap(({ start, end }, index): Edit[] => {
    const quote = citations[index] ?? ''
    return quote === block.slice(start, end) ? [] : [{ start, end, text: quote }]
  })
  return applyEdits(block, [...liftEdits(block, nodes.text.start, text), ...quotes])
}

function nodesOf(root: JsonNode): Nodes | undefined {
  const text = member(root, 'text')
  const citations = member(root, 'citations')
  if (text?.kind !== 'string') return undefined
  return { text, citations: citations?.kind === 'array' ? citations : undefined }
}

function withParts(block: string, nodes: Nodes, text: string, citations: string): string {
  const { text: at, citations: list } = nodes
  return applyEdits(block, [
    { start: at.start, end: at.end, text },
    ...(list === undefined ? [] : [{ start: list.start, end: list.end, text: citations }]),
  ])
}

/** The part of an answer that the shell of a block is. */
export function shellOf({ shell }: TextBlock, block: string): AnswerPart {
  return { text: shell, path: block, local: block, within: true }
}

/** The part of an answer that a citation of a block is. */
export function citation(text: string, block: string, index: number): AnswerPart {
  const place = `${block}/citations/${index}`
  return { text, path: place, local: place, within: true, cites: true }
}
