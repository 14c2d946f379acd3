import { IBAN_ACCOUNT, PAYMENT_CARD } from '../../../src/detect/recognizers/cards.ts'
import { MAC_ADDRESS, UDI_NUMBER } from '../../../src/detect/recognizers/device.ts'
import {
  ACCOUNT_LABEL,
  DEVICE_LABEL,
  HEALTH_PLAN_LABEL,
  LICENSE_LABEL,
  MEDICAL_RECORD_NUMBER,
  OTHER_ID_LABEL,
  VEHICLE_LABEL,
} from '../../../src/detect/recognizers/labelled-ids.ts'
import {
  DEA_NUMBER,
  MEDICARE_BENEFICIARY,
  NPI,
} from '../../../src/detect/recognizers/registered-numbers.ts'
import { US_ITIN, US_SSN } from '../../../src/detect/recognizers/us-ssn.ts'
import { VIN_NUMBER } from '../../../src/detect/recognizers/vin.ts'
import { assertRows } from './table.ts'

describe('recognizers of numbers', () => {
  it('finds social security numbers by shape and by label', () => {
    assertRows(US_SSN, [
      ['call «123-45-6789» now', 0.9, 'validated'],
      ['«123 45 6789»', 0.7, 'validated'],
      ['«123\u201145\u20116789»', 0.9, 'validated'],
      ['«１２３-４５-６７８９»', 0.9, 'validated'],
      ['«12\u200B3-45-6789»', 0.9, 'validated'],
      ['SSN: «123456789»', 0.98, 'labelled'],
      ['social security number is «123 45 6789»', 0.98, 'labelled'],
      ['{"ssn":"«123456789»"}', 0.98, 'labelled'],
      ['| SSN | «123-45-6789» |', 0.98, 'labelled'],
      ['«123456789» (SSN)', 0.9, 'labelled'],
      ['SSN «900-12-3456»', 0.7, 'labelled'],
    ])
  })

  it('leaves numbers alone that cannot be social security numbers', () => {
    assertRows(US_SSN, [
      ['000-12-3456'],
      ['666-12-3456'],
      ['900-12-3456'],
      ['123-00-4567'],
      ['123-45-0000'],
      ['123-45 6789'],
      ['123456789'],
      ['1123-45-6789'],
      ['123-45-67890'],
      ['123-45-6789-1'],
      ['3.123-45-6789'],
    ])
  })

  it('takes nine bare digits without a label only in strict recall', () => {
    assertRows(US_SSN, [['id «123456789» x', 0.45, 'pattern'], ['666123456']], 'strict')
  })

  it('finds tax numbers of persons by their groups', () => {
    assertRows(US_ITIN, [['«912-70-1234»', 0.7, 'validated'], ['912-10-1234'], ['812-70-1234']])
  })

  it('finds medical record numbers behind their label, and not the label', () => {
    assertRows(MEDICAL_RECORD_NUMBER, [
      ['MRN: «998877»', 0.9, 'labelled'],
      ['(MRN «998877»)'],
      ['mrn#«AB-998877»'],
      ['medical record number «12-34-56»'],
      ['Medical Record No. «7712»'],
      ['MRN «910 87 673»'],
      ['**MRN:** «12345»'],
      ['"mrn": "«A12345»"'],
      ['patient ID is «987654».'],
      ['MRN:\n«12345»'],
      ['chart # «44712»', 0.9, 'labelled'],
      ['MRN is unknown, 12 patients'],
      ['MRN 1'],
      ['chart 44712'],
      ['MRN: 03/04/2021'],
    ])
  })

  it('finds account numbers by label', () => {
    assertRows(ACCOUNT_LABEL, [
      ['Account # «5544-21»', 0.9, 'labelled'],
      ['acct no. «99120»'],
      ['account: «88123»', 0.75],
      ['on account of 88123 reasons'],
      ['account manager'],
      ['radius-acct 1813/tcp'],
    ])
  })

  it('finds health plan numbers by label and Medicare identifiers by form', () => {
    assertRows(HEALTH_PLAN_LABEL, [
      ['policy no. «77-1234»', 0.9, 'labelled'],
      ['member ID: «XQB123456»'],
      ['Medicaid number «9912883»'],
      ['plan is «HX-99812»', 0.75],
      ['plan: 30000 tokens'],
      ['policy 2024'],
      ['Medicare for all'],
    ])
    assertRows(MEDICARE_BENEFICIARY, [
      ['«1EG4-TE5-MK73»', 0.8, 'validated'],
      ['«1EG4TE5MK73»'],
      ['1SG4-TE5-MK73'],
      ['0EG4-TE5-MK73'],
    ])
  })

  it('finds licence numbers by label, check digit or the word NPI near', () => {
    assertRows(LICENSE_LABEL, [
      ['license number «A123456»', 0.9, 'labelled'],
      ["driver's license: «D123-4567»"],
      ['MIT license, 2024'],
      ['license to practice'],
    ])
    assertRows(NPI, [
      ['NPI: «1234567893»', 0.95, 'labelled'],
      ['«1234567893» (NPI)', 0.95, 'labelled'],
      ['NPI: 1234567890'],
      ['order 1234567893'],
    ])
    assertRows(DEA_NUMBER, [['DEA «AB1234563»', 0.85, 'validated'], ['AB1234567'], ['QB1234563']])
  })

  it('finds vehicles by label and by the check digit of a VIN', () => {
    assertRows(VIN_NUMBER, [
      ['«1HGCM82633A004352»', 0.85, 'validated'],
      ['«1hgcm82633a004352»'],
      ['1HGCM82643A004352'],
      ['agent aa6354be236b43469'],
      ['11111111111111111'],
    ])
    assertRows(VEHICLE_LABEL, [
      ['license plate «7ABC123»', 0.9, 'labelled'],
      ['a plate of 7 pancakes'],
    ])
  })

  it('finds devices by label, hardware address and printed identifier', () => {
    assertRows(DEVICE_LABEL, [
      ['serial number «SN-88213»', 0.9, 'labelled'],
      ['pacemaker s/n: «PM4471»'],
      ['serial troponins 1234'],
      ['implant: «SN88213»', 0.75],
      ['Device: «254»,0 was implanted', 0.75],
      ['Device: 254,0\tInode: 5308460     Links: 1'],
      ['Device: fd00h/64768d\tInode: 5308460'],
    ])
    assertRows(MAC_ADDRESS, [
      ['«00:1A:2B:3C:4D:5E»', 0.7],
      ['12:30:45'],
      ['00:00:00:00:00:00'],
      ['brd ff:ff:ff:ff:ff:ff'],
    ])
    assertRows(UDI_NUMBER, [['UDI «(01)00844588003288(21)A213B1»', 0.9, 'validated'], ['(01) 123']])
  })

  it('finds case and specimen numbers by label', () => {
    assertRows(OTHER_ID_LABEL, [
      ['case #«JH-2231»', 0.9, 'labelled'],
      ['passport «99120034»'],
      ['case 2 of 5'],
      ['in that case 500 mg'],
    ])
  })

  it('finds payment cards by issuer, length and check digit', () => {
    assertRows(PAYMENT_CARD, [
      ['«4111 1111 1111 1111»', 0.8, 'validated'],
      ['card: «4111-1111-1111-1111»', 0.98, 'validated'],
      ['«378282246310005»'],
      ['4111 1111 1111 1112'],
      ['9111111111111111'],
      ['4111 1111-1111 1111'],
      ['0000000000000000'],
    ])
  })

  it('finds bank accounts by country, length and check', () => {
    assertRows(IBAN_ACCOUNT, [
      ['«DE89 3704 0044 0532 0130 00» and', 0.95, 'validated'],
      ['«GB82WEST12345698765432»'],
      ['DE88 3704 0044 0532 0130 00'],
      ['ZZ82WEST12345698765432'],
    ])
  })
})
