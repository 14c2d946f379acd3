import type { Segment } from '../../domain/index.ts'
import type { Branch, List, Node } from './tree.ts'

type Group = Branch | List

/**
 * Puts the scalars of documents together again, so that a value can be read by what stands beside it. A leaf's number is
 * the index of its segment. One tree for each document of data.
 */
export function treesOf(segments: readonly Segment[]): readonly Node[] {
  const roots: Node[] = []
  const groups = new Map<string, Group>()
  for (const [id, segment] of segments.entries()) {
    if ((segment.place !== 'text' && segment.place !== 'number') || segment.keys.length === 0)
      continue
    const steps = stepsOf(segment)
    const leaf: Node = { kind: 'leaf', value: segment.text, id }
    let parent: Group | undefined
    let name = `${steps.root}\0`
    for (const [index, step] of steps.list.entries()) {
      parent = groupAt(name, typeof step === 'number', parent, steps.list[index - 1], groups, roots)
      name += `/${typeof step === 'number' ? step : JSON.stringify(step)}`
      if (index === steps.list.length - 1) put(parent, step, leaf)
    }
  }
  return roots
}

type Step = string | number

function groupAt(
  name: string,
  isList: boolean,
  parent: Group | undefined,
  step: Step | undefined,
  groups: Map<string, Group>,
  roots: Node[],
): Group {
  const known = groups.get(name)
  if (known !== undefined) return known
  const group: Group = isList ? { kind: 'array', items: [] } : { kind: 'object', members: [] }
  groups.set(name, group)
  if (parent === undefined || step === undefined) roots.push(group)
  else put(parent, step, group)
  return group
}

function put(parent: Group, step: Step, node: Node): void {
  if (parent.kind === 'array') parent.items.push(node)
  else parent.members.push({ key: String(step), value: node })
}

/** Keys and positions from the root of the document: the path says where the positions are, `keys` what the keys are. */
function stepsOf({ path, keys }: Segment): {
  readonly root: string
  readonly list: readonly Step[]
} {
  const parts = path.split('/')
  const list: Step[] = []
  let key = keys.length
  let at = parts.length - 1
  for (; at > 0 && (key > 0 || isPosition(parts[at])); at -= 1) {
    const part = parts[at] ?? ''
    if (isPosition(part)) list.push(Number(part))
    else {
      key -= 1
      list.push(keys[key] ?? '')
      // A new document begins behind `#`: what stands before it is not of this one.
      if (parts[at - 1]?.endsWith('#') === true) {
        at -= 1
        break
      }
    }
  }
  // A path that says less than the keys do (headers, tests): the keys alone.
  while (key > 0) list.push(keys[(key -= 1)] ?? '')
  return { root: parts.slice(0, at + 1).join('/'), list: list.toReversed() }
}

function isPosition(part: string | undefined): boolean {
  return part !== undefined && /^\d+$/.test(part)
}
