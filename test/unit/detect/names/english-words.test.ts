import assert from 'node:assert/strict'
import { ENGLISH } from '../../../../src/detect/names/lists/english.ts'
import { isEnglishWord } from '../../../../src/detect/names/tagger/english-words.ts'
import { englishModule, englishWords } from '../../../../tools/train/english.ts'

describe('the filter of English words', () => {
  it('is what the dictionary gives today (else: node tools/words.ts)', () => {
    assert.ok(englishModule().includes(ENGLISH))
  })

  it('knows every word of the dictionary', () => {
    assert.deepEqual(
      englishWords().filter((word) => !isEnglishWord(word)),
      [],
    )
  })

  it('knows words that stand in no list of our own, and no names', () => {
    for (const word of ['stapler', 'waiting', 'doughnuts', 'bystander'])
      assert.ok(isEnglishWord(word))
    for (const name of ['okafor', 'halvorsen', 'jocasta', 'baker', 'rose', 'grant']) {
      assert.ok(!isEnglishWord(name), name)
    }
  })

  it('lets few words pass that are none', () => {
    const none = Array.from({ length: 20_000 }, (_, index) => `zq${index.toString(26)}xv`)
    const passed = none.filter((word) => isEnglishWord(word)).length
    assert.ok(passed < 200, String(passed))
  })
})
