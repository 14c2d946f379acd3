import type { Segment } from '../../domain/index.ts'
import { viewOf } from '../normalise/index.ts'

/** Where something stands in the segments. */
interface Where {
  readonly segment: number
  readonly start: number
  readonly end: number
}

/** A text that is searched as one: a segment, or short scalars of data that stand beside each other. */
export interface Passage {
  readonly text: string
  /** The ranges of the segments behind a range of the text. */
  origin(start: number, end: number): readonly Where[]
}

/** Longer values are texts of their own. */
const SHORT = 64

/**
 * The passages of some segments. Short values of JSON are read one after the other, so that `{"family":"Smith",
 * "given":["John"]}` is a name; keys stand for themselves.
 */
export function passagesOf(segments: readonly Segment[]): readonly Passage[] {
  const passages: Passage[] = []
  let run: number[] = []
  const close = (): void => {
    if (run.length > 0) passages.push(joined(run, segments))
    run = []
  }
  for (const [index, { text, place }] of segments.entries()) {
    if (text === '') continue
    const isValue = place === 'text' || place === 'number'
    if (isValue && text.length <= SHORT) {
      run.push(index)
      continue
    }
    if (isValue) close()
    passages.push(joined([index], segments))
  }
  close()
  return passages
}

function joined(indexes: readonly number[], segments: readonly Segment[]): Passage {
  let length = 0
  const views = indexes.map((segment) => {
    const view = viewOf(segments[segment]?.text ?? '')
    const start = length
    length += view.text.length + 1
    return { segment, view, start }
  })
  return {
    text: views.map(({ view }) => view.text).join('\n'),
    origin(start, end) {
      const found: Where[] = []
      for (let at = lastUpTo(views, start); (views[at]?.start ?? Infinity) < end; at += 1) {
        const { segment, view, start: offset } = views[at] ?? missing()
        const from = Math.max(start - offset, 0)
        const to = Math.min(end - offset, view.text.length)
        if (from < to) found.push({ segment, ...view.origin(from, to) })
      }
      return found
    },
  }
}

function missing(): never {
  throw new Error('a range outside of its passage')
}

/** Index of the last one that starts at or before a position. */
function lastUpTo(views: readonly { readonly start: number }[], position: number): number {
  let from = 0
  let to = views.length - 1
  while (from < to) {
    const middle = (from + to + 1) >>> 1
    if ((views[middle]?.start ?? 0) <= position) from = middle
    else to = middle - 1
  }
  return from
}
