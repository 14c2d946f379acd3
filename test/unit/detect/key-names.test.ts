import assert from 'node:assert/strict'
import type { Place } from '../../../src/domain/index.ts'
import type { Role } from '../../../src/schema/index.ts'
import { BALANCED, typed } from './table.ts'

function at(keys: readonly string[], text: string, role: Role = 'tool_use', place: Place = 'text') {
  return typed(text, BALANCED, { keys, role, place })
}

describe('key names', () => {
  it('make the whole value a finding', () => {
    const cases: readonly (readonly [key: string, value: string, type: string])[] = [
      ['firstName', 'jane', 'PERSON'],
      ['last_name', 'Roe', 'PERSON'],
      ['lastName', 'Last name', 'none'],
      ['street', 'Street', 'none'],
      ['streetAddress', 'Street and number', 'none'],
      ['displayName', 'Jane Roe', 'PERSON'],
      ['displayName', 'Billing', 'none'],
      ['patientName', 'jane roe', 'PERSON'],
      ['ssn', '123456789', 'US_SSN'],
      ['mrn', 'A-17', 'MEDICAL_RECORD_NUMBER'],
      ['birthDate', '1950', 'none'],
      ['birthDate', '1950-03', 'DATE'],
      ['dob', '3/4/50', 'DATE'],
      ['phone', '5551234', 'PHONE'],
      ['fax', '555 1234', 'FAX'],
      ['email', 'a@b', 'EMAIL'],
      ['city', 'Springfield', 'LOCATION'],
      ['postalCode', '62704', 'LOCATION'],
      ['accountNumber', '99-12', 'ACCOUNT'],
      ['memberId', 'XQ12', 'HEALTH_PLAN_ID'],
      ['licenseNumber', 'A12345', 'LICENSE'],
      ['npi', '1234567890', 'LICENSE'],
      ['vin', 'X1', 'VEHICLE'],
      ['serialNumber', 'SN-77', 'DEVICE'],
      ['ipAddress', '10.0.0.1', 'IP'],
      ['age', '93', 'AGE_OVER_89'],
      ['age', '45', 'none'],
      ['pt_name', 'jane roe', 'PERSON'],
      ['pt_last', 'roe', 'PERSON'],
      ['subscriber_first_nm', 'jane', 'PERSON'],
      ['resident_last', '12', 'none'],
      ['admit', '1/28', 'DATE'],
      ['admit', '12 users', 'none'],
      ['patient-phone', '5551234567', 'PHONE'],
      ['homeAddress', '1 Elm St', 'LOCATION'],
      ['addr1', '1 Elm St', 'LOCATION'],
      ['insurance_policy_no', 'XQ12', 'HEALTH_PLAN_ID'],
      ['referringPhysician', 'jane roe', 'PERSON'],
      ['employer', 'Acme Inc', 'FACILITY'],
      ['orderNumber', 'A-1234', 'OTHER_ID'],
    ]
    for (const [index, [key, value, type]] of cases.entries()) {
      const want = type === 'none' ? [] : [`${type} ${value}`]
      assert.deepEqual(at([key], value), want, `case ${index}`)
    }
  })

  it('find a number whole', () => {
    assert.deepEqual(at(['mrn'], '998877', 'tool_result', 'number'), [
      'MEDICAL_RECORD_NUMBER 998877',
    ])
  })

  it('take a bare "name" only for a person', () => {
    assert.deepEqual(at(['name'], 'Jane Roe'), ['PERSON Jane Roe'])
    assert.deepEqual(at(['patient', 'name'], 'jane'), ['PERSON jane'])
    assert.deepEqual(at(['contacts', 'name'], 'jane'), ['PERSON jane'])
    for (const value of [
      'get_weather',
      'Bash',
      'Build Report',
      'node',
      'Complete Blood Count',
      'Night Owls',
    ]) {
      assert.deepEqual(at(['name'], value), [])
    }
  })

  it('take parts of a name only below a name or a person', () => {
    assert.deepEqual(at(['Patient', 'name', 'family'], 'Roe'), ['PERSON Roe'])
    assert.deepEqual(at(['name', 'given'], 'Jane'), ['PERSON Jane'])
    assert.deepEqual(at(['font', 'family'], 'monospace'), [])
  })

  it('take what stands for a person below a key that says so', () => {
    assert.deepEqual(at(['patient'], 'Jane Roe'), ['PERSON Jane Roe'])
    assert.deepEqual(at(['patient', 'id'], 'p-17'), ['MEDICAL_RECORD_NUMBER p-17'])
  })

  it('leave values alone that say nothing or cannot be meant', () => {
    for (const [key, value] of [
      ['firstName', 'unknown'],
      ['full_name', 'acme/toolbox'],
      ['mobile', 'true'],
      ['zip', 'archive.zip'],
      ['address', '0x7ffe'],
      ['license', 'MIT'],
      ['email', 'none'],
      ['ssn', ''],
    ] as const) {
      assert.deepEqual(at([key], value), [])
    }
  })

  it('say nothing in tool schemas and system text', () => {
    assert.deepEqual(at(['lastName'], 'value', 'tools'), [])
    assert.deepEqual(at(['lastName'], 'value', 'system'), [])
    assert.deepEqual(at(['lastName'], 'value', 'user', 'key'), [])
  })
})
