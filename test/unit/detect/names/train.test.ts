import assert from 'node:assert/strict'
import { taggerOf, type Tagger } from '../../../../src/detect/names/tagger/decode.ts'
import { parseModel, UNIT } from '../../../../src/detect/names/tagger/model.ts'
import { TRAINED_ON, WEIGHTS } from '../../../../src/detect/names/tagger/weights.ts'
import { evaluate } from '../../../../tools/train/evaluate.ts'
import { samplesOf, TEMPLATES } from '../../../../tools/train/generator.ts'
import { parseTemplate } from '../../../../tools/train/template.ts'
import { digestOfTraining, textOf, train } from '../../../../tools/train/train.ts'

describe('training', function () {
  this.timeout(120_000)

  it('gives today what the committed weights were trained with (else: npm run train)', () => {
    assert.equal(digestOfTraining(), TRAINED_ON)
  })

  it('gives the same weights twice, and others for another seed', () => {
    const small = { seed: 5, samples: 300, all: true }
    const first = textOf(train(small))
    assert.equal(textOf(train(small)), first)
    assert.notEqual(textOf(train({ ...small, seed: 6 })), first)
  })

  it('learns: on templates that it never saw it finds most names and leaves most of the rest', () => {
    const model = train({ seed: 11, samples: 12_000, all: false })
    for (const group of ['chat', 'notes', 'general']) {
      const { recall, over } = evaluate(model, group, 300)
      assert.ok(recall > 0.8, `${group}: recall ${recall}`)
      assert.ok(over < 0.16, `${group}: over-masked ${over}`)
    }
  })

  it('draws from many templates, and the held-out ones are not among those trained on', () => {
    assert.ok(TEMPLATES >= 250)
    const texts = (heldOut: boolean) => {
      const next = samplesOf(3, { heldOut, group: 'medicine' })
      return new Set(Array.from({ length: 400 }, () => next().text))
    }
    const held = texts(true)
    assert.ok([...texts(false)].every((text) => !held.has(text)))
  })

  it('tags every character of a sample', () => {
    const next = samplesOf(1)
    for (let count = 0; count < 200; count += 1) {
      const { text, tags } = next()
      assert.equal(tags.length, text.length)
      assert.ok(tags.every((tag) => tag <= 3))
    }
  })

  it('refuses a template with an open brace or an unknown slot', () => {
    assert.throws(() => parseTemplate('{a|b', new Map()), /left open/)
    assert.throws(() => parseTemplate('a $NOBODY', new Map()), /no slot/)
  })
})

describe('a model as text', () => {
  it('comes back as it was', () => {
    const model = train({ seed: 2, samples: 50, all: true })
    assert.deepEqual(parseModel(textOf(model)), model)
  })

  it('is refused when it does not fit the features', () => {
    assert.throws(() => parseModel(WEIGHTS.slice(0, 400)), /does not fit/)
  })

  const tagsOf = (tag: Tagger, text: string, bias: number): readonly number[] => {
    const found: number[] = []
    tag(text, bias / UNIT, (block, tags) => {
      found.push(...tags.subarray(0, block.count))
    })
    return found
  }

  it('has tags that a bias moves, also of the text that was read last', () => {
    const tag = taggerOf(parseModel(WEIGHTS))
    const text = 'one word and another word'
    const none = [0, 0, 0, 0, 0]
    assert.deepEqual(tagsOf(tag, text, 0), none)
    assert.ok(tagsOf(tag, text, 100).every((one) => one !== 0))
    assert.deepEqual(tagsOf(tag, text, 0), none)
  })

  it('gives a text the tags of its own, whichever was read before', () => {
    const tag = taggerOf(parseModel(WEIGHTS))
    const one = 'seen by Ingrid Halvorsen at noon'
    const other = 'the cat slept on the warm sofa.\n'
    // Longer than a block: its beginning is no whole text.
    const long = `${other.repeat(2000)}${one}`
    const alone = (text: string): readonly number[] =>
      tagsOf(taggerOf(parseModel(WEIGHTS)), text, 1)
    for (const text of [one, other, one, one, long, other, long, long, one]) {
      assert.deepEqual(tagsOf(tag, text, 1), alone(text))
    }
  })
})
