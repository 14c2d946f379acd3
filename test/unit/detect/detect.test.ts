import assert from 'node:assert/strict'
import { detect, DETECTOR_VERSION, mergeFindings } from '../../../src/detect/index.ts'
import { checked, RECOGNIZERS } from '../../../src/detect/registry.ts'
import { BALANCED, segment, shown, typed } from './table.ts'

describe('detect', () => {
  it('finds all of a note at its original offsets, sorted and apart', () => {
    const text =
      'Patient: Jane Roe (MRN: 998877), DOB 03/04/1950, SSN 123\u201145\u20116789.\nSeen by Dr. Okafor; call (212) 555-0188.'
    assert.deepEqual(typed(text), [
      'PERSON Jane Roe',
      'MEDICAL_RECORD_NUMBER 998877',
      'DATE 03/04/1950',
      'US_SSN 123\u201145\u20116789',
      'PERSON Dr. Okafor',
      'PHONE (212) 555-0188',
    ])
  })

  it('names the segment of each finding', () => {
    const segments = [segment('nothing'), segment(''), segment('SSN 123-45-6789')]
    const findings = detect(segments, BALANCED)
    assert.deepEqual(
      findings.map((finding) => finding.segment),
      [2],
    )
    assert.ok(findings.every((finding) => !Object.values(finding).includes('123-45-6789')))
  })

  it('finds identifiers in object keys', () => {
    assert.deepEqual(typed('123-45-6789', BALANCED, { place: 'key' }), ['US_SSN 123-45-6789'])
    assert.deepEqual(typed('Mr. Roe', BALANCED, { place: 'key' }), ['PERSON Mr. Roe'])
  })

  it('never finds a placeholder, nor a part of one', () => {
    for (const text of [
      'Patient: [PERSON_7K2M4QW.9XD3K5M]',
      'MRN: [MEDICAL_RECORD_NUMBER_7K2M4QW9XD]',
      'DOB [DATE_1950_7K2M4QW9XD]',
      'SSN [US_SSN]',
      'mail [EMAIL_0123456789ABCDEFGHJKMNPQRS]',
      'https://x.example/[PERSON_9XD3K5M]'.slice(18),
    ]) {
      assert.deepEqual(typed(text), [])
    }
  })

  it('finds what stands beside a placeholder, also in a configured field', () => {
    const fields = [{ path: '$..note', type: 'OTHER_ID', operator: 'redact' }] as const
    const found = typed('one [US_SSN] two', { recall: 'balanced', fields }, { keys: ['note'] })
    assert.deepEqual(found, ['OTHER_ID one ', 'OTHER_ID  two'])
  })

  it('takes brackets that are no placeholder for text', () => {
    assert.deepEqual(typed('[123-45-6789]'), ['US_SSN 123-45-6789'])
  })

  it('leaves clinical text, code and lists of values without identifiers alone', () => {
    for (const text of [
      'Na 138, K 4.6, WBC 12.3, 5 mg/5 mL, ICD-10 E11.9, LOINC 2345-7, NDC 0002-8215-01, CPT 99213.',
      'Patient History: Patient Denies Pain. BP 120/80, SpO2 95 %. Parkinson\u2019s disease, Graves disease.',
      'class PatientService { getPatient(name: string) { return this.patients.get(name) } }',
      '{"name": "get_weather", "version": "1.2.3", "oid": "2.16.840.1.113883"}',
      'uuid 550e8400-e29b-41d4-a716-446655440000, model-20241022, sha 3f2a9b1c998877',
    ]) {
      assert.deepEqual(typed(text), [])
    }
  })

  it('adds guesses in strict recall and drops bare dates, URLs and IPs in lenient', () => {
    const text =
      'Jane Roe was treated 2021-03-04, see https://example.org/a and 10.0.0.7; 123456789'
    const at = (recall: 'strict' | 'balanced' | 'lenient') => typed(text, { recall, fields: [] })
    assert.deepEqual(at('lenient'), ['PERSON Jane Roe'])
    assert.deepEqual(at('balanced'), [
      'PERSON Jane Roe',
      'DATE 2021-03-04',
      'URL https://example.org/a',
      'IP 10.0.0.7',
    ])
    assert.deepEqual(at('strict'), [...at('balanced'), 'US_SSN 123456789'])
  })

  it('survives broken and odd text', () => {
    for (const text of [
      '\uD800',
      '\uDC00 SSN',
      '\u0000',
      '',
      ' ',
      '\uFEFF',
      'Dr. \uD83D',
      '𝟏𝟐𝟑-𝟒𝟓-𝟔𝟕𝟖𝟗',
    ]) {
      assert.ok(detect([segment(text)], BALANCED).length <= 1)
    }
    assert.deepEqual(typed('𝟏𝟐𝟑-𝟒𝟓-𝟔𝟕𝟖𝟗'), ['US_SSN 𝟏𝟐𝟑-𝟒𝟓-𝟔𝟕𝟖𝟗'])
  })

  it('gives findings that merging leaves as they are', () => {
    const segments = [segment('Mrs. Roe, https://x.example/?ssn=123-45-6789, a@b.co')]
    const findings = detect(segments, BALANCED)
    assert.deepEqual(mergeFindings(findings), findings)
    assert.ok(shown(segments, findings).includes('US_SSN 123-45-6789'))
  })

  it('has a version', () => {
    assert.match(DETECTOR_VERSION, /^\d+$/)
  })
})

describe('the registry', () => {
  it('lists every recognizer once and refuses an empty list', () => {
    assert.equal(new Set(RECOGNIZERS.map((one) => one.name)).size, RECOGNIZERS.length)
    assert.throws(() => checked([]), /empty/)
    assert.throws(() => checked([...RECOGNIZERS, ...RECOGNIZERS]), /share a name/)
  })
})
