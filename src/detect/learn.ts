import type { Finding, Segment } from '../domain/index.ts'
import type { EntityType } from '../schema/index.ts'
import { NOTHING_KNOWN, type Known, type KnownPart, type Knowledge } from './knowledge.ts'
import { AMBIGUOUS, CALENDAR, isStopWord, nameParts, SUFFIXES, TITLES } from './names/index.ts'
import { tokensOf } from './tokens.ts'
import { wholeNames } from './whole-names.ts'

type Lesson = Pick<Finding, 'segment' | 'start' | 'end' | 'type' | 'subtype' | 'basis'>

interface Lists {
  readonly names: Map<string, Known>
  readonly longest: Map<string, number>
  readonly parts: Map<string, KnownPart>
  readonly ids: Map<string, Known>
  readonly beginnings: Set<string>
}

/**
 * What is known, and grows: of a long conversation nothing is copied for each message. What was given at the beginning is
 * copied when something is added for the first time, and never changed.
 */
export class Learning {
  readonly #given: Knowledge
  #own: Lists | undefined
  #known: Knowledge | undefined

  constructor(given: Knowledge = NOTHING_KNOWN) {
    this.#given = given
    this.#known = given
  }

  /** What searches are given, another object each time that something was added: they keep what they prepare by it. */
  get known(): Knowledge {
    this.#known ??= { ...this.soFar }
    return this.#known
  }

  /** All of it so far, one object that grows. */
  get soFar(): Knowledge {
    return this.#own ?? this.#given
  }

  /** To be added to. */
  get lists(): Lists {
    this.#own ??= copyOf(this.#given)
    this.#known = undefined
    return this.#own
  }
}

function copyOf({ names, longest, parts, ids, beginnings }: Knowledge): Lists {
  return {
    names: new Map(names),
    longest: new Map(longest),
    parts: new Map(parts),
    ids: new Map(ids),
    beginnings: new Set(beginnings),
  }
}

const IDENTIFIERS: ReadonlySet<EntityType> = new Set([
  'US_SSN',
  'MEDICAL_RECORD_NUMBER',
  'HEALTH_PLAN_ID',
  'ACCOUNT',
  'LICENSE',
  'VEHICLE',
  'DEVICE',
  'OTHER_ID',
  'PHONE',
  'FAX',
  'EMAIL',
  'BIOMETRIC',
] satisfies EntityType[])
const LONGEST_ID = 254
const LONGEST_PLACE = 80
const MOST_PARTS = 6

/** What is known and what one text teaches besides. Knowledge given is never changed. */
export function learn(
  known: Knowledge,
  segments: readonly Segment[],
  findings: readonly Lesson[],
): Knowledge {
  const learning = new Learning(known)
  teach(learning, segments, findings)
  return learning.known
}

/**
 * Adds to what is known the names and identifiers that were masked. The segments are those the findings point into.
 * What was found by propagation teaches nothing new.
 */
export function teach(
  learning: Learning,
  segments: readonly Segment[],
  findings: readonly Lesson[],
): void {
  const lessons = findings.filter(
    (finding) =>
      finding.basis !== 'propagated' &&
      (finding.type === 'PERSON' || IDENTIFIERS.has(finding.type) || isPlace(finding.type)),
  )
  if (lessons.length === 0) return
  for (const lesson of lessons) {
    const text = segments[lesson.segment]?.text.slice(lesson.start, lesson.end) ?? ''
    if (lesson.type === 'PERSON') learnPerson(learning, text, lesson)
    else if (isPlace(lesson.type)) learnPlace(learning, text, lesson)
    else learnId(learning, text, lesson)
  }
  for (const { text, part } of wholeNames(segments, lessons)) learnPerson(learning, text, part)
}

function isPlace(type: EntityType): boolean {
  return type === 'LOCATION' || type === 'FACILITY'
}

