import assert from 'node:assert/strict'
import { detect } from '../../../../src/detect/index.ts'
import {
  unescapeHl7,
  unescapeJson,
  unescapeXml,
} from '../../../../src/detect/structured/unescape.ts'
import { segment, unmark } from '../table.ts'

const MSH = 'MSH|^~\\&|A|B|C|D|||ADT^A01|1|P|2.5\r'

/** Texts with what structure has to find between guillemets, and nothing else. */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  'HL7 v2': [
    `${MSH}PID|1||«998»^^^H^MR||«DOE»^«JOHN»||«19500101»|M`,
    `${MSH}OBX|1|XPN|X^CONTACT^L||«ROE»^«ANN»`,
    `${MSH}OBX|1|NM|2339-0^GLUCOSE^LN||182|mg/dl`,
    `${MSH}PID|1||«O\\T\\998»^^^H^MR||""`,
    `${MSH}AL1|1|DA|70618^Penicillin^RXNORM|SV|rash`,
    'grep: out/adt.txt:14:PID|1||«77182»^^^H^MR||«LEE»^«MEI»||«19520914»|F',
    'Here is the segment:\nPID|1||«77182»^^^H^MR||«LEE»^«MEI»\nand that is all.',
    'one line: MSH|^~\\&|A|B|C|D|||ADT^A01|1|P|2.5\\rPID|1||«77182»^^^H^MR||«LEE»^«MEI»',
    'MSH$%~\\&$A$B$C$D$$$ADT%A01$1$P$2.5\rPID$1$$«77182»%%%H%MR$$«LEE»%«MEI»',
  ],
  X12: [
    'ST*271*0001~NM1*PR*2*BLUE RIVER HEALTH*****PI*88337~NM1*IL*1*«ROE»*«ANN»****MI*«8812990341»~N4*«BARRE»*VT*«05641»~',
  ],
  JSON: [
    '{"pt_name":"«lee tan»","memberId":"«XQ-1122»","addr1":"«44 Elm St»","tel":"«5551234567»"}',
    '{"pt_nm":"«LEE,ANN»","birth_dt":"«19500402»","cty":"«BEND»","zip_cd":"«97701»","los_days":4}',
    '| | |\n|---|---|\n| MRN | Name |\n| «0718245» | «Ann Roe» |',
    '| Name | Room | Admit |\n|---|---|---|\n| «Roe, Ann» | 14 | «1/28» |',
    '{"contact":[{"telecom":[{"value":"«5415550188»"}]}]}',
    '{"chart":"{\\"name\\":\\"«Ann Lee»\\",\\"bp\\":\\"130/80\\"}"}',
    '{"patient":{"first":"«ann»","last":"«lee»"},"status":"active"}',
    '{"meds":[{"name":"Sinemet Retard","dose":"25/100"}]}',
    '{"next_of_kin":{"name":"«Ann Lee»","relationship":"wife"}}',
    '{"cells":[["MRN","Pt","Dx"],["«88120»","«Fenwick, Isolde»","COPD"],[88121,"note"]]}',
    '[["name","score"],["alpha",1],["beta",2]]',
    'cut off: {"lastName":"«roe»","ssn":"«536221244»","notes":[{"a":',
    '{"hospital":{"name":"«Lakeview»"},"tool":{"name":"Read File"}}',
    '{"columns":["mrn","last_name","unit"],"rows":[["«778812»","«chen»","4B"],["«778813»","«roe»","4B"]]}',
    '[["surname","dob"],["«Chen»","«1960-01-02»"],["«Roe»","«1961-01-02»"]]',
    '{"columns":["name","size"],"rows":[["alpha",1],["beta",2]]}',
  ],
  tables: [
    'patient_name | «Mei Chen»\ndob | «1960-01-02»\nmrn | «778812»\n',
    'name;dob\n«mei chen»;«1960-01-02»\n',
    '| name | DOB |\r\n|:--|--:|\r\n| «mei chen» | «1960-01-02» |\r\n',
    'mrn,last_name,"glucose"\n«778812»,"«chen, jr»",98\nEnd, of the table\n',
    'name,score\nalpha,1\nbeta,2\n',
    'return together(caller, person)\n// Each is asked, so that each fetches.\n',
  ],
  SQL: [
    "INSERT INTO pts (mrn, surname, town) VALUES ('«778812»','«O''Neil»','«Reno»'),\n (DEFAULT, '«Roe»', NULL);",
    "insert into patients(name, note) values ('«mei chen»', concat('a', 'b'))",
    'COPY public.people (id, surname, birth_date) FROM stdin;\n1\t«Chen»\t«1960-01-02»\n2\t«Roe»\t«1961-01-02»\n\\.\n3\tx\ty\n',
    "INSERT INTO products (sku, name, city) VALUES ('A-1','Heron Desk','Reno');",
    "INSERT INTO t VALUES ('broken",
  ],
  pairs: [
    'GET /find?last=«Chen»&first=«Mei»&dob=«1960-01-02» HTTP/1.1',
    '?patient_name=«Ann%20Lee»&page=2&phone=«5555550142»',
    './admit --last-name «Chen» --first «Mei» --ward 4',
    'new Patient(given="«Mei»", family="«Chen»", city="«Reno»")',
    "UPDATE patients SET family = '«Chen»', given = '«Mei»' WHERE id = 4",
    "WHERE surname = '«Chen»' AND given = '«Mei»'",
    'PATIENT_NAME="«Mei Chen»"\nPATIENT_DOB=«1960-01-02»',
    'font(family="Inter", first=1, city="Reno")',
    "columns = { first_name: 'string', last_name: 'string', name: 'text' }",
    'run --name web --city "Reno" --first 10',
  ],
  forms: [
    'Patient Name: «lee tan»   MRN #: «77-1182»',
    'Address: «12 Oak Street»\n«Reno, NV 89501»\nDiagnosis: asthma',
    'Next of kin: «Mary Lee» (wife)',
    'Patient: «Corwin Vale», SSN «536-22-1234»',
    'Birth: «1960-01-02»\nMRN: «778812»',
    '**Attending:** «Gregory House, MD»',
    'Employer: «Acme Widgets Inc»\nReligion: none',
    'client: ClientSettings\nprovider: aws\naccount: default\ncontact: support',
    'Attending: To Be Determined\nPatient Name: Unknown',
  ],
  XML: [
    '<patient name="«Jane Roe»" dob="«1950-01-02»"><mrn>«7781»</mrn></patient>',
    '<name><given>«Ana»</given><family>«O&apos;Neil»</family></name>',
    '<table><thead><tr><th>Name</th><th>DOB</th><th>Glucose</th></tr></thead><tbody><tr><td>«mei chen»</td><td>«1960-01-02»</td><td>98</td></tr></tbody></table>',
    '<table><tr><td>Option</td><td>Name</td></tr><tr><td>port</td><td>listen</td></tr></table>',
    '<artifact><name>core</name><version>1.2</version></artifact>',
  ],
}

