import { PLACE_BY_CUE, STREET_ADDRESS } from '../../../src/detect/recognizers/address.ts'
import { EMAIL, EMAIL_SPELLED } from '../../../src/detect/recognizers/email.ts'
import { EMPLOYER } from '../../../src/detect/recognizers/employer.ts'
import { FACILITY } from '../../../src/detect/recognizers/facility.ts'
import { IP_ADDRESS } from '../../../src/detect/recognizers/ip.ts'
import { FAX, PHONE } from '../../../src/detect/recognizers/phone.ts'
import { URL_ADDRESS } from '../../../src/detect/recognizers/url.ts'
import { assertRows } from './table.ts'

describe('recognizers of contacts and places', () => {
  it('finds employers where a text says that somebody works there', () => {
    assertRows(EMPLOYER, [
      ['She works at «Kroger» as a cashier', 0.6, 'cued'],
      ['works night shift as a nurse at «Harlan & Sons Freight».'],
      ['employer: «Halvorsen Logistics», requires'],
      ['retired employee of «Dow Chemical»'],
    ])
  })

  it('finds no employer in other work', () => {
    assertRows(EMPLOYER, [
      ['the drug works for Parkinson disease'],
      ['works at night'],
      ['HE WORKS AT THE MILL'],
      ['employed by His brother'],
      ['working at home'],
    ])
  })

  it('finds North American telephone numbers by shape', () => {
    assertRows(PHONE, [
      ['expected (555) 555-5555 x12, 555-5555 or (000) 000-0000'],
      ['«(212) 555-0188»', 0.85, 'validated'],
      ['at «212-555-0188».', 0.85, 'validated'],
      ['«+1 212.555.0188»', 0.85, 'validated'],
      ['«212 555 0188 ext. 44»', 0.85, 'validated'],
      ['«555-123-4567»', 0.55, 'pattern'],
      ['sms to=«+12125550188» sent', 0.8, 'validated'],
      ['10:11:20.001122 2026'],
      ['«212\u2013555\u20130188»', 0.85, 'validated'],
    ])
  })

  it('finds short, bare and foreign numbers by label or country code', () => {
    assertRows(PHONE, [
      ['phone: «555-1234»', 0.9, 'labelled'],
      ['call her at «2125550188»', 0.9, 'labelled'],
      ['tel. «020 7946 0958»', 0.9, 'labelled'],
      ['from «+44 20 7946 0958» today', 0.8, 'validated'],
      ['or «0532 555 01 44», evenings', 0.5, 'pattern'],
      ['unter «0751 / 88 41 20» oder «0475 12 34 56»', 0.5, 'pattern'],
      ['tfno «612 44 90 17», acude', 0.9, 'labelled'],
      ['Caseworker Annette Broussard x«4418».', 0.7, 'labelled'],
      ['a matrix of 4418 x4418. Scaled x1000 and Shape x12'],
      ['0751 / 88 is a ratio'],
      ['«(11) 95555-0143», or not', 0.5],
      ['see (11) 1234 items'],
      ['scanned: «(6l7) 555-O188» at home', 0.6, 'pattern'],
      ['lot 6l7-55l-OI8 and model Ill-Ol1-OlIl'],
    ])
  })

  it('finds numbers parted by dashes, extensions, and numbers behind labels of other languages', () => {
    assertRows(PHONE, [
      ['the old one was «08-555 01 77», the new'],
      ['at «03-5550177» after six'],
      ['«8 (495) 555-01-77»'],
      ['desk, ext «4-8817», or bleep «5133»', 0.7, 'labelled'],
      ['τηλ. «210 555 0177»', 0.9, 'labelled'],
      ['тел. «555 01 77 12»'],
      ['Tel ( «( 415 ) 555 - 0177»'],
      ['ndc: 00169-4132-12, migrations 0038..0040 last'],
      ['NDC 0002-8215-01, 0093-7214-98, 000-00-0000, 01-02-2026'],
      ['text 4 of 5, extension 12'],
    ])
  })

  it('leaves other numbers alone', () => {
    assertRows(PHONE, [
      ['234-1234'],
      ['Copyright (c) 2012-2019 Roe'],
      ['<Buffer 08 00 00 00 00 00 00 00>'],
      ['2125550188'],
      ['pH 7.35'],
      ['call 911'],
      ['cell count 4500'],
      ['123 456 7890'],
      ['2.16.840.1.113883'],
      ['call on 2021-03-04'],
      ['1212-555-01889'],
      ['x+12345678901'],
    ])
  })

  it('calls a number a fax number where a label does', () => {
    assertRows(FAX, [
      ['Fax: «(212) 555-0188»', 0.9, 'labelled'],
      ['faxed to «555-0188»', 0.9, 'labelled'],
      ['«212-555-0188» (fax)', 0.9, 'labelled'],
      ['Phone 212-555-0188'],
    ])
    assertRows(PHONE, [['Fax: (212) 555-0188'], ['212-555-0188 (fax)']])
  })

  it('finds e-mail addresses and leaves mailboxes of machines', () => {
    assertRows(EMAIL, [
      ['to «ann.lee+x@mail.example.org».', 0.95, 'validated'],
      ["'«o'neil@example.com»'"],
      ['«josé@exämple.de»,«b@c.co»'],
      ['git@github.com:a/b'],
      ['noreply@example.com'],
      ['@types/node@1.2.3'],
      ['a@b'],
      ['@'],
      ['foo@latest'],
    ])
  })

  it('finds e-mail addresses that are read out', () => {
    assertRows(EMAIL_SPELLED, [
      ['write to «ann dot roe at mail dot com» please', 0.7, 'pattern'],
      ['it is «a_roe7 at clinic dot example dot org»'],
      ['«ann underscore roe at mail.example dot net»'],
      ['look at the dot com boom'],
      ['stay at home dot the i'],
      ['meet at noon'],
    ])
  })

  it('finds web addresses whole, without the punctuation around them', () => {
    assertRows(URL_ADDRESS, [
      ['see «https://portal.example.org/p/17?x=(1)».', 0.7, 'pattern'],
      ['(«http://example.org/a»)'],
      ['«www.example.org/x», then'],
      ['<«https://example.org»>'],
      ['https://'],
      ['http://hl7.org/fhir/sid/us-npi'],
      ['http://localhost:8080/x and https://www.cdc.gov/flu, https://nvd.nist.gov/vuln'],
      ['«https://www.nih.gov/find?q=jane+roe»'],
      ['awww.no'],
      ['https://github.com/acme/pump/issues/4 and «https://github.com/janeroe»'],
      ['file://x/y'],
    ])
    assertRows(URL_ADDRESS, [['https://portal.example.org/']], 'lenient')
  })

  it('finds internet addresses, not versions, sections or object identifiers', () => {
    assertRows(IP_ADDRESS, [
      ['host «192.168.1.17» up', 0.7, 'pattern'],
      ['IP address: «8.8.8.8»', 0.95, 'labelled'],
      ['«10.0.0.0/8»'],
      ['«fe80::1ff:fe23:4567:890a»', 0.7],
      ['«2001:db8:0:0:0:0:0:1»'],
      ['2.16.840.1'],
      ['2.16.84.1.113883'],
      ['version 10.20.30.40'],
      ['section 4.1.2.3'],
      ['1.2.3.4'],
      ['Chrome/141.0.0.0 Safari'],
      ['http://«192.168.1.17»/x'],
      ['256.1.1.10'],
      ['127.0.0.1'],
      ['std::vector dec::add ::'],
      ['12:30:45'],
    ])
    assertRows(IP_ADDRESS, [['192.168.1.17'], ['ip «192.168.1.17»', 0.95]], 'lenient')
  })

  it('finds street addresses, post boxes and postal codes', () => {
    assertRows(STREET_ADDRESS, [
      ['at «123 Main Street, Springfield, IL 62704»', 0.8, 'cued'],
      ['«4 N. Oak Ave Apt 3B» is'],
      ['at «123 Main St Springfield, IL 62704» now'],
      ['in «123 Oak St., St. Albans». He'],
      ['walk-up, «40 Oak Ave.» Sign on door'],
      ['TO «2208 OLD OAK RD» FOR CHEST PAIN. PT'],
      ['«P.O. Box 4471, Salem, OR 97301»', 0.85],
      ['in «Springfield, IL 62704-1234»', 0.8],
      ['of «14 TERN CLOSE, HARROGATE HG1 4QT». He', 0.75, 'cued'],
      ['«9 Rowan Gardens,\nLeeds LS6 2AB»'],
      ['«Harrogate, HG1 4QT»'],
      ['given HG1 4QT'],
      ['Quarter Q4 2ND dose, every 8 Hours H1 2HR'],
      ['sent to «1900 blk of Harding Ave» / cross', 0.75],
      ['«2240 Rt 12, Box 19, Shiprock», dog', 0.7],
      ['«4410 County Road 7»'],
      ['sinus rhythm 72 SR 12'],
      ['BLOOD LOSS 75 ML. DR. ROE WAS PRESENT'],
      ['ZIP code: «62704»', 0.85, 'labelled'],
      ['62704'],
      ['gave 5 mg of Aspirin St'],
      ['2 Patients were Seen'],
      ['120 Main'],
    ])
  })

  it('finds places behind a cue', () => {
    assertRows(PLACE_BY_CUE, [
      ['lives in «Springfield»', 0.65, 'cued'],
      ['relocated to «Salem, Oregon» in'],
      ['after travel to «Recife», rash', 0.65, 'cued'],
      ['has a ranch near «Pie Town»'],
      ['trip to Mexico, flew from Texas'],
      ['travel to Southeast Asia'],
      ['referred to clinic in March'],
      ['house in Order'],
      ['short-lived OIDC'],
      ['was moved to TypeScript'],
      ['lives in a house'],
      ['the feature now lives in Claude.'],
      ['the code lives in GitHub Actions'],
      ['lives in «Claude, TX»'],
      ['lives at Home'],
      ['born in March'],
    ])
  })

  it('finds named facilities, not kinds of them', () => {
    assertRows(FACILITY, [
      ['at «Elmwood General Hospital».', 0.6, 'cued'],
      ["«St. Anne's Medical Center»"],
      ['transferred from «Elmwood General» by air', 0.55, 'cued'],
      ['SENT TO «BIG CREEK MEMORIAL».'],
      ['went to Dollar General, spoke to Attorney General'],
      ['at Elmwood General Store'],
      ['In General, Memorial Day'],
      ['The Outpatient Clinic'],
      ['in the Emergency Hospital Clinic'],
      ['a hospital'],
    ])
  })
})
