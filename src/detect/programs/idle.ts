import type { Finding } from '../../domain/index.ts'
import { hintsAtSomebody, type Signs } from './signs.ts'
import { isByMachine, isRelease, isSomebodys, isStamp } from './stamps.ts'
import { isTold, isToldInSentence } from './told.ts'
import { writingOf } from './writing.ts'

/**
 * Takes out what is idle: findings in a program's writing that name nobody. Nothing is idle in a paragraph in which
 * somebody is found for sure. Elsewhere a guess is idle unless it is told of somebody, and a stamp (a bare date, an inner
 * host, a site) where its paragraph speaks of nobody; in a text that hints at nobody at all one sign of a program is enough
 * for that. The words of a file's name were parted to be read: guesses there stay.
 */
export function withoutIdle(
  text: string,
  seen: readonly Finding[],
  hidden: readonly Finding[] = [],
): readonly Finding[] {
  const findings = hidden.length === 0 ? seen : [...seen, ...hidden]
  if (!findings.some((finding) => isGuess(finding) || isStamp(text, finding))) return findings
  const writing = writingOf(text, findings)
  const isSure = (one: Finding): boolean => !isGuess(one) && isSomebodys(text, one)
  // Where somebody is meant: nothing is idle there.
  const meant = new Set(findings.filter(isSure).map(({ start }) => writing.paragraphAt(start)))
  const named = new Set(
    findings.filter(({ type }) => type === 'PERSON').map(({ start }) => writing.paragraphAt(start)),
  )
  const isLonePlace = ({ type, start }: Finding): boolean =>
    type === 'LOCATION' && meant.size === 0 && !named.has(writing.paragraphAt(start))
  const isIdle = (one: Finding): boolean => {
    if (!isGuess(one) || meant.has(writing.paragraphAt(one.start)) || isTold(text, one))
      return false
    const isAmong = isLonePlace(one) && writing.isAmongPrograms(one.start)
    return (isAmong || writing.isProgram(one.start)) && !isToldInSentence(text, one)
  }
  const told = [
    ...seen.filter((one) => !isIdle(one)),
    ...hidden.filter((one) => isInFileName(text, one) || !isIdle(one)),
  ]
  for (const one of told) if (isSomebodys(text, one)) meant.add(writing.paragraphAt(one.start))
  const hintsAtNobody = meant.size === 0 && !hintsAtSomebody(text) && isOfPrograms(writing.signs())
  return told.filter((one) => {
    if (!isStamp(text, one)) return true
    if (isRelease(text, one)) return false
    if (hintsAtNobody && isByMachine(text, one)) return false
    if (meant.has(writing.paragraphAt(one.start))) return true
    if (meant.size > 0 && writing.isAboutSomebody(one.start)) return true
    return !writing.isProgram(one.start)
  })
}

/** No word for a person or a clinic is not enough: "It is 1961-03-14." answers a question about somebody. */
function isOfPrograms({ machine, people }: Signs): boolean {
  return machine > people
}

const FILE_NAME = /^[\p{L}\p{N}_.-]{1,120}\.[a-z]\w{1,4}(?!\w)/iu

function isInFileName(text: string, { start }: Finding): boolean {
  return FILE_NAME.test(text.slice(start, start + 128))
}

/** A vote, or a value behind "name": in programs everything has one. */
function isGuess({ basis, recognizer, score }: Finding): boolean {
  return basis === 'guess' || (recognizer === 'person-label' && score < 0.8)
}
