import type { Finding, Segment } from '../../domain/index.ts'
import { outsideOf, placeholderRanges } from '../normalise/index.ts'
import type { Recall } from '../recognizer.ts'
import { isTelling, isWritten } from './ordinary.ts'
import { passagesOf, type Passage } from './passage.ts'
import { scan, type ListedHit, type ListedWord, type Scan } from './scan.ts'
import type { Roster } from './tables.ts'

/** How far apart two identifiers of one person may stand to confirm each other, in characters. */
const BESIDE = 200
/** A name that more people have says little of which of them it is. */
const MOST_NAMESAKES = 8
const MOST_PEOPLE = 512

interface Scanned {
  readonly passage: Passage
  readonly scan: Scan
}

/**
 * Finds listed people, in any segment, however they are written.
 *
 * A full name or a telling identifier is found wherever it stands. A single name, a date of birth and a short number
 * are found beside another identifier of the same person (within 200 characters), or anywhere in the same segments as a
 * telling one. A single name alone is found where `recall` is `strict` and it is no ordinary word.
 */
export function findListed(
  segments: readonly Segment[],
  roster: Roster,
  recall: Recall,
): readonly Finding[] {
  const scanned = passagesOf(segments).map((passage): Scanned => ({
    passage,
    scan: scan(passage.text, roster),
  }))
  const people = peopleIn(scanned, roster)
  const parts = new Set([...people].flatMap((person) => [...roster.partsOf(person)]))
  const found: Finding[] = []
  for (const { passage, scan: seen } of scanned) {
    const add = (hit: Place): void => void found.push(...findingsOf(hit, passage, roster))
    for (const hit of seen.strong) add(hit)
    for (const hit of confirmed(passage.text, seen, people, roster)) add(hit)
    for (const word of seen.words) {
      const listed = parts.has(word.hash) && isWritten(passage.text, word)
      if (listed || (recall === 'strict' && isTelling(passage.text, word))) add(word)
    }
  }
  return outsidePlaceholders(found, segments)
}

type Place = ListedHit | ListedWord

/** Whom the telling identifiers and the less common names are of. */
function peopleIn(scanned: readonly Scanned[], roster: Roster): ReadonlySet<number> {
  const people = new Set<number>()
  for (const { scan: seen } of scanned) {
    for (const { rows } of seen.strong) {
      const tells = rows.length <= MOST_NAMESAKES
      if (tells && people.size < MOST_PEOPLE)
        for (const row of rows) people.add(roster.ownerOf(row))
    }
  }
  return people
}

/** What says something only beside another identifier of the same person, and has it. */
function* confirmed(
  text: string,
  { weak, words }: Scan,
  people: ReadonlySet<number>,
  roster: Roster,
): Generator<Place> {
  let first = 0
  for (const [index, hit] of weak.entries()) {
    const owners = hit.rows.map((row) => roster.ownerOf(row))
    let holds = owners.some((owner) => people.has(owner))
    const prints = new Set(owners.flatMap((owner) => [...roster.partsOf(owner)]))
    while ((words[first]?.end ?? Infinity) < hit.start - BESIDE) first += 1
    for (let at = first; (words[at]?.start ?? Infinity) < hit.end + BESIDE; at += 1) {
      const word = words[at]
      if (word === undefined || !prints.has(word.hash) || !isWritten(text, word)) continue
      holds = true
      yield word
    }
    for (const other of weak.slice(index + 1, index + 4)) {
      const near = other.start >= hit.end && other.start - hit.end < BESIDE
      if (!near || !other.rows.some((row) => owners.includes(roster.ownerOf(row)))) continue
      holds = true
      yield other
    }
    if (holds) yield hit
  }
}

function* findingsOf(place: Place, passage: Passage, roster: Roster): Generator<Finding> {
  const [row] = 'rows' in place ? place.rows : []
  const type = row === undefined ? 'PERSON' : roster.typeOf(row)
  for (const where of passage.origin(place.start, place.end)) {
    yield {
      ...where,
      type,
      ...(type === 'PERSON' ? { subtype: 'patient' as const } : {}),
      score: 1,
      recognizer: 'roster',
      basis: 'listed',
    }
  }
}

/** What masking wrote is never found again. */
function outsidePlaceholders(
  found: readonly Finding[],
  segments: readonly Segment[],
): readonly Finding[] {
  const bySegment = Map.groupBy(found, ({ segment }) => segment)
  return [...bySegment].flatMap(([index, findings]) => {
    const text = segments[index]?.text ?? ''
    const sorted = findings.toSorted((a, b) => a.start - b.start)
    return outsideOf(text, sorted, placeholderRanges(text))
  })
}
