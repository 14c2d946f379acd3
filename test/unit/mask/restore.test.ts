import assert from 'node:assert/strict'
import { restorable, restoreCollector, type RestoreTable } from '../../../src/mask/index.ts'
import { shortest } from '../../support/linear.ts'

const NAME = '[PERSON_7K2M4QW.9XD3K5M]'
const MRN = '[MEDICAL_RECORD_NUMBER_7K2M4QW9XD]'

function table(): RestoreTable {
  const collector = restoreCollector()
  const person = { type: 'PERSON', subtype: 'patient', wide: false } as const
  const mrn = { type: 'MEDICAL_RECORD_NUMBER', subtype: undefined, wide: false } as const
  collector.add(NAME, person, 'Ann Roe', false)
  collector.add(NAME, person, 'ROE, ANN', true)
  collector.add(NAME, person, 'Roe, Ann', false)
  collector.add(MRN, mrn, '4821-0377', false)
  collector.add(MRN, mrn, '48210377', false)
  return collector.table()
}

function restored(text: string, forTool = false): string {
  let out = text
  for (const place of restorable(text, table(), forTool).toReversed()) {
    out = out.slice(0, place.start) + place.text + out.slice(place.end)
  }
  return out
}

describe('restorable', () => {
  it('finds the placeholders of this exchange, with their last spelling', () => {
    assert.equal(restored(`${NAME} has ${MRN}.`), 'Roe, Ann has 48210377.')
    assert.equal(restored(`(${NAME}${NAME})`), '(Roe, AnnRoe, Ann)')
  })

  it("gives tools the last spelling of a tool's result, if there is one", () => {
    assert.equal(restored(`${NAME} ${MRN}`, true), 'ROE, ANN 48210377')
  })

  it('does not say a title twice', () => {
    const collector = restoreCollector()
    const person = { type: 'PERSON', subtype: 'clinician', wide: false } as const
    collector.add(NAME, person, 'Dr. Ng', false)
    const said = (text: string): string | undefined =>
      restorable(text, collector.table(), false)[0]?.text
    assert.equal(said(`seen by Dr. ${NAME}`), 'Ng')
    assert.equal(said(`seen by dr ${NAME}`), 'Ng')
    assert.equal(said(`seen by ${NAME}`), 'Dr. Ng')
    assert.equal(said(`Mr. ${NAME}`), 'Dr. Ng')
  })

  it('leaves alone what only looks like a placeholder', () => {
    const others = [
      '[PERSON_0000000.0000000]',
      '[PERSON_7K2M4QW]',
      '[PERSON]',
      '[PERSON_7K2M4QW.9XD3K5M.7K2M4QW]',
      'PERSON_7K2M4QW',
      'notes/PERSON_7K2M4QW.9XD3K5M',
      'PERSON_7K2M4QW.9XD3K5M/notes',
      'A_PERSON_7K2M4QW.9XD3K5M',
      'PERSON_7K2M4QW.9XD3K5M_A',
      'PERSON_7K2M4QW.9XD3K5M=1',
      'person_7k2m4qw.9xd3k5m@x.example',
      'https://x.example/ PERSON_7K2M4QW.9XD3K5MX',
      '[x](PERSON_7K2M4QW.9XD3K5M)',
      '[DATE_7K2M4QW.9XD3K5M]',
      '[[1], [TODO_LATER]]',
      '',
    ]
    for (const other of others) assert.deepEqual(restorable(other, table(), false), [])
    assert.deepEqual(restorable(NAME, new Map(), false), [])
  })

  it('knows one whose case was changed or whose brackets were lost, where it stands alone', () => {
    const bare = NAME.slice(1, -1)
    for (const altered of [bare, `[${bare}`, `${bare}]`, NAME.toLowerCase(), bare.toLowerCase()]) {
      for (const around of ['*', '**', '"', ' ', ', ', '`']) {
        const text = `so ${around}${altered}${around} came`
        assert.equal(restored(text), text.replace(altered, 'Roe, Ann'), text)
      }
      assert.equal(restorable(altered, table(), false)[0]?.altered, altered)
    }
    assert.equal(restorable(NAME, table(), false)[0]?.altered, undefined)
    assert.equal(restored(`Ask ${bare}.`), 'Ask Roe, Ann.')
    assert.equal(restored(`Ask ${bare}'s nurse`), "Ask Roe, Ann's nurse")
  })

  it('never restores inside an address', () => {
    const addresses = [
      `https://x.example/?q=${NAME}`,
      `see https://x.example/${MRN}/${NAME}.`,
      `HTTP://X.example/${NAME}`,
      `ftp://x.example/a,b;c(d)${NAME}`,
      `www.x.example/${NAME}`,
      `(www.x.example/${NAME})`,
      `[see](x/${NAME})`,
      `![pic](https://x.example/${NAME}.png)`,
      `![pic](https://x.example/?a="${NAME}")`,
      `https://x.example/?a='${NAME}'`,
      `https://x.example/?a=\`${NAME}\``,
      `[mail](mailto:a@x.example?body=${NAME})`,
      `mailto:a@x.example?subject=${NAME}`,
      `<mailto:a@x.example?subject=${NAME}>`,
      `tel:${MRN}`,
      `javascript:send("${NAME}")`,
      `data:text/plain,${NAME}`,
      `a (MAILTO:a@x.example?${NAME})`,
      `://${NAME}`,
      `<img src="//x.example/${NAME}">`,
      `<img src=//x.example/${NAME}>`,
      `[a]: //x.example/${NAME}`,
      // Angle brackets and quotes hold white space too.
      `[see](<https://x.example/? ${NAME}>)`,
      `[see](<x y/${NAME}>)`,
      `<img src="https://x.example/?a b ${NAME}">`,
      `<a\n href='https://x.example/?\n${NAME}'>`,
      `https://x.example/${'a'.repeat(5000)}${NAME}`,
    ]
    for (const [row, text] of addresses.entries()) {
      assert.deepEqual(restorable(text, table(), false), [], `row ${row}`)
    }
  })

  it('restores beside an address', () => {
    const texts: readonly (readonly [string, string])[] = [
      [`https://x.example ${NAME}`, 'https://x.example Roe, Ann'],
      [`${NAME} https://x.example`, 'Roe, Ann https://x.example'],
      [`the data: ${NAME}`, 'the data: Roe, Ann'],
      [`tel: ${MRN}`, 'tel: 48210377'],
      [`[${NAME}](https://x.example)`, '[Roe, Ann](https://x.example)'],
      [`a/${NAME}/b.txt`, 'a/Roe, Ann/b.txt'],
      [`<p>${NAME}</p>`, '<p>Roe, Ann</p>'],
      [`x < y and ${NAME}`, 'x < y and Roe, Ann'],
      [`metadata:${NAME}`, 'metadata:Roe, Ann'],
      [`// ${NAME}`, '// Roe, Ann'],
    ]
    for (const [row, [text, expected]] of texts.entries()) {
      assert.equal(restored(text), expected, `row ${row}`)
    }
  })

  it('takes time linear in the text', () => {
    const hostile = [
      `https://${NAME}`.repeat(3000),
      `x${NAME}`.repeat(4000),
      '<'.repeat(100_000) + NAME,
      `](${'('.repeat(100_000)}${NAME}`,
      `<a ${NAME}`.repeat(4000),
      `"'`.repeat(50_000) + NAME,
      'a_'.repeat(50_000),
      'a'.repeat(100_000) + '_',
      '[a_bcdefgh.'.repeat(10_000),
    ]
    for (const text of hostile) {
      assert.ok(shortest(() => void restorable(text, table(), false), 3) < 500)
    }
  })
})
