import assert from 'node:assert/strict'
import { foldName, nameParts } from '../../../src/detect/index.ts'

describe('nameParts', () => {
  it('gives every spelling of one name the same parts', () => {
    const spellings = [
      'Jane Roe',
      'ROE, JANE',
      'roe,jane',
      'Mrs. Jane Roe',
      "Jane Roe's",
      'Jane Roe\u2019s',
      'Dr. Jane Roe, MD, Ph.D.',
      'Jane Roe RN',
      'Roe, Jane, M.D.',
      'Jane\u00A0Roe',
      'Ｊａｎｅ Roe',
      'Jáné Roe',
      'Jane\u200B Roe',
    ]
    for (const spelling of spellings) assert.equal(foldName(spelling), 'jane roe')
  })

  it('turns "Last, First M." round and keeps suffixes at the end', () => {
    assert.deepEqual(nameParts('Roe, Jane M.'), ['jane', 'm', 'roe'])
    assert.deepEqual(nameParts('John Roe, Jr.'), ['john', 'roe', 'jr'])
    assert.deepEqual(nameParts('Roe, John, Jr.'), ['john', 'roe', 'jr'])
  })

  it('drops punctuation, splits at hyphens and keeps particles', () => {
    assert.deepEqual(nameParts("Maria O'Neil-Ruiz"), ['maria', 'oneil', 'ruiz'])
    assert.deepEqual(nameParts('Ana de la Cruz'), ['ana', 'de', 'la', 'cruz'])
    assert.deepEqual(nameParts('J.R. Roe'), ['j', 'r', 'roe'])
  })

  it('keeps surnames that are also credentials', () => {
    assert.deepEqual(nameParts('Kim Do'), ['kim', 'do'])
    assert.deepEqual(nameParts('JOHN MA'), ['john', 'ma'])
  })

  it('folds letters that have no decomposition, and leaves other scripts', () => {
    assert.deepEqual(nameParts('Søren Łukasz Weiß'), ['soren', 'lukasz', 'weiss'])
    assert.deepEqual(nameParts('王小明'), ['王小明'])
  })

  it('is empty only where there is no letter or digit', () => {
    assert.deepEqual(nameParts('Dr.'), ['dr'])
    assert.deepEqual(nameParts('...'), [])
    assert.deepEqual(nameParts(''), [])
    assert.deepEqual(nameParts('\uD800'), [])
  })
})
