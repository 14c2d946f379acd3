import assert from 'node:assert/strict'
import { taggerOf, type Tagger } from '../../../../src/detect/names/tagger/decode.ts'
import { emptyBlock, readBlock } from '../../../../src/detect/names/tagger/lexer.ts'
import { parseModel, UNIT } from '../../../../src/detect/names/tagger/model.ts'
import { spansOf, type Span } from '../../../../src/detect/names/tagger/spans.ts'
import { FACILITY, PERSON, PLACE } from '../../../../src/detect/names/tagger/tags.ts'
import { isVetoed } from '../../../../src/detect/names/tagger/vetoes.ts'
import { UNTOLD, vocabularyOf } from '../../../../src/detect/names/tagger/vocabulary.ts'
import { WEIGHTS } from '../../../../src/detect/names/tagger/weights.ts'

/** Tags what stands between the marks as one person, or as another. */
function markedSpans(marked: string, tag = PERSON): readonly string[] {
  const from = marked.indexOf('«')
  const to = marked.indexOf('»') - 1
  const text = marked.replaceAll(/[«»]/g, '')
  const tagger: Tagger = (whole, _bias, onBlock) => {
    const block = emptyBlock()
    readBlock(
      whole,
      0,
      vocabularyOf(9000, () => UNTOLD),
      block,
    )
    const tags = Uint8Array.from({ length: block.count }, (_, at) =>
      (block.starts[at] ?? 0) >= from && (block.ends[at] ?? 0) <= to ? tag : 0,
    )
    onBlock(block, tags)
  }
  return spansOf(text, tagger, 0).map(({ start, end }) => text.slice(start, end))
}

const isVetoedAt = (marked: string, type: Span['type'] = 'PERSON'): boolean => {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  const text = marked.replaceAll(/[«»]/g, '')
  return isVetoed(text, {
    start,
    end,
    type,
    words: text.slice(start, end).split(' ').length,
  })
}

describe('the span of a person', () => {
  it('ends where a word begins that nobody is called, where no capital tells', () => {
    assert.deepEqual(markedSpans('her son «quillon waiting» at home'), ['quillon'])
    assert.deepEqual(markedSpans('DR «QUILLON STAPLER» WAS USED'), ['QUILLON'])
    assert.deepEqual(markedSpans('seen with «bystander odette quillon»'), ['odette quillon'])
  })

  it('ends before an abbreviation that stands in a list', () => {
    assert.deepEqual(markedSpans('open «Odette Quillon CT» now'), ['Odette Quillon'])
    assert.deepEqual(markedSpans('by «Odette QUILLON» now'), ['Odette QUILLON'])
    assert.deepEqual(markedSpans('by «Odette LI» now'), ['Odette LI'])
  })

  it('keeps words that are names as well, and a word alone', () => {
    assert.deepEqual(markedSpans('saw «odette baker» today'), ['odette baker'])
    assert.deepEqual(markedSpans('saw «rose quillon» today'), ['rose quillon'])
    assert.deepEqual(markedSpans('saw «Odette Waiting» today'), ['Odette Waiting'])
    assert.deepEqual(markedSpans('saw «stapler» today'), ['stapler'])
  })
})

describe('the span of a house or a town', () => {
  it('ends where a clause begins, and with a word that stands in sentences', () => {
    assert.deepEqual(markedSpans('work at «quillwest by» nine', FACILITY), ['quillwest'])
    assert.deepEqual(markedSpans('«NOON FROM QUILLWEST» TODAY', FACILITY), ['NOON FROM QUILLWEST'])
    assert.deepEqual(markedSpans('at «quillwest they never got» it', FACILITY), ['quillwest'])
    assert.deepEqual(markedSpans('at «Quillwest told» us', FACILITY), ['Quillwest'])
    assert.deepEqual(markedSpans('in «quillwest, then Oakmere» or', PLACE), [
      'quillwest',
      'Oakmere',
    ])
    assert.deepEqual(markedSpans('«to work at QUILLWEST»'.toLowerCase(), FACILITY), [
      'work at quillwest',
    ])
    assert.deepEqual(markedSpans('in «OSTBERG OR» SO', PLACE), ['OSTBERG'])
  })

  it('keeps the word for the house', () => {
    assert.deepEqual(markedSpans('at the «Quillwest office» today', FACILITY), ['Quillwest office'])
    assert.deepEqual(markedSpans('our «Quillwest facility» on', FACILITY), ['Quillwest facility'])
    assert.deepEqual(markedSpans('«quillwest urgent care» said', FACILITY), [
      'quillwest urgent care',
    ])
  })
})

