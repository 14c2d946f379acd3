import { BUCKETS } from './features.ts'
import { TAGS } from './tags.ts'

/** What training learnt: scores in units of `UNIT`. */
export interface Model {
  /** `TAGS` values a bucket, -128 to 127. */
  readonly weights: Int8Array
  /** From tag to tag, row by row. */
  readonly transitions: Int16Array
}

/** One unit of a model's scores, as a part of a log-odds of 1. */
export const UNIT = 1 / 24

/**
 * A model from its text: base64 of the transitions (16 bit, little-endian) and of the weights.
 * @throws Error when it has another size than the features ask for
 */
export function parseModel(text: string): Model {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const head = TAGS * TAGS * 2
  if (bytes.length !== head + BUCKETS * TAGS) throw new Error('the model does not fit its features')
  const view = new DataView(bytes.buffer)
  const transitions = Int16Array.from({ length: TAGS * TAGS }, (_, index) =>
    view.getInt16(index * 2, true),
  )
  return { weights: new Int8Array(bytes.buffer, head), transitions }
}
