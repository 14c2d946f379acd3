import { noisy } from './noise.ts'
import { randomOf, weighted } from './random.ts'
import { SLOTS } from './slots.ts'
import { parseTemplate, type Piece, type Template } from './template.ts'
import { DENSE, MACHINE, MEDICINE, PROSE } from './templates-negative.ts'
import { CHAT, DATA, GENERAL, NOTES } from './templates-people.ts'

/** A text whose words carry their tags. */
export interface Sample {
  readonly text: string
  /** The tag of every character. */
  readonly tags: Uint8Array
}

/** One kind of texts with its share of all. */
interface Group {
  readonly name: string
  readonly share: number
  readonly templates: readonly Template[]
}

const groupOf = (name: string, share: number, source: string): Group => ({
  name,
  share,
  templates: source
    .trim()
    .split('\n')
    .map((line) => parseTemplate(line, SLOTS)),
})

const GROUPS: readonly Group[] = [
  groupOf('chat', 14, CHAT),
  groupOf('notes', 17, NOTES),
  groupOf('general', 24, GENERAL),
  groupOf('data', 4, DATA),
  groupOf('medicine', 17, MEDICINE),
  groupOf('dense', 10, DENSE),
  groupOf('prose', 11, PROSE),
  groupOf('machine', 13, MACHINE),
]

/** How many templates there are, in all. */
export const TEMPLATES = GROUPS.reduce((sum, group) => sum + group.templates.length, 0)

/** Whether a template is kept out of training: one in twelve, so that the scores are of sentences never seen. */
const isHeldOut = (index: number): boolean => index % 12 === 7

export interface Kind {
  readonly heldOut: boolean
  /** Only this group. */
  readonly group?: string
}

/** An endless row of samples, the same for the same seed. */
export function samplesOf(seed: number, kind?: Kind): () => Sample {
  const random = randomOf(seed)
  const groups = GROUPS.map((group): Group => ({
    ...group,
    templates: group.templates.filter(
      (_, index) => kind === undefined || isHeldOut(index) === kind.heldOut,
    ),
  })).filter((group) => kind?.group === undefined || kind.group === group.name)
  const draw = (): readonly Piece[] => {
    const group = weighted(
      random,
      groups.map((one) => [one.share, one] as const),
    )
    const first = noisy(random.pick(group.templates)(random), random)
    if (!random.chance(0.3)) return first
    // Lines do not stand alone: of the same kind mostly, so that code stands beside code.
    const next = random.chance(0.8) ? group : random.pick(groups)
    const joint = { text: random.pick([' ', '\n', '\n', '\n\n']), tag: 0 }
    return [...first, joint, ...noisy(random.pick(next.templates)(random), random)]
  }
  return () => sampleOf(draw())
}

function sampleOf(pieces: readonly Piece[]): Sample {
  const text = pieces.map((piece) => piece.text).join('')
  const tags = new Uint8Array(text.length)
  let at = 0
  for (const piece of pieces) {
    tags.fill(piece.tag, at, at + piece.text.length)
    at += piece.text.length
  }
  return { text, tags }
}