describe('what is vetoed of a vote', () => {
  it('is a name of a segment, and ordinary words side by side', () => {
    assert.ok(isVetoedAt('«ISA»*00*ZZ*SENDER~'))
    assert.ok(isVetoedAt('in the «Waiting Doughnut» today'))
    assert.ok(isVetoedAt('postpartum thyroiditis or «Graves»?'))
    assert.ok(isVetoedAt('ANA/Ro/«La».'))
    assert.ok(isVetoedAt('How do Sweden, «Norway» and Denmark differ?'))
    assert.ok(!isVetoedAt('How does «Jordan» do?'))
    assert.ok(isVetoedAt('He signed out «AMA».'))
    assert.ok(!isVetoedAt('seen by «AMA».'))
    assert.ok(!isVetoedAt('seen by Ellis or «Graves»?'))
    assert.ok(!isVetoedAt('seen by «KIM» today'))
    assert.ok(!isVetoedAt('in the «Odette Doughnut» today'))
  })
})

describe('what is vetoed in other languages', () => {
  it('is a disease, a sign or a scale with the word for it in front, and what is sold elsewhere', () => {
    assert.ok(isVetoedAt('Was hilft bei «Morbus Parkinson»?'))
    assert.ok(isVetoedAt('la «maladie de Crohn» à Paris'))
    assert.ok(isVetoedAt('la maladie «de Crohn» à Paris'))
    assert.ok(isVetoedAt('«Escala de Glasgow»: cómo'))
    assert.ok(isVetoedAt('mellan «Alvedon» och'))
    assert.ok(!isVetoedAt('tell «Escala Glasgow» so'))
    assert.ok(!isVetoedAt('visto por «de Graves»'))
    assert.ok(!isVetoedAt('la maladie «de Marie» empire'))
  })

  it('is a journal', () => {
    assert.ok(isVetoedAt('from the «New England Journal of Medicine»', 'FACILITY'))
    assert.ok(!isVetoedAt('from the «New England Clinic of Medicine»', 'FACILITY'))
  })
})

describe('a block in which several names stand', () => {
  const tagger = taggerOf(parseModel(WEIGHTS))
  const tagged = (text: string, more: number) =>
    spansOf(text, tagger, 1 / UNIT, more / UNIT).reduce((sum, one) => sum + one.end - one.start, 0)

  it('is read for more of them, and another is not', () => {
    const many =
      'we asked tamsin and joost in drachten, then Penhaligon and Marisol Okonkwo. The Oostvogel ' +
      'report is late, says Brandt; Dr. Ostrowski met amara okonkwo from leiden near Ypres.'
    assert.ok(tagged(many, 3) > tagged(many, 0))
    for (const few of [
      'Metoprolol 25 mg, Holter clean.',
      'Marisol Okonkwo waits for the report, which is late.',
    ]) {
      assert.equal(tagged(few, 3), tagged(few, 0))
    }
  })

  it('has a name in all places where the word stands, if the word is no other', () => {
    const found = (text: string, more: number) =>
      spansOf(text, tagger, 1 / UNIT, more).map(({ start, end }) => text.slice(start, end))
    const text = 'Spoke with Quillmark, RN. Quillmark x2'
    assert.deepEqual(found(text, 0), ['Quillmark'])
    assert.deepEqual(found(text, 1), ['Quillmark', 'Quillmark'])
    const other = text.replaceAll('Quillmark', 'Stone')
    assert.deepEqual(found(other, 1), found(other, 0))
  })
})
