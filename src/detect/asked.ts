import type { TextView } from './normalise/index.ts'
import type { Recognizer } from './recognizer.ts'

/** For a list of recognizers, which of them a text has to be given to. */
interface Dispatch {
  /** By the number of a pattern, the places in the list of those that look for it. */
  readonly byPattern: readonly (readonly number[] | undefined)[]
  /** 1 for those that do not say what they look for. */
  readonly unlisted: Uint8Array
}

const dispatches = new WeakMap<readonly Recognizer[], Dispatch>()

/**
 * The recognizers that may find something in a text, in the order of the list: those of which a pattern can begin
 * there, and those that do not say what they look for. A text without what a recognizer needs is not given to it, nor one
 * that is not `prose` to those that read sentences.
 */
export function askedOf(
  all: readonly Recognizer[],
  view: TextView,
  isProse: boolean,
): readonly Recognizer[] {
  const { byPattern, unlisted } = dispatchOf(all)
  const { patterns, hasDigit } = view.anchors()
  const asked = unlisted.slice()
  for (const pattern of patterns) {
    for (const place of byPattern[pattern] ?? []) asked[place] = 1
  }
  return all.filter(({ needs, prose }, place) => {
    if (asked[place] === 0 || (prose === true && !isProse)) return false
    if (needs === 'nothing') return true
    return needs === 'digit' ? hasDigit : needs === 'at' ? view.hasAt : view.hasForeign
  })
}

function dispatchOf(all: readonly Recognizer[]): Dispatch {
  const known = dispatches.get(all)
  if (known !== undefined) return known
  const byPattern: number[][] = []
  for (const [place, { patterns = [] }] of all.entries()) {
    for (const { id } of patterns) (byPattern[id] ??= []).push(place)
  }
  const unlisted = Uint8Array.from(all, ({ patterns }) => (patterns === undefined ? 1 : 0))
  const dispatch = { byPattern, unlisted }
  dispatches.set(all, dispatch)
  return dispatch
}
