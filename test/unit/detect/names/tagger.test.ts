import assert from 'node:assert/strict'
import type { Recognizer } from '../../../../src/detect/recognizer.ts'
import { emptyBlock, readBlock } from '../../../../src/detect/names/tagger/lexer.ts'
import { TAGGED } from '../../../../src/detect/names/tagger/index.ts'
import { UNTOLD, vocabularyOf } from '../../../../src/detect/names/tagger/vocabulary.ts'
import { viewOf } from '../../../../src/detect/normalise/index.ts'
import { assertRows } from '../table.ts'

const [PERSON, PLACE, FACILITY] = TAGGED as readonly [Recognizer, Recognizer, Recognizer]

describe('the tagger', () => {
  it('finds people that nothing announces', () => {
    assertRows(PERSON, [
      ['Is metformin safe for «Ingrid Halvorsen», a 61-year-old?', 0.5, 'guess', 'patient'],
      ['Please compare the labs of «Tobias K» and «Miriam Ostrowski».'],
      ['seen by Dr. «Achterberg» at noon', 0.5, 'guess', 'clinician'],
      ['Her daughter «Yewande» called.', 0.5, 'guess', 'relative'],
      ['«Nguyễn Thị Hạnh» was admitted with pneumonia.'],
      ['discharged by «Maria Santangelo», MD', 0.5, 'guess', 'clinician'],
      ['Dr. «Parkinson» examined him.'],
    ])
  })

  it('finds places and facilities', () => {
    assertRows(PLACE, [
      ['She moved to «Utrecht» last year.'],
      ['He lives at «48 Birchwood Lane, Dayton, OH 45402».'],
      ['«Øvre Slottsgate 3, 0157 Oslo», mob «918 55 014»'],
    ])
    assertRows(FACILITY, [
      ['He was treated at «Lakeview Regional Medical Center».'],
      ['Transferred to «Cleveland Clinic» on Monday.'],
      ['She was seen at «Mercy Hospital in Springfield, IL».'],
    ])
  })

  it('leaves alone what is named after people and places', () => {
    for (const recognizer of TAGGED) {
      assertRows(recognizer, [
        ["Parkinson's disease, Hodgkin lymphoma, Foley catheter, Glasgow Coma Scale 14."],
        ['Wells score 4, Babinski negative, Swan-Ganz in place.'],
        ['const patient = await repository.findByName(name)'],
        ['[PERSON_7K2M4QW.9XD3K5M] was seen at [FACILITY_4QW7K2M9XD].'],
      ])
    }
  })

  it('leaves the words of licences alone', () => {
    for (const recognizer of TAGGED) {
      assertRows(recognizer, [
        ['use it (the "Software"), change it and pass on what you have made of it'],
        [
          'NOBODY IS LIABLE, BE IT BY CONTRACT, TORT OR OTHERWISE, ARISING FROM,\nOUT OF OR BESIDE IT.',
        ],
        ['THERE ARE NO WARRANTIES, OF MERCHANTABILITY, FITNESS OR WHATSOEVER.'],
        ['NOT FOR ANY DAMAGES, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY\nLIABILITY'],
      ])
    }
  })

  it('finds more where recall is strict, and never less', () => {
    const text =
      'amara okonkwo from leiden met the Osei family near Ypres, says Brandt. Kofi said so. ' +
      'we asked tamsin and joost in drachten, and also Penhaligon. The Oostvogel report is late.'
    const found = (recall: 'strict' | 'balanced' | 'lenient') =>
      TAGGED.flatMap((one) => one.find(viewOf(text), recall)).reduce(
        (sum, hit) => sum + hit.end - hit.start,
        0,
      )
    assert.ok(found('strict') >= found('balanced'))
    assert.ok(found('balanced') >= found('lenient'))
    assert.ok(found('strict') > found('lenient'))
  })

  it('gives the same result whatever it read before', () => {
    const text = 'Miriam Ostrowski lives in Utrecht.'
    const hits = () => TAGGED.map((one) => one.find(viewOf(text), 'balanced'))
    const before = hits()
    const many = Array.from({ length: 60_000 }, (_, index) => `w${index.toString(26)}`).join(' ')
    PERSON.find(viewOf(many.replaceAll(/\d/g, 'Q')), 'balanced')
    assert.deepEqual(hits(), before)
  })

  it('survives text that is none', () => {
    for (const text of ['', '\u0000', '\uD800', '{'.repeat(9000), 'a'.repeat(100_000), '\n\n\n']) {
      for (const one of TAGGED) assert.deepEqual(one.find(viewOf(text), 'strict'), [])
    }
  })
})

describe('the lexer', () => {
  const read = (text: string): readonly string[] => {
    const block = emptyBlock()
    readBlock(
      text,
      0,
      vocabularyOf(9000, () => UNTOLD),
      block,
    )
    return Array.from(block.starts.subarray(0, block.count), (start, at) =>
      text.slice(start, block.ends[at]),
    )
  }

  it('takes apostrophes into a word but no possessive', () => {
    assert.deepEqual(read("O'Neil's cat"), ["O'Neil", "'", 's', 'cat'])
  })

  it('takes runs of one mark together and ideographs apart', () => {
    assert.deepEqual(read('a ---- 王芳, b'), ['a', '----', '王', '芳', ',', 'b'])
  })
})

describe('the vocabulary', () => {
  it('tells two words with the same hash apart', () => {
    const vocabulary = vocabularyOf(100, () => UNTOLD)
    const first = vocabulary.idOf('roe', 0, 3, 7)
    assert.notEqual(vocabulary.idOf('doe', 0, 3, 7), first)
    assert.equal(vocabulary.idOf('a roe', 2, 5, 7), first)
  })

  it('holds no more words than it may', () => {
    let most = 0
    const vocabulary = vocabularyOf(100, (id) => (most = Math.max(most, id)))
    for (let count = 0; count < 1000; count += 1) {
      vocabulary.makeRoom(10)
      const word = count.toString(2).replaceAll('0', 'a').replaceAll('1', 'b')
      vocabulary.idOf(word, 0, word.length, count)
    }
    assert.ok(most < 100)
  })
})
