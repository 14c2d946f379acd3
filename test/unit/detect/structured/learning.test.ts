import assert from 'node:assert/strict'
import { detect, findKnown, learn, NOTHING_KNOWN } from '../../../../src/detect/index.ts'
import type { Finding, Segment } from '../../../../src/domain/index.ts'
import { segment } from '../table.ts'

const OPTIONS = { recall: 'balanced', fields: [] } as const

/** What is found in a note when only the data beside it says who the patient is. */
function foundBeside(data: readonly Segment[], note: string): readonly string[] {
  const segments = [...data, segment(note)]
  const known = learn(NOTHING_KNOWN, segments, detect(data, OPTIONS))
  return findKnown([segment(note)], known).map((one) => note.slice(one.start, one.end))
}

function people(text: string): ReadonlyMap<string, Finding['subtype']> {
  const found = detect([segment(text)], OPTIONS).filter((one) => one.type === 'PERSON')
  return new Map(found.map((one) => [text.slice(one.start, one.end), one.subtype]))
}

const HL7 = 'MSH|^~\\&|A|B|C|D|20260102||ADT^A01|1|P|2.5\rPID|1||77182^^^B^MR||QUILLBY^ROSE^L'
const NAME = { family: 'Quillby', given: ['Rose', 'Lynn'] }
const NOTE = 'today rose quillby came by; a rose is no patient. R. Quillby signed.'

describe('what structure teaches', () => {
  it('is looked for in the text beside it, the whole name and in lower case', () => {
    const wanted = ['rose quillby', 'R. Quillby']
    const data: readonly (readonly Segment[])[] = [
      [segment(HL7)],
      [segment(JSON.stringify({ resourceType: 'Patient', name: [NAME] }))],
      [segment(JSON.stringify({ name: [{ given: NAME.given, family: 'Quillby' }] }, null, 2))],
      [segment('<patient><name><given>Rose</given><family>Quillby</family></name></patient>')],
      [
        segment('Quillby', { path: '/x/text#/*/0/*', keys: ['name', 'family'] }),
        segment('Rose', { path: '/x/text#/*/0/*/0', keys: ['name', 'given'] }),
      ],
      [
        segment('Rose', { path: '/x/text#/*', keys: ['first_name'] }),
        segment('Quillby', { path: '/x/text#/*', keys: ['last_name'] }),
      ],
    ]
    for (const [index, segments] of data.entries()) {
      assert.deepEqual(foundBeside(segments, NOTE), wanted, `data ${index}`)
    }
  })

  it('does not join the names of two people', () => {
    const two = JSON.stringify([
      { family: 'May', given: ['Rose'] },
      { family: 'Will', given: ['Hope'] },
    ])
    assert.deepEqual(foundBeside([segment(two)], 'we will hope so, may will be; hope may pass'), [])
  })
})

describe('the subtype of a person', () => {
  it('follows from the place in HL7 v2', () => {
    const found = people(`${HL7}\rNK1|1|LEE^ANN|MTH\rPV1|1|I|W^1^1||||1234567893^HOUSE^GREG`)
    assert.equal(found.get('QUILLBY'), 'patient')
    assert.equal(found.get('ANN'), 'relative')
    assert.equal(found.get('GREG'), 'clinician')
  })

  it('follows from the resource and the element in FHIR', () => {
    const name = (given: string) => [{ use: 'official', family: `${given}son`, given: [given] }]
    const resources = [
      { resourceType: 'Patient', name: name('Peter'), contact: [{ name: name('Paula')[0] }] },
      { resourceType: 'RelatedPerson', name: name('Rolf') },
      { resourceType: 'Practitioner', name: name('Petra') },
      { resourceType: 'Observation', performer: [{ display: 'Olga Orlova' }] },
    ]
    const found = people(JSON.stringify(resources))
    const names = ['Peter', 'Paula', 'Rolf', 'Petra', 'Olga Orlova']
    assert.deepEqual(
      names.map((one) => found.get(one)),
      ['patient', 'relative', 'relative', 'clinician', 'clinician'],
    )
  })
})
