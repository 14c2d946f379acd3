import { taggerOf } from '../../src/detect/names/tagger/decode.ts'
import type { Model } from '../../src/detect/names/tagger/model.ts'
import { UNIT } from '../../src/detect/names/tagger/model.ts'
import { samplesOf, type Sample } from './generator.ts'

/** How well a model does on generated texts. */
export interface Score {
  /** Share of names, places and facilities that are tagged from end to end, by whatever tag. */
  readonly recall: number
  /** Share of the other words' characters that are tagged. */
  readonly over: number
  /** Share of the texts without any name in which something is tagged. */
  readonly touched: number
}

/** Scores a model on texts of templates that were held out. `bias` is a log-odds. */
export function evaluate(model: Model, group: string, count: number, bias = 1): Score {
  const tag = taggerOf(model)
  const next = samplesOf(7, { heldOut: true, group })
  const sum = { names: 0, whole: 0, others: 0, over: 0, clean: 0, touched: 0 }
  for (let index = 0; index < count; index += 1) {
    const sample = next()
    const mask = new Uint8Array(sample.text.length)
    tag(sample.text, bias / UNIT, (block, tags) => {
      for (let at = 0; at < block.count; at += 1) {
        if (tags[at] !== 0) mask.fill(1, block.starts[at], block.ends[at])
      }
    })
    add(sum, sample, mask)
  }
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)
  return {
    recall: share(sum.whole, sum.names),
    over: share(sum.over, sum.others),
    touched: sum.clean === 0 ? 0 : sum.touched / sum.clean,
  }
}

interface Sum {
  names: number
  whole: number
  others: number
  over: number
  clean: number
  touched: number
}

function add(sum: Sum, { text, tags }: Sample, mask: Uint8Array): void {
  let over = 0
  let missed = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = /[\p{L}\p{N}]/u.test(text.charAt(at))
    const gold = tags[at] ?? 0
    if (gold === 0 && letter) {
      sum.others += 1
      over += mask[at] ?? 0
    }
    if (gold === 0) continue
    missed = missed || (letter && mask[at] === 0)
    if ((tags[at + 1] ?? 0) === gold) continue
    sum.names += 1
    sum.whole += missed ? 0 : 1
    missed = false
  }
  sum.over += over
  if (tags.includes(1) || tags.includes(2) || tags.includes(3)) return
  sum.clean += 1
  sum.touched += over > 0 ? 1 : 0
}
