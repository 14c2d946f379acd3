import assert from 'node:assert/strict'
import { serialize } from 'node:v8'
import { hiddenViews, narrow, viewOf } from '../../../src/detect/normalise/index.ts'

function hidden(text: string): readonly string[] {
  return hiddenViews(viewOf(text)).map((view) => view.text)
}

/** Whether a text takes one byte a character: V8 writes it as it is kept, behind a header of two bytes. */
function isNarrow(text: string): boolean {
  return String.fromCharCode(serialize(text)[2] ?? 0) === '"'
}

describe('a text in one byte a character', () => {
  const cut = (text: string): string => `\u738B${text}`.slice(1)
  const note = 'Seen on 3 March, caf\u00E9 open, 5 mg given. '.repeat(3)

  it('is what a text becomes that was cut from a wider one', () => {
    assert.ok(!isNarrow(cut(note)) && isNarrow(narrow(cut(note))))
    assert.equal(narrow(cut(note)), note)
  })

  it('is what a view is made of that has no wide character any more', () => {
    assert.ok(isNarrow(viewOf(cut('Jane Roe, BP 120/80. '.repeat(3))).text))
    assert.ok(
      isNarrow(viewOf(`Jane Roe \u2013 BP 120\u204480. ${note}`.replace('\u2044', '/')).text),
    )
  })

  it('is no text with a character that has no room in that', () => {
    const wide = `${note}\u0142 \u{1F600} \uD800`
    assert.equal(narrow(wide), wide)
  })
})

describe('the normalised view', () => {
  it('is the text itself where nothing is odd', () => {
    const text = 'Patient Jane Roe, BP 120/80, 5 mg.'
    const view = viewOf(text)
    assert.equal(view.text, text)
    assert.deepEqual(view.origin(8, 12), { start: 8, end: 12 })
  })

  it('drops what nobody sees and makes look-alikes plain', () => {
    assert.equal(viewOf('1\u200B2\u00AD3\u2011４\u00A0𝟓 \u0661').text, '123-4 5 1')
    assert.equal(viewOf('3·1·2, K 4·2 · x').text, '3.1.2, K 4.2 · x')
    assert.equal(viewOf('caf\u0065\u0301 1\u0336').text, 'caf\u00E9 1')
    assert.equal(viewOf('\u041CRN \u0455\u0455n').text, 'MRN ssn')
  })

  it('leaves words of another script, units and signs as they are', () => {
    for (const text of ['Иван Петров', 'TGFβ 5 μg', 'Lipitor™ 20 °C', '5½ tabs', '王小明']) {
      assert.equal(viewOf(text).text, text.replace('μ', 'μ'))
    }
  })

  it('leads back to whole characters', () => {
    const text = 'x 𝟏\u200B𝟐 y'
    const view = viewOf(text)
    assert.equal(view.text, 'x 12 y')
    assert.deepEqual(view.origin(2, 4), { start: 2, end: 7 })
    assert.deepEqual(view.origin(3, 4), { start: 5, end: 7 })
    assert.deepEqual(view.origin(5, 6), { start: 8, end: 9 })
  })
})

describe('what a text hides', () => {
  it('is nothing in ordinary text, code and tables of numbers', () => {
    for (const text of [
      'BP 120/80, then 5 mg of it at 8 am.\nNa 138, K 4.6\n120\n80\n95',
      'const total = a % b && c; printf("%d of %s\\n", 5)',
      '| 120 | 80 | 9500 |\n| 130 | 85 | 9700 |',
      'getPatientById(idOfPatient12) /usr/local/lib/node_modules',
      'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
      '1 2 3 4 5 6 7 8 9',
    ]) {
      assert.deepEqual(hidden(text), [])
    }
  })

  it('is read behind escapes, also twice escaped', () => {
    assert.deepEqual(hidden('a \\u0031\\x32 b'), ['a 12 b'])
    assert.deepEqual(hidden('a &#49;&#x32;&nbsp;&eacute; b'), ['a 12 é b'])
    assert.deepEqual(hidden('a %31%32 b'), ['a 12 b'])
    assert.deepEqual(hidden('a %2531 b'), ['a %31 b', 'a 1 b'])
    assert.deepEqual(hidden('MRN MTIzLTQ1LTY3ODk='), ['MRN 123-45-6789'])
  })

  it('is joined where digits were parted', () => {
    assert.deepEqual(hidden('at 5 5 5 - 1 2 3 4'), ['at 555-1234'])
    assert.deepEqual(hidden('1.2.3-4.5-6.7.8.9'), ['123-45-6789'])
    assert.deepEqual(hidden('SSN 123-45-\r\n  6789'), ['SSN 123-45-6789'])
    assert.deepEqual(hidden('ann@\nexample.org'), ['ann@example.org'])
    assert.deepEqual(hidden('| 123-45- | 6789 |'), ['| 123-45-6789 |'])
    assert.deepEqual(hidden('ann (at) example [dot] org'), ['ann@example.org'])
  })

  it('is a piece of the text and leads back to all that was undone', () => {
    const text = `${'long ago '.repeat(100)}SSN &#49;23-45-6789${' and on'.repeat(100)}`
    const [view, ...more] = hiddenViews(viewOf(text))
    assert.ok(view !== undefined && more.length === 0 && view.text.length < 400)
    const at = view.text.indexOf('123-45')
    const { start, end } = view.origin(at, at + 11)
    assert.equal(text.slice(start, end), '&#49;23-45-6789')
    assert.equal(view.origin(at, at + 1).end - start, 5)
  })
})