function learnPerson(learning: Learning, text: string, lesson: Lesson): void {
  const parts = nameParts(text).slice(0, MOST_PARTS)
  const known: Known = { type: 'PERSON', subtype: lesson.subtype ?? 'unknown' }
  const lower = text === text.toLowerCase()
  for (const form of formsOf(parts)) learnName(learning, form, known)
  for (const part of parts) {
    // A guess may be wrong: the whole of it is looked for again, its parts are not.
    if (lesson.basis !== 'guess' && standsAlone(part) && !learning.soFar.parts.has(part)) {
      learning.lists.parts.set(part, {
        ...known,
        lower: lower && part.length >= 4 && !AMBIGUOUS.has(part),
      })
    }
  }
}

/** The orders in which the same name is written: as it is, last name first, without the middle, with an initial. */
function formsOf(parts: readonly string[]): readonly (readonly string[])[] {
  const core = parts.filter((part) => !SUFFIXES.has(part))
  const first = core[0]
  const last = core.at(-1)
  if (first === undefined || last === undefined || core.length < 2) return [parts]
  const rest = core.slice(0, -1)
  const initial = first.slice(0, 1)
  return [
    parts,
    core,
    [last, ...rest],
    [first, last],
    [last, first],
    [initial, last],
    [last, initial],
  ]
}

function learnName(learning: Learning, form: readonly string[], known: Known): void {
  const [first] = form
  if (first === undefined || form.length < 2) return
  const joined = form.join(' ')
  if (!learning.soFar.names.has(joined)) learning.lists.names.set(joined, known)
  const longest = learning.soFar.longest.get(first) ?? 0
  if (form.length > longest) learning.lists.longest.set(first, form.length)
}

function standsAlone(part: string): boolean {
  const letters = part.length >= 3 || /^\p{Lo}{2}$/u.test(part)
  return (
    letters &&
    !/\p{N}/u.test(part) &&
    !isStopWord(part) &&
    !CALENDAR.has(part) &&
    !TITLES.has(part) &&
    !PARTICLES.has(part)
  )
}

const PARTICLES = new Set([
  'del',
  'della',
  'los',
  'las',
  'dos',
  'das',
  'van',
  'von',
  'der',
  'den',
  'bin',
  'ibn',
  'ter',
  'ten',
  'iii',
])

/** A place is looked for again whole, if it is long enough to be one place, and nobody whose name is known. */
function learnPlace(learning: Learning, text: string, lesson: Lesson): void {
  const tokens = tokensOf(text)
  const key = tokens.map((token) => token.folded).join('')
  const isPerson = learning.soFar.names.has(tokens.map((token) => token.folded).join(' '))
  if (!isPerson && tokens.length >= 2 && key.length >= 10 && key.length <= LONGEST_PLACE)
    addId(learning, key, { type: lesson.type })
}

function learnId(learning: Learning, text: string, lesson: Lesson): void {
  const bare = lesson.type === 'PHONE' || lesson.type === 'FAX' ? withoutExtension(text) : text
  const key = tokensOf(bare)
    .map((token) => token.folded)
    .join('')
  const known: Known = { type: lesson.type }
  if (!isTelling(key, lesson.type)) return
  addId(learning, key, known)
  if (lesson.type !== 'PHONE' && lesson.type !== 'FAX') return
  if (/^1\d{10}$/.test(key)) addId(learning, key.slice(1), known)
  if (/^\d{10}$/.test(key)) addId(learning, `1${key}`, known)
}

function withoutExtension(text: string): string {
  return text.replace(/,? ?(?:x|ext\.?|extension) ?\d{1,6}$/i, '')
}

/** Short numbers and years stand everywhere; a word without a digit is no identifier, unless it is an address. */
function isTelling(key: string, type: EntityType): boolean {
  if (key.length > LONGEST_ID) return false
  if (type === 'EMAIL') return key.length >= 6
  if (/^\d+$/.test(key)) return key.length >= 5 || (key.length === 4 && !/^(?:19|20)/.test(key))
  return key.length >= 4 && /\d/.test(key)
}

function addId(learning: Learning, key: string, known: Known): void {
  if (learning.soFar.ids.has(key)) return
  const { ids, beginnings } = learning.lists
  ids.set(key, known)
  for (let length = 1; length <= key.length; length += 1) beginnings.add(key.slice(0, length))
}
