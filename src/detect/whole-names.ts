import type { Finding, Segment } from '../domain/index.ts'

type Part = Pick<Finding, 'segment' | 'start' | 'end' | 'type'>

/** A name that stands in parts, as a text from the first given name to the family name. */
export interface WholeName<P extends Part> {
  readonly text: string
  /** The part it begins with. */
  readonly part: P
}

interface Piece<P extends Part> {
  readonly part: P
  readonly text: string
  readonly role: Role
}
/** `next`: HL7 v2 names no parts; the family name comes first. */
type Role = 'family' | 'given' | 'next' | 'none'

const LONGEST_GAP = 90
const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/^(?:.*_)?(?:family|last|surname)(?:_?names?)?$/i, 'family'],
  [/^(?:.*_)?(?:given|first|middle|forename|second)(?:_?names?)?$/i, 'given'],
]
/** The key or element that a value stands in, right before it. */
const KEY_BEFORE =
  /(?:\\*"([\w-]{1,40})\\*"\s{0,9}:\s{0,40}\[?\s{0,40}\\*"|<(?:\w{1,20}:)?([A-Za-z_]{1,40})(?:\s[^<>]{0,80})?>|<(?:\w{1,20}:)?([A-Za-z_]{1,40}) value=\\*")$/
const NAME_KEYS =
  /(?:family|given|first|last|middle|surname|forename|second)(?:_?names?)?|value|qualifier|\bname\b/gi

/** The names whose given and family parts were found one by one, side by side: fields, elements, components. */
export function wholeNames<P extends Part>(
  segments: readonly Segment[],
  parts: readonly P[],
): readonly WholeName<P>[] {
  const people = parts
    .filter((part) => part.type === 'PERSON')
    .toSorted((a, b) => a.segment - b.segment || a.start - b.start)
  const found: WholeName<P>[] = []
  let group: Piece<P>[] = []
  for (const part of people) {
    const piece = pieceOf(segments, part, group.at(-1))
    if (!belongs(segments, group, piece)) {
      add(found, group)
      group = []
    }
    group.push(piece)
  }
  add(found, group)
  return found
}

function add<P extends Part>(found: WholeName<P>[], group: readonly Piece<P>[]): void {
  const [first] = group
  const isPositional = group[1]?.role === 'next'
  const family = isPositional ? group.slice(0, 1) : group.filter(({ role }) => role === 'family')
  const given = isPositional ? group.slice(1) : group.filter(({ role }) => role === 'given')
  if (first === undefined || family.length === 0 || given.length === 0) return
  found.push({ text: [...given, ...family].map(({ text }) => text).join(' '), part: first.part })
}

function pieceOf<P extends Part>(
  segments: readonly Segment[],
  part: P,
  last: Piece<P> | undefined,
): Piece<P> {
  const segment = segments[part.segment]
  const whole = segment?.text ?? ''
  const text = whole.slice(part.start, part.end)
  if (part.start === 0 && part.end === whole.length) {
    return { part, text, role: roleOf(segment?.keys.at(-1) ?? '') }
  }
  const gap = last?.part.segment === part.segment ? whole.slice(last.part.end, part.start) : ''
  if (/^\^{1,2}$/.test(gap)) return { part, text, role: 'next' }
  if (last !== undefined && /^\\*",\s{0,80}\\*"$/.test(gap)) return { part, text, role: last.role }
  const lead = KEY_BEFORE.exec(whole.slice(Math.max(0, part.start - 140), part.start))
  return { part, text, role: roleOf(lead?.[1] ?? lead?.[2] ?? lead?.[3] ?? '') }
}

function roleOf(key: string): Role {
  return ROLES.find(([pattern]) => pattern.test(key))?.[1] ?? 'none'
}

function belongs<P extends Part>(
  segments: readonly Segment[],
  group: readonly Piece<P>[],
  { part, role }: Piece<P>,
): boolean {
  const last = group.at(-1)
  if (last === undefined || role === 'none') return false
  if (role === 'next') return last.role === 'none' || last.role === 'next'
  if (last.role === 'none' || last.role === 'next') return false
  if (role === 'family' && group.some((one) => one.role === 'family')) return false
  if (last.part.segment !== part.segment) {
    return parentOf(segments[last.part.segment]) === parentOf(segments[part.segment])
  }
  const gap = segments[part.segment]?.text.slice(last.part.end, part.start) ?? ''
  return gap.length <= LONGEST_GAP && /^[^\p{L}\p{N}{}|]*$/u.test(gap.replace(NAME_KEYS, ''))
}

/** The object that a scalar, or the list it is in, belongs to. */
function parentOf(segment: Segment | undefined): string {
  if (segment === undefined) return ''
  const path = segment.path.replace(/(?:\/\d+)*$/, '').replace(/\/[^/]*$/, '')
  return `${path} ${segment.keys.slice(0, -1).join('/')}`
}
