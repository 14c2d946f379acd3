import { createHash } from 'node:crypto'
import type { Model } from '../../src/detect/names/tagger/model.ts'
import { Trainer } from './crf.ts'
import { encoder } from './encode.ts'
import { samplesOf } from './generator.ts'
import { randomOf } from './random.ts'

export interface TrainOptions {
  readonly seed: number
  readonly samples: number
  /** Whether all templates are trained on, or only those that are not held out. */
  readonly all: boolean
}

/** What the committed weights are trained with. */
export const SETTINGS: TrainOptions = { seed: 20_261, samples: 440_000, all: true }

/** Trains a model on texts made for it. The same options give the same weights, bit by bit. */
export function train({ seed, samples, all }: TrainOptions): Model {
  const next = samplesOf(seed, all ? undefined : { heldOut: false })
  const encode = encoder()
  const trainer = new Trainer(randomOf(seed + 1))
  for (let count = 0; count < samples; count += 1) {
    // Towards the end in smaller steps, so that the last samples do not outweigh the first.
    trainer.learn(encode(next()), 0.14 * (1 - (0.85 * count) / samples))
  }
  return trainer.model()
}

/** The digest of a small training with the committed settings: it changes whenever texts, features or trainer do. */
export function digestOfTraining(): string {
  const model = train({ ...SETTINGS, samples: 3000 })
  return createHash('sha256').update(textOf(model)).digest('hex')
}

/** A model as text: what `parseModel` reads. */
export function textOf(model: Model): string {
  const head = new DataView(new ArrayBuffer(model.transitions.length * 2))
  for (const [index, value] of model.transitions.entries()) head.setInt16(index * 2, value, true)
  return Buffer.concat([Buffer.from(head.buffer), Buffer.from(model.weights.buffer)]).toString(
    'base64',
  )
}
