import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detect } from '../../../src/detect/index.ts'
import {
  importRoster,
  liveRoster,
  readRoster,
  readRosterInfo,
  RosterError,
  rosterWarning,
  type ImportOptions,
  type ImportReport,
} from '../../../src/roster/index.ts'
import { inventPeople } from '../../support/listed-people.ts'

const KEY = { id: 'roster-1', secret: new Uint8Array(32).fill(9) }
const NOW = new Date('2026-01-02T03:04:05Z')

describe('importing a roster', () => {
  let directory: string
  let file: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'phigate-roster-'))
    file = join(directory, 'roster')
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  async function load(
    content: string | Uint8Array,
    more: Partial<ImportOptions> = {},
  ): Promise<ImportReport> {
    const input = join(directory, 'input')
    writeFileSync(input, content)
    return importRoster({ input, format: 'auto', file, key: KEY, now: NOW, ...more })
  }

  /** Which of the texts the roster in the file finds somebody in. */
  function listedIn(texts: readonly string[]): readonly string[] {
    const roster = readRoster(file, [KEY])
    return texts.filter((text) => {
      const segment = { path: '', role: 'user', place: 'text', text, keys: [] } as const
      const options = { recall: 'balanced', fields: [], roster } as const
      return detect([segment], options).some(({ basis }) => basis === 'listed')
    })
  }

  it('takes CSV by the names of its columns, quoted cells and all', async () => {
    const { info, bad } = await load(
      '\uFEFFPatient ID;Last Name;"First Name";Geburtsdatum;Phone 2;Comment\r\n' +
        '00482910;"Garc\u00eda ""Lola"" L\u00f3pez";Mar\u00eda;03.04.1956;415 555 0188;x\r\n' +
        '"77 12 345";"O\'Brien\nSmith";Jo;;;\r\n',
    )
    assert.deepEqual([info.people, bad], [2, []])
    const texts = ['record 482910', 'call (415) 555-0188', 'id 7712345', "Jo O'Brien-Smith"]
    assert.deepEqual(listedIn(texts), texts)
  })

  it('takes a FHIR bundle, pretty or not, and NDJSON', async () => {
    const patient = {
      resourceType: 'Patient',
      name: [{ family: 'Quillfeather', given: ['Aldous', 'Bram'] }],
      identifier: [{ type: { coding: [{ code: 'MR' }] }, value: 'A-99 1234' }],
      telecom: [{ system: 'email', value: 'aq@example.org' }],
      birthDate: '1961-07-08',
      contact: [{ name: { text: 'Nettie Quillfeather' }, telecom: [{ value: '2125550143' }] }],
    }
    const relative = { resourceType: 'RelatedPerson', name: [{ text: 'Pym, Odette' }] }
    const other = { resourceType: 'Observation', id: 'x', note: [{ text: '}{"' }] }
    const bundle = {
      resourceType: 'Bundle',
      entry: [patient, other, relative].map((resource) => ({ resource })),
    }
    const lines = [patient, other, relative].map((resource) => JSON.stringify(resource)).join('\n')
    const texts = ['Aldous Quillfeather', 'a991234', 'AQ@example.org', 'Odette Pym', '212-555-0143']
    for (const content of [JSON.stringify(bundle), JSON.stringify(bundle, undefined, 2), lines]) {
      const { info, bad } = await load(content)
      assert.deepEqual([info.people, bad], [2, []])
      assert.deepEqual(listedIn(texts), texts)
    }
  })

  it('tells bad lines by number and reason, and lists the others', async () => {
    const head = Buffer.from('mrn,name,dob\n123456,Ada Quill,1956-04-03\n1,2\n')
    const rest = Buffer.from('\n"x,y\n"\n,,\n654321,Bo Pym,31.31.1931\n')
    const { info, bad } = await load(Buffer.concat([head, Buffer.from([0xff, 0x2c, 0x2c]), rest]))
    assert.deepEqual(bad, [
      { number: 3, why: 'form' },
      { number: 4, why: 'encoding' },
      { number: 5, why: 'form' },
      { number: 7, why: 'nobody' },
      { number: 8, why: 'value' },
    ])
    assert.deepEqual([info.people, info.badLines], [2, 5])
    assert.deepEqual(listedIn(['123456', 'Bo Pym']), ['123456', 'Bo Pym'])
  })

  it('stores no value: the file is the same size and reads like noise whoever is in it', async () => {
    await load('name,mrn\nAda Quillfeather,A4829100\n')
    const bytes = readFileSync(file)
    for (const value of ['Quill', 'quillfeather', 'a4829100', '4829100', 'adaquillfeather']) {
      assert.equal(bytes.includes(value), false)
    }
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.throws(() => readRoster(file, [{ ...KEY, secret: new Uint8Array(32) }]), RosterError)
    assert.throws(() => readRoster(file, [{ ...KEY, id: 'other' }]), RosterError)
  })

  it('fails on a file in which one bit is another', async () => {
    await load('name,mrn\nAda Quillfeather,A4829100\n')
    const bytes = readFileSync(file)
    const at = bytes.length - 100
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(file, bytes)
    assert.throws(() => readRoster(file, [KEY]), RosterError)
  })

  it('leaves the roster before where nobody can be read', async () => {
    const { info } = await load('name\nAda Quillfeather\n')
    for (const content of ['a,b\n1,2\n', 'name\n', '', '{"resourceType":"Bundle","entry":[]}']) {
      await assert.rejects(load(content), RosterError)
      assert.deepEqual(readRosterInfo(file), info)
    }
    await assert.rejects(load('x', { input: join(directory, 'none') }), RosterError)
  })

  it('goes on where it was cut short, and begins anew with another file', async () => {
    const people = inventPeople(60)
    const csv = (last: string): string =>
      `first,last,mrn\n${people.map((p) => `${p.given},${p.family},${p.mrn}`).join('\n')}\n${last},x,999999\n`
    const whole = await load(csv('Ada'))
    const stop = (records: number): void => {
      if (records === 40) throw new Error('cut short')
    }
    await assert.rejects(load(csv('Ada'), { step: 20, onProgress: stop }), /cut short/)
    assert.ok(existsSync(`${file}.import`))
    const resumed = await load(csv('Ada'), { step: 20 })
    assert.equal(resumed.resumedAfter, 40)
    // Equal content has an equal version: nothing was lost, or listed twice.
    assert.deepEqual(resumed.info, whole.info)
    await assert.rejects(load(csv('Ada'), { step: 20, onProgress: stop }), /cut short/)
    const other = await load(csv('Ada').replace(people[0]?.mrn ?? '', '777777'), { step: 20 })
    assert.deepEqual([other.resumedAfter, other.info.people], [0, 61])
    assert.equal(existsSync(`${file}.import`), false)
  })

  it('is taken up by whoever has the roster before open', async () => {
    const current = liveRoster(file, [KEY])
    assert.equal(current(), undefined)
    await load('name\nAda Quillfeather\n')
    const first = current()
    assert.equal(first?.people, 1)
    assert.equal(current(), first)
    await load('name\nAda Quillfeather\nBo Pym\n')
    assert.equal(current()?.people, 2)
    rmSync(file)
    assert.equal(current(), undefined)
    writeFileSync(file, 'no roster')
    assert.throws(() => current(), RosterError)
  })

  it('is warned of when there is none, or it is too old', () => {
    const info = { importedAt: NOW.toISOString() }
    const day = 24 * 60 * 60 * 1000
    assert.equal(rosterWarning(undefined, 7, NOW.getTime()), 'roster-missing')
    assert.equal(rosterWarning(info, 7, NOW.getTime() + 7 * day), undefined)
    assert.equal(rosterWarning(info, 7, NOW.getTime() + 7 * day + 1), 'roster-stale')
  })
})
