import { ASIDES, FOREIGN, FRAGMENTS } from './fragments.ts'
import { noisy } from './noise.ts'
import { randomOf, weighted, type Random } from './random.ts'
import { SCRIPT_LINES } from './scripts.ts'
import { SLOTS } from './slots.ts'
import { parseTemplate, type Piece, type Template } from './template.ts'
import { DENSE, MACHINE, MEDICINE, PROSE } from './templates-negative.ts'
import { CHAT, DATA, GENERAL, NOTES } from './templates-people.ts'
import { COURSE, JOTTED, WARDS, WONDERS } from './templates-wards.ts'
import { ASKED, STYLES, TONGUES_LINES } from './templates-styles.ts'

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
  /** Which texts stand beside its own. */
  readonly beside?: string
  /** What stands between several of them in one sample; one alone makes a sample otherwise. */
  readonly gaps?: readonly string[]
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
  groupOf('chat', 20, CHAT),
  groupOf('notes', 20, NOTES),
  groupOf('styles', 40, STYLES),
  groupOf('asked', 14, ASKED),
  { ...groupOf('rounds', 50, WARDS), beside: 'course' },
  { ...groupOf('course', 60, COURSE), beside: 'rounds' },
  groupOf('wonders', 38, WONDERS),
  { ...groupOf('jotted', 30, JOTTED), gaps: ['. ', ', ', '\n', '; '] },
  groupOf('general', 80, GENERAL),
  groupOf('tongues', 16, TONGUES_LINES),
  groupOf('data', 26, DATA),
  groupOf('medicine', 54, MEDICINE),
  groupOf('dense', 48, DENSE),
  groupOf('prose', 32, PROSE),
  groupOf('machine', 96, MACHINE),
  {
    ...groupOf('wards', 30, FRAGMENTS),
    gaps: ['. ', '. ', '. ', ', ', ', ', '; ', ' - ', '\n', ' / ', ' ', ' . ', ' | '],
  },
  { ...groupOf('asides', 10, ASIDES), gaps: ['. ', '. ', ', ', '; ', ' ', '? ', '\n', ' - '] },
  { ...groupOf('foreign', 8, FOREIGN), gaps: [' ', ' ', '\n'] },
  {
    name: 'scripts',
    share: 7,
    templates: SCRIPT_LINES.map(({ line, slots }) => parseTemplate(line, slots)),
  },
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
    const first = noisy(textOf(group, random), random)
    if (group.beside !== undefined && random.chance(0.5)) {
      const near = groups.find(({ name }) => name === group.beside) ?? group
      const gap = { text: random.pick([' ', '\n', '\n', ' ']), tag: 0 }
      return [...first, gap, ...noisy(textOf(near, random), random)]
    }
    if (!random.chance(0.3)) return first
    // Lines do not stand alone: of the same kind mostly, so that code stands beside code.
    const next = random.chance(0.8) ? group : random.pick(groups)
    const joint = { text: random.pick([' ', '\n', '\n', '\n\n']), tag: 0 }
    return [...first, joint, ...noisy(textOf(next, random), random)]
  }
  return () => sampleOf(draw())
}

function textOf({ templates, gaps }: Group, random: Random): readonly Piece[] {
  if (gaps === undefined) return random.pick(templates)(random)
  const gap = { text: random.pick(gaps), tag: 0 }
  return Array.from({ length: 1 + random.below(6) }, (_, index) => [
    ...(index === 0 ? [] : [random.chance(0.8) ? gap : { text: random.pick(gaps), tag: 0 }]),
    ...random.pick(templates)(random),
  ]).flat()
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
