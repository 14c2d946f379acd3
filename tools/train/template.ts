import type { Random } from './random.ts'

/** A part of a text with the tag of its words: 0 nothing, 1 a person, 2 a place, 3 a facility. */
export interface Piece {
  readonly text: string
  readonly tag: number
}

/** Fills one slot, `$NAME` in a template. */
export type Slot = (random: Random) => readonly Piece[]

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'slot'; readonly fill: Slot }
  | { readonly kind: 'choice'; readonly options: readonly (readonly Node[])[] }

/** A template that was read: gives another text each time. */
export type Template = (random: Random) => readonly Piece[]

/**
 * Reads a template: plain text, `{a|b|}` for alternatives (which may be nested), `$SLOT` for what a slot fills in, `\n`
 * for a line end; a brace that is meant is written `<<` or `>>`, a grave accent `¬`.
 * @throws Error when a brace is left open or a slot is not known
 */
export function parseTemplate(source: string, slots: ReadonlyMap<string, Slot>): Template {
  const tokens = source.match(/\$[A-Z][A-Z0-9]*|[{}|]|[^${}|]+|\$/g) ?? []
  let at = 0
  const sequence = (inside: boolean): readonly Node[] => {
    const nodes: Node[] = []
    for (; at < tokens.length; at += 1) {
      const token = tokens[at] ?? ''
      if (inside && (token === '|' || token === '}')) break
      nodes.push(nodeOf(token))
    }
    return nodes
  }
  const nodeOf = (token: string): Node => {
    if (token === '{') return choice()
    if (/^\$[A-Z]/.test(token)) {
      const fill = slots.get(token.slice(1))
      if (fill === undefined) throw new Error(`no slot ${token} for: ${source}`)
      return { kind: 'slot', fill }
    }
    const text = token
      .replaceAll('\\n', '\n')
      .replaceAll('<<', '{')
      .replaceAll('>>', '}')
      .replaceAll('¬', '`')
    return { kind: 'text', text }
  }
  const choice = (): Node => {
    const options: (readonly Node[])[] = []
    do {
      at += 1
      options.push(sequence(true))
      if (at >= tokens.length) throw new Error(`a brace is left open in: ${source}`)
    } while (tokens[at] === '|')
    return { kind: 'choice', options }
  }
  const nodes = sequence(false)
  return (random) => expand(nodes, random)
}

function expand(nodes: readonly Node[], random: Random): readonly Piece[] {
  return nodes.flatMap((node): readonly Piece[] => {
    switch (node.kind) {
      case 'text':
        return [{ text: node.text, tag: 0 }]
      case 'slot':
        return node.fill(random)
      case 'choice':
        return expand(random.pick(node.options), random)
    }
  })
}