describe('structure, row by row', () => {
  for (const [syntax, rows] of Object.entries(ROWS)) {
    it(`is read in ${syntax}`, () => {
      for (const [index, marked] of rows.entries()) {
        const { text, spans } = unmark(marked)
        const found = detect([segment(text)], { recall: 'balanced', fields: [] }).filter(
          // Guesses are the tagger's, and have tests of their own.
          ({ basis }) => basis !== 'guess',
        )
        assert.deepEqual(
          found.map((one) => [one.start, one.end]),
          spans,
          `row ${index}`,
        )
      }
    })
  }
})

describe('a text without its escapes', () => {
  it('knows where every character stood', () => {
    const json = unescapeJson('a\\n\\u00e9b')
    assert.equal(json.text, 'a\néb')
    assert.deepEqual(json.origin(1, 2), { start: 1, end: 3 })
    assert.deepEqual(json.origin(2, 4), { start: 3, end: 10 })
    const xml = unescapeXml('x&amp;&#233;')
    assert.equal(xml.text, 'x&é')
    assert.deepEqual(xml.origin(1, 3), { start: 1, end: 12 })
    const hl7 = unescapeHl7('a\\.br\\b\\T\\c')
    assert.equal(hl7.text, 'a\nb&c')
    assert.deepEqual(hl7.origin(2, 5), { start: 6, end: 11 })
  })

  it('keeps what only looks like an escape', () => {
    assert.equal(unescapeJson('C:\\docs\\q').text, 'C:\\docs\\q')
    assert.equal(unescapeXml('a & b &nope; &#0;').text, 'a & b &nope; &#0;')
    assert.equal(unescapeHl7('1\\2').text, '1\\2')
  })
})
