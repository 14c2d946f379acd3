import type { Label, Range } from './region.ts'

/** A value of a document, and the number by which whoever made the tree knows it. */
export interface Leaf {
  readonly kind: 'leaf'
  readonly value: string
  readonly id: number
}
export interface Branch {
  readonly kind: 'object'
  readonly members: Member[]
}
export interface List {
  readonly kind: 'array'
  readonly items: Node[]
}
/** JSON, XML and YAML alike: what the rules of documents read. */
export type Node = Leaf | Branch | List

export interface Member {
  readonly key: string
  readonly value: Node
}

/** What rules say of a leaf: what it is, or a part of it; that it is a code; or, if nothing, that its key says nothing. */
export interface Mark {
  readonly label?: Label
  /** The range of the value that the label is meant for; the whole of it where it is missing. */
  readonly part?: Range
  readonly plain?: true
}

/** Marks by the numbers of leaves; the first mark of a leaf stays. */
export type Marks = Map<number, Mark>

export function memberOf(node: Node | undefined, key: string): Node | undefined {
  if (node?.kind !== 'object') return undefined
  for (const member of node.members) if (member.key === key) return member.value
  return undefined
}

/** The text of a member that is a leaf. */
export function textOf(node: Node | undefined, key: string): string | undefined {
  const value = memberOf(node, key)
  return value?.kind === 'leaf' ? value.value : undefined
}

/** A node's items, or the node itself: FHIR and XML write one of many without a list. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return []
  return node.kind === 'array' ? node.items : [node]
}

/** The leaves of a node that is a leaf or a list of leaves. */
export function leavesOf(node: Node | undefined): readonly Leaf[] {
  return itemsOf(node).filter((item) => item.kind === 'leaf')
}

export function markAll(marks: Marks, leaves: readonly Leaf[], mark: Mark): void {
  for (const leaf of leaves) if (!marks.has(leaf.id)) marks.set(leaf.id, mark)
}
