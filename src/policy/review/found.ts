import type { PolicyInput } from '../../schema/index.ts'

/** How many findings got which operator, by type and place; sources that cannot be read likewise. */
type Found = ReadonlyMap<string, ReadonlyMap<string, number>>

/** What would be done otherwise with one text. */
export interface FoundChange {
  /** `PERSON user text: placeholder -> keep`; `nothing` stands for what is not found. */
  readonly change: string
  readonly count: number
}

/** Compares what was found in the same text twice, under two policies: by type and place, without the text. */
export function foundChanges(before: PolicyInput, after: PolicyInput): readonly FoundChange[] {
  const [old, now] = [foundIn(before), foundIn(after)]
  const kinds = new Set([...old.keys(), ...now.keys()])
  return [...kinds].toSorted().flatMap((kind) => {
    const moves = movesBetween(old.get(kind) ?? new Map(), now.get(kind) ?? new Map())
    return moves.map(({ from, to, count }) => ({ change: `${kind}: ${from} -> ${to}`, count }))
  })
}

function foundIn({ findings, uninspectable }: PolicyInput): Found {
  const found = new Map<string, Map<string, number>>()
  const add = (kind: string, action: string, count: number): void => {
    const actions = found.get(kind) ?? new Map<string, number>()
    actions.set(action, (actions.get(action) ?? 0) + count)
    found.set(kind, actions)
  }
  for (const { type, subtype, role, place, operator, count } of findings) {
    add(`${type}${subtype === undefined ? '' : `.${subtype}`} ${role} ${place}`, operator, count)
  }
  for (const { kind, role, action } of uninspectable) add(`${kind} ${role}`, action, 1)
  return found
}

interface Move {
  readonly from: string
  readonly to: string
  readonly count: number
}

const NOTHING = 'nothing'

/** Pairs what is less with what is more; what is left over was found on one side only. */
function movesBetween(
  old: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): readonly Move[] {
  const less: [string, number][] = []
  const more: [string, number][] = []
  for (const action of new Set([...old.keys(), ...now.keys()])) {
    const difference = (now.get(action) ?? 0) - (old.get(action) ?? 0)
    if (difference < 0) less.push([action, -difference])
    if (difference > 0) more.push([action, difference])
  }
  const moves: Move[] = []
  while (less.length > 0 || more.length > 0) {
    const [from, gone] = less.pop() ?? [NOTHING, Infinity]
    const [to, come] = more.pop() ?? [NOTHING, Infinity]
    const count = Math.min(gone, come)
    moves.push({ from, to, count })
    if (from !== NOTHING && gone > count) less.push([from, gone - count])
    if (to !== NOTHING && come > count) more.push([to, come - count])
  }
  return moves
}
