import type { EntityType } from '../../../schema/index.ts'
import type { TextView } from '../../normalise/index.ts'
import type { Hit, Recall, Recognizer } from '../../recognizer.ts'
import { taggerOf, type Tagger } from './decode.ts'
import { parseModel, UNIT } from './model.ts'
import { subtypeOf } from './people.ts'
import { placeParts } from './place-parts.ts'
import { spansOf, type Span } from './spans.ts'
import { isVetoed } from './vetoes.ts'
import { WEIGHTS } from './weights.ts'

/** What is taken from the log-odds of no name: more of it finds more, and more that is none. */
const BIAS: Readonly<Record<Recall, number>> = { strict: 2, balanced: 1, lenient: 0.5 }
/** Besides, where several are found: what speaks of nobody is left alone, and of somebody's kin little is missed. */
const AMONG_PEOPLE = 0.25
/** Log-odds that are asked for besides where nothing else speaks of somebody. */
const DOUBT = 1.5
/** Of a vote, not a rule: below every cue. */
const SCORE = 0.5

/** Names, places and facilities by a model trained on generated text (`npm run train`), whatever stands beside them. */
export const TAGGED: readonly Recognizer[] = [
  recognizerOf('tagger-person', 'PERSON'),
  recognizerOf('tagger-place', 'LOCATION'),
  recognizerOf('tagger-facility', 'FACILITY'),
]

function recognizerOf(name: string, type: EntityType): Recognizer {
  return {
    name,
    type,
    needs: 'nothing',
    prose: true,
    find: (view, recall) =>
      spansIn(view, recall)
        .filter((span) => span.type === type)
        .flatMap((span) => (type === 'LOCATION' ? placeParts(view.text, span) : [span]))
        .map((span) => hitOf(view.text, span)),
  }
}

function hitOf(text: string, { start, end, type }: Span): Hit {
  const hit = { start, end, score: SCORE, basis: 'guess' } as const
  if (type !== 'PERSON') return hit
  return { ...hit, subtype: subtypeOf(text, start, end) }
}

const TAIL = /^(?:,| in|, in| of| on| at)\s$/

/** "Mercy Hospital in Springfield, IL" is one facility: the place tells which. */
function joinTails(text: string, spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = []
  for (const span of spans) {
    const before = joined.at(-1)
    const tail =
      before?.type === 'FACILITY' &&
      span.type === 'LOCATION' &&
      !/\d/.test(text.slice(span.start, span.end)) &&
      TAIL.test(text.slice(before.end, span.start))
    if (tail) joined[joined.length - 1] = { ...before, end: span.end }
    else joined.push(span)
  }
  return joined
}

interface Found {
  readonly view: TextView
  readonly recall: Recall
  readonly spans: readonly Span[]
}

let tagger: Tagger | undefined

/** Where in a text the tagger would find something though it had to be surer of it. */
export function surelyTagged(text: string, recall: Recall): readonly Span[] {
  tagger ??= taggerOf(parseModel(WEIGHTS))
  return spansOf(text, tagger, Math.round((BIAS[recall] - DOUBT) / UNIT))
}
let last: Found | undefined

/** One tagging serves the three types: they are asked for one after the other. */
function spansIn(view: TextView, recall: Recall): readonly Span[] {
  if (last?.view === view && last.recall === recall) return last.spans
  tagger ??= taggerOf(parseModel(WEIGHTS))
  const spans = joinTails(
    view.text,
    spansOf(
      view.text,
      tagger,
      Math.round(BIAS[recall] / UNIT),
      Math.round(AMONG_PEOPLE / UNIT),
    ).filter((span) => !isVetoed(view.text, span)),
  )
  last = { view, recall, spans }
  return spans
}
