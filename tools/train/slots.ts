import { en } from '@faker-js/faker'
import { COUNTRIES } from '../../src/detect/names/lists/countries.ts'
import { BRANDS, DRUGS } from '../../src/detect/names/lists/drugs.ts'
import { EVERYDAY } from '../../src/detect/names/lists/everyday.ts'
import {
  ANATOMY,
  CLINICAL,
  CONDITIONS,
  EPONYMS,
  LABS,
  ORGANISMS,
  PROCEDURES,
} from '../../src/detect/names/lists/medicine.ts'
import { businessOf, schoolOf } from './businesses.ts'
import { agencyOf, facilityOf, shortFacilityOf } from './facilities.ts'
import { NAME_FORMS, personOf, suffixOf } from './names.ts'
import { addressOf, cityOf, placeOf, STATE_CODES, STATES, streetOf } from './places.ts'
import { weighted, type Random } from './random.ts'
import type { Piece, Slot } from './template.ts'

type Form = keyof typeof NAME_FORMS

const tagged =
  (tag: number, make: (random: Random) => string): Slot =>
  (random) => [{ text: make(random), tag }]
const plain = (make: (random: Random) => string): Slot => tagged(0, make)
const from = (list: readonly string[]): Slot => plain((random) => random.pick(list))
const named =
  (forms: readonly (readonly [number, Form])[], suffixes = 0): Slot =>
  (random) => {
    const name: Piece = { text: NAME_FORMS[weighted(random, forms)](personOf(random)), tag: 1 }
    if (!random.chance(suffixes)) return [name]
    const suffix = suffixOf(random)
    // "Jr." is a part of the name, a degree is not.
    return /[JSI]r?/.test(suffix) && !/MD|DO|RN|NP|Ph|M\.D/.test(suffix)
      ? [{ text: name.text + suffix, tag: 1 }]
      : [name, { text: suffix, tag: 0 }]
  }

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const digits = (random: Random, length: number): string =>
  Array.from({ length }, () => random.below(10)).join('')
const TITLES = [
  'Dr. ',
  'Dr. ',
  'Dr. ',
  'Dr ',
  'Mr. ',
  'Mrs. ',
  'Ms. ',
  'Mr ',
  'Mrs ',
  'Ms ',
  'Miss ',
  'Prof. ',
  'Doctor ',
  'Nurse ',
  'Professor ',
]
const MONTHS =
  'January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec'.split(
    ' ',
  )
const HEAD_NOUNS =
  'disease|syndrome|sign|score|scale|criteria|catheter|palsy|classification|test|maneuver|reflex|lymphoma|procedure|contracture|fracture|phenomenon|esophagus|index|stage|staging|thyroiditis|position|rule|equation|formula|risk score|tumor|sarcoma|anomaly|triad|line|node|law|ring|hernia|aphasia|chorea|stain|body|bodies|cells|syndrome type 2|grade 2|class B|nodes|drain|tube|clamp|retractor|forceps|pump|valve|point|tremor|rigidity|murmur'.split(
    '|',
  )
const NATIONS =
  'American African Hispanic Latino Caucasian Asian European French German Spanish Italian Mexican Chinese Japanese Korean Indian Irish Polish Russian Greek Turkish Arab Jewish Swedish Dutch Canadian Brazilian Vietnamese Somali Ethiopian Black White'.split(
    ' ',
  )
const COMPANIES = [
  'Acme Corp',
  'Globex',
  'Initech',
  'Umbrella Ltd',
  'Contoso',
  'Northwind Traders',
  'Wayne Enterprises',
  'Stark Industries',
  'Hooli',
  'Deloitte',
  'Citigroup',
  'Toyota',
  'Nestlé',
  'Pfizer',
  'Novartis',
  'Roche',
  'Medtronic',
  'Siemens',
  'Philips',
  'GE Healthcare',
  'Epic',
  'Cerner',
  'Boeing',
  'Walmart',
  'Target',
  'FedEx',
  'UPS',
  'Lufthansa',
  'BBC',
  'CNN',
  'Reuters',
  'the New York Times',
  'Rolling Stone',
  'Spotify',
  'Zoom',
  'Salesforce',
  'SAP',
  'Oracle',
  'Accenture',
  'Vodafone',
  'Ikea',
  'Lego',
]
const KIN =
  'wife husband spouse partner son daughter dtr dau mother mom mum father dad sister brother sis bro niece nephew aunt uncle grandson granddaughter grandmother grandma grandfather stepmom stepdad stepson stepdaughter cousin fiancé fiancée girlfriend boyfriend gf bf ex-wife ex-husband roommate caregiver carer neighbor friend guardian MIL FIL DIL SIL'.split(
    ' ',
  )
const SPECIALTIES =
  'rad onc,med onc,surg,path,cards,cardiology,ID,renal,nephro,GI,neuro,ortho,psych,ICU,SICU,pulm,heme,endo,NN,SW,OT,PT,RD,PharmD,anesthesia,EP,IR,ENT,uro,gyn,peds,GP,registrar,ward sister,neumología de guardia,chair,scribe'.split(
    ',',
  )
/** Before the name of somebody who works there, mostly without a colon. */
const ROLES =
  'RN NP PA PMD PCP GP RT CM SW PT OT SLP CNA LPN LVN MA CRNA CNM RDH MSW RD MD DO SN ICU Medic Tech EMT PharmD Resident Fellow Attending Intern Hospitalist Intensivist Consultant Registrar Sister Matron Charge'.split(
    ' ',
  )
const STAFF = [
  'Triage RN',
  'triage nurse',
  'charge RN',
  'night RN',
  'ED attending',
  'Attending',
  'intern',
  'the resident',
  'case mgr',
  'Case mgr',
  'unit clerk',
  'sitter',
  'nurse mgr',
  'PMD',
  'ortho PA',
  'trauma NP',
  'float RN',
  'dayshift RN',
  'home health RN',
  'hospice RN',
  'wound nurse',
  'floor nurse',
  'school nurse',
  'primary',
]
const GENES =
  'BRCA1 BRCA2 TP53 KRAS EGFR ALK BRAF PTEN MLH1 MSH2 JAK2 FLT3 NPM1 CFTR HTT FMR1 APOE LDLR MYH7 SCN5A PIK3CA IDH1 ATM CHEK2 PALB2 RET MET ROS1 NRAS HER2'.split(
    ' ',
  )
const VARIANTS = [
  'V600E',
  'R175H',
  'c.68_69delAG',
  'p.Gly12Asp',
  'G12C',
  'L858R',
  'T790M',
  'exon 19 deletion',
  'F508del',
  'H63D',
  'C282Y',
  'c.5266dupC',
  'V617F',
  'p.Arg273His',
  'amplification',
  'wild type',
  'p16 deletion',
  'E6/E7',
]
const CODE_WORDS =
  'get set fetch load save parse build create update delete find user patient name list item node tree config client server request response handler service manager factory data value key token cache index count path file line text body header query result error status state event message job task queue'.split(
    ' ',
  )

function identOf(random: Random): string {
  const parts = Array.from({ length: 1 + random.below(3) }, () => random.pick(CODE_WORDS))
  const style = random.below(5)
  if (style === 0) return parts.join('_')
  if (style === 1) return parts.map(capital).join('')
  if (style === 2) return parts.join('_').toUpperCase()
  return parts.map((part, index) => (index === 0 ? part : capital(part))).join('')
}

const dateOf = (random: Random): string => {
  const [day, year] = [1 + random.below(28), 1930 + random.below(97)]
  const month = random.pick(MONTHS)
  const number = 1 + random.below(12)
  const th = random.pick(['', 'th', 'st', 'nd', 'rd'])
  return weighted(random, [
    [20, `${month} ${day}${th}, ${year}`],
    [20, `${number}/${day}/${random.pick([String(year), digits(random, 2)])}`],
    [10, `${year}-${String(number).padStart(2, '0')}-${String(day).padStart(2, '0')}`],
    [8, `${day} ${month} ${year}`],
    [6, `${month} ${day}${th}`],
    [6, `${month} ${year}`],
    [4, `${number}/${day}`],
    [4, `${day}.${number}.${year}`],
    [3, `the ${day}th of ${month}`],
    [
      4,
      random.pick([
        'yesterday',
        'today',
        'last week',
        'last month',
        'Monday',
        'last Tuesday',
        'this morning',
        'tonight',
      ]),
    ],
  ])
}

const oneOf = (lists: readonly (readonly string[])[]) => (random: Random) =>
  random.pick(random.pick(lists))
const MEDICAL = oneOf([DRUGS, BRANDS, CONDITIONS, ANATOMY, LABS, PROCEDURES, ORGANISMS, CLINICAL])
const caseOf = (random: Random, word: string): string =>
  weighted(random, [
    [5, word],
    [4, capital(word)],
    [1, word.toUpperCase()],
  ])

const eponymOf = (random: Random): string =>
  weighted<() => string>(random, [
    [1, () => capital(random.pick(EPONYMS))],
    [1, () => personOf(random).last],
  ])()

const eponymPhrase = (random: Random): string => {
  const [one, two] = [eponymOf(random), eponymOf(random)]
  const name = weighted(random, [
    [60, one],
    [20, `${one}'s`],
    [14, `${one}-${two}`],
    [4, `${one} and ${two}`],
    [2, `${one}/${two}`],
  ])
  return `${name} ${random.pick(HEAD_NOUNS)}`
}

const labOf = (random: Random): string => {
  const value = weighted(random, [
    [5, digits(random, 1 + random.below(3))],
    [4, `${random.below(20)}.${random.below(10)}`],
    [1, `<0.${digits(random, 2)}`],
  ])
  const lab = random.pick([
    'Na',
    'K',
    'Cl',
    'CO2',
    'BUN',
    'Cr',
    'Glu',
    'Ca',
    'Mg',
    'Phos',
    'WBC',
    'Hgb',
    'Hct',
    'Plt',
    'INR',
    'AST',
    'ALT',
    'Alk Phos',
    'T bili',
    'Alb',
    'TSH',
    'Free T4',
    'HbA1c',
    'BNP',
    'Trop',
    'CRP',
    'ESR',
    'Ferritin',
    'Vit D',
    'B12',
    'Folate',
    'LDL',
    'HDL',
    'PSA',
    'Lactate',
    'pH',
    'pCO2',
    'HR',
    'RR',
    'BP',
    'SpO2',
    'T',
    'Temp',
    'Wt',
    'Ht',
    'BMI',
    'EF',
    'FEV1',
    'CA-125',
    'CEA',
    capital(random.pick(LABS)),
    random.pick(LABS).toUpperCase(),
  ])
  return `${lab}${random.pick([' ', ': ', ' of ', '=', ' was '])}${value}${random.pick(['', '', ' mg/dL', ' mmol/L', ' (H)', ' (L)', '%', '/82', ' K/uL', ' g/dL', ' U/L', ' ng/mL'])}`
}

const capsOf = (random: Random): string =>
  Array.from({ length: 2 + random.below(4) }, () =>
    random.pick('ABCDEFGHIJKLMNOPRSTUVW'.split('')),
  ).join('')

const DONE =
  'closed patent flushes met noted clean dry removed placed held given done taken-down reflex intact ligated repaired avid pending declined excluded suspected unmutated drained stained graded staged tested flushed dosed dwell on off peel trial x2 x10 q1y q3d pupil flask node patch score sleeve cup'.split(
    ' ',
  )
const ROMAN = 'I II III IV V Ia Ib IIa IIb IIIa IIIb IIIB IIA IVa IBX 2a 2b 3b 1c A B C'.split(' ')

/** One item of a line that only a clinician can read. */
const itemOf = (random: Random): string =>
  weighted<() => string>(random, [
    [10, () => labOf(random)],
    [8, () => eponymPhrase(random)],
    [
      9,
      () =>
        `${eponymOf(random)} ${random.pick(['positive', 'negative', 'absent', 'present', '+', 'neg', 'pos', 'bilaterally', 'noted', 'intact', 'III', 'IV', 'II', 'B', 'C', '3', '12', '18', '2+', '4/10', 'grade 2', 'type A', 'x2', 'planned', 'completed', 'clean', 'in place', 'removed', '14 Fr', 'unlikely', 'excluded', 'suspected', 'ruled out'])}`,
    ],
    [
      4,
      () =>
        `${eponymOf(random)}${random.pick(['-', '/'])}${eponymOf(random)} ${random.pick(['I', 'II', 'III', 'IIb', 'syndrome', 'ratio 0.8', 'class II', 'repair', 'positive', 'type 2'])}`,
    ],
    [
      8,
      () =>
        `${eponymOf(random)} ${random.pick([MEDICAL(random), random.pick(DONE), random.pick(ROMAN), String(random.below(30)), `(${capsOf(random)})`, `${random.pick(DONE)} ${random.pick(ROMAN)}`])}${random.pick(['', ` ${random.pick(DONE)}`, ''])}`,
    ],
    [
      5,
      () =>
        `${nonceOf(random)}${random.pick(['', ` ${random.pick(DONE)}`, ` ${MEDICAL(random)}`, ` #${random.below(4)} given`, ', ' + nonceOf(random), ` and ${nonceOf(random)}`])}`,
    ],
    [
      4,
      () =>
        `${random.pick(['to', 'on', 'via', 'per', 'by', 'with', 'for', 'in', 'loss on'])} ${capsOf(random)}${random.pick(['', ` ${random.pick(DONE)}`, `, ${capsOf(random)}-high`, ' ' + random.pick(ROMAN)])}`,
    ],
    [
      2,
      () =>
        `${random.chance(0.3) ? 'Sister ' : ''}${personOf(random).first} ${eponymOf(random)} ${random.pick(['nodule', 'sign', 'pupil', 'spots', 'stage', 'criteria', 'classification', 'syndrome', 'OD 1+', 'reflex', 'grade', 'bodies', 'line', 'procedure'])}`,
    ],
    [
      2,
      () =>
        `${random.chance(0.5) ? cityOf(random) : eponymOf(random)} ${random.pick(['criteria', 'grade', 'class', 'stage', 'staging', 'classification', 'score', 'protocol', 'II met', 'M1E0S1', 'A', 'IIA', 'grade 1', 'type II', 'definition moderate'])}`,
    ],
    [
      4,
      () =>
        `${eponymOf(random)}'s ${random.pick(['', 'left', 'negative', 'flare', 'stable', 'disease'])}`.trim(),
    ],
    [
      8,
      () =>
        `${capsOf(random)} ${random.pick(['', '', '+', '-', 'neg', 'pos', '2.4', '12', '40%', 'x3', '1:320', 'II', 'per protocol', 'BID', 'noted', 'held'])}`.trim(),
    ],
    [
      3,
      () =>
        `${capsOf(random)}${random.below(20)}${random.pick(['', ' wt', ' positive', ' c.118C>T', ' R506Q', ' mutated', ' del', ' dup'])}`,
    ],
    [
      10,
      () =>
        `${capital(MEDICAL(random))} ${random.below(200)}${random.pick([' mg', ' mcg', ' mL/h', '%', '', ' BID', ' q8h', ' cm', '/7', ' weekly', ' gtt', ' Fr', ' units'])}`,
    ],
    [
      6,
      () =>
        `${random.chance(0.5) ? capital(random.pick(BRANDS)) : nonceOf(random)} ${random.pick([`${random.below(900)} mg`, 'held', 'started', 'drip', 'PRN', '', 'q2wk', 'BID', 'challenge'])}`.trim(),
    ],
    [6, () => `${random.pick(GENES)} ${random.pick(VARIANTS)}`],
    [
      10,
      () =>
        `${random.pick(['no', 'mild', 'new', 'likely', 'left', 'right', 'acute', 'stable', 'bilateral', 's/p', 'h/o', 'c/w', 'r/o'])} ${MEDICAL(random)} ${MEDICAL(random)}`,
    ],
    [
      5,
      () =>
        `${capital(MEDICAL(random))} ${MEDICAL(random)}${random.pick(['', ' noted', ' pending', ' negative', ' reviewed'])}`,
    ],
    [
      4,
      () =>
        `${random.pick(CONDITIONS)} ${random.pick(['grade', 'stage', 'type', 'class', 'level'])} ${random.pick(['1', '2', '3', 'A', 'B', 'II', 'IIIa'])}`,
    ],
    [
      3,
      () =>
        `${capital(random.pick(['positive', 'negative', 'stage', 'grade', 'repeat', 'continue', 'hold', 'start', 'obtain', 'plan', 'discussed', 'avoid']))} ${eponymOf(random)}, ${MEDICAL(random)}`,
    ],
    [
      3,
      () =>
        `${random.pick(ORGANISMS)} ${random.pick(['4/4', 'PCR +', '>100k', 'MIC 0.5', 'IgM neg', '2/2 sets'])}`,
    ],
    [
      2,
      () =>
        `${random.pick(['pH', 'CT', 'MRI', 'EEG', 'XR', 'US', 'Echo', 'TEE', 'LP', 'BAL', 'PSG', 'EGD'])}: ${MEDICAL(random)} ${random.below(90)}`,
    ],
  ])()

/** A dense line of a note: items without verbs. */
const denseOf = (random: Random): string => {
  const gap = random.pick([', ', ', ', ', ', '; ', '. ', ' - ', ' / '])
  const lead = random.chance(0.4)
    ? `${random.pick([eponymOf(random), capital(MEDICAL(random)), capsOf(random), 'Plan', 'PMH', 'Exam', 'A/P', 'Dx', 'Labs', 'Neuro', 'Heme', 'ID', 'Renal', 'CV', 'Resp', 'GI', 'Endo', 'Path', 'Onc', 'Ortho', 'Derm', 'Vent', 'Access'])}${random.pick([': ', ': ', ' - ', ', '])}`
    : ''
  return (
    lead +
    Array.from({ length: 3 + random.below(5) }, () => itemOf(random)).join(gap) +
    random.pick(['.', '', '.'])
  )
}

const ONSETS =
  'b br c cl cr d dr f fl fr g gl gr h j k kl l m n p pl pr qu r s sc sh sk sl sm sp st str t th tr v w x z zy'.split(
    ' ',
  )
const VOWELS = 'a a e e i i o o u y ai ea ia io ou ee'.split(' ')
const CODAS = ['', '', '', '', ...'b c ck d g l ll m n nd nt p r rd rk s sk st t tt v x'.split(' ')]
const TRADE_ENDINGS =
  'a ex iq io za to yn or ix vi ro en um ra la go ta vo pro cel kit med flo flow lube wick gard cor dia via trix zumab tinib stat pan pril cillin gel gen pen nol vant via yo ris ity era'.split(
    ' ',
  )

/** A word nobody knows, in the manner of trade names: new ones come every month. */
const nonceOf = (random: Random): string => {
  const syllable = (): string =>
    random.pick(ONSETS) + random.pick(VOWELS) + (random.chance(0.5) ? random.pick(CODAS) : '')
  const body = Array.from({ length: 1 + random.below(3) }, syllable).join('')
  const word = body + (random.chance(0.6) ? random.pick(TRADE_ENDINGS) : '')
  return weighted(random, [
    [90, capital(word.length < 4 ? word + syllable() : word)],
    [5, `${capital(body)}-${capital(random.pick(TRADE_ENDINGS))}`],
    [5, `${capital(body)}${capital(random.pick(TRADE_ENDINGS))}`],
  ])
}

/** Adjectives, nouns and verbs that the list of everyday words does not have, so that no list has to have all. */
const RARER_WORDS = Object.values(en.word ?? {})
  .flat()
  .filter((word): word is string => typeof word === 'string' && /^[a-z]{4,}$/.test(word))
const wordOf = (random: Random): string => random.pick(random.chance(0.65) ? EVERYDAY : RARER_WORDS)

const TECH_NOUNS =
  'algorithm distance filter transform tree chain process test distribution theorem sort search code number matrix method formula graph problem set automaton machine heap hash index notation cipher key exchange equation sampling descent decomposition kernel smoothing estimator clock syntax law curve diagram pattern architecture coefficient prior model function constant paradox'.split(
    ' ',
  )
const techOf = (random: Random): string => {
  const [one, two] = [personOf(random).last, personOf(random).last]
  const name = random.pick([one, `${one}-${two}`, `${one}'s`, one])
  return `${name} ${random.pick(TECH_NOUNS)}`
}

const PLACEHOLDERS = [
  '[PERSON_7K2M4QW.9XD3K5M]',
  '[PERSON_9XD3K5M]',
  '[DATE_1950_7K2M4QW9XD]',
  '[US_SSN]',
  '[FACILITY_4QW7K2M9XD]',
  '[LOCATION_MA_7K2M4QW9XD]',
  '[MEDICAL_RECORD_NUMBER_7K2M4QW9XD]',
  '[PERSON]',
  '***',
  '[REDACTED]',
  '<NAME>',
  '____',
  'XXXX',
  '[name]',
]

const ANY: readonly (readonly [number, Form])[] = [
  [56, 'full'],
  [8, 'shortLast'],
  [8, 'withInitial'],
  [3, 'bareInitial'],
  [5, 'shortFirst'],
  [2, 'twoInitials'],
  [4, 'three'],
  [2, 'doubleLast'],
  [2, 'lastFirst'],
  [8, 'first'],
  [5, 'last'],
  [2, 'halfShouted'],
]
const CHAT: readonly (readonly [number, Form])[] = [
  [42, 'full'],
  [42, 'shortLast'],
  [5, 'withInitial'],
  [3, 'shortFirst'],
  [6, 'first'],
  [2, 'last'],
]
const LAST_FIRST: readonly (readonly [number, Form])[] = [
  [5, 'lastFirst'],
  [3, 'lastFirstInitial'],
  [2, 'shouted'],
]

const titledOf: Slot = (random) => {
  const person = personOf(random)
  const form = weighted<Form>(random, [
    [60, 'last'],
    [22, 'full'],
    [8, 'shortLast'],
    [5, 'shortFirst'],
    [5, 'withInitial'],
  ])
  // Doctors and patients are called like diseases, too.
  const name = random.chance(0.12) ? capital(random.pick(EPONYMS)) : NAME_FORMS[form](person)
  return [
    { text: random.pick(TITLES), tag: 0 },
    { text: name, tag: 1 },
  ]
}

/** The slots of the templates. People, places and facilities carry their tag, everything else none. */
export const SLOTS: ReadonlyMap<string, Slot> = new Map<string, Slot>([
  ['N', named(ANY, 0.03)],
  ['NC', named(CHAT)],
  [
    'FULL',
    named([
      [80, 'full'],
      [8, 'withInitial'],
      [6, 'three'],
      [6, 'shortFirst'],
    ]),
  ],
  ['F', named([[1, 'first']])],
  ['L', named([[1, 'last']])],
  ['LF', named(LAST_FIRST)],
  ['CARET', named([[1, 'caret']])],
  [
    'SHORT',
    named([
      [5, 'shortFirst'],
      [4, 'shortLast'],
      [2, 'twoInitials'],
    ]),
  ],
  ['INITIALS', plain((random) => capsOf(random).slice(0, 2))],
  ['STREET', tagged(2, streetOf)],
  ['BUSINESS', tagged(3, businessOf)],
  ['SCHOOL', tagged(3, schoolOf)],
  ['DOC', titledOf],
  ['CITY', tagged(2, cityOf)],
  ['PLACE', tagged(2, placeOf)],
  ['ADDR', tagged(2, addressOf)],
  ['FAC', tagged(3, facilityOf)],
  [
    'OURFAC',
    (random) => [
      {
        text: `${cityOf(random)} ${random.pick(['clinic', 'clinic', 'facility', 'office', 'location', 'hospital', 'branch', 'campus', 'VA', 'ER', 'ED', 'ICU', 'site', 'urgent care', 'ward'])}`,
        tag: 3,
      },
    ],
  ],
  [
    'OFFICE',
    (random) => [
      {
        text: `Dr. ${personOf(random).last}'s ${random.pick(['office', 'Office', 'clinic', 'practice', 'Clinic'])}`,
        tag: 3,
      },
    ],
  ],
  ['COUNTRY', from(COUNTRIES)],
  ['STATE', plain((random) => random.pick(random.chance(0.7) ? STATES : STATE_CODES))],
  ['NAT', from(NATIONS)],
  ['DATE', plain(dateOf)],
  ['TIME', plain((random) => `${random.below(24)}:${String(random.below(60)).padStart(2, '0')}`)],
  ['AGE', plain((random) => String(1 + random.below(95)))],
  ['NUM', plain((random) => digits(random, 1 + random.below(4)))],
  [
    'ID',
    plain(
      (random) =>
        `${random.pick(['', '', 'A', 'MR', 'BH-', 'SF-', 'M'])}${digits(random, 5 + random.below(4))}`,
    ),
  ],
  [
    'PHONE',
    plain((random) =>
      random.pick([
        `(${digits(random, 3)}) 555-${digits(random, 4)}`,
        `${digits(random, 3)}-555-${digits(random, 4)}`,
        `+44 20 7946 0${digits(random, 3)}`,
      ]),
    ),
  ],
  [
    'EMAIL',
    plain(
      (random) =>
        `${random.pick(CODE_WORDS)}${digits(random, 2)}@example.${random.pick(['org', 'com', 'net'])}`,
    ),
  ],
  ['DRUG', plain((random) => caseOf(random, random.pick(random.chance(0.7) ? DRUGS : BRANDS)))],
  ['BRAND', plain((random) => capital(random.pick(BRANDS)))],
  ['COND', plain((random) => caseOf(random, random.pick(CONDITIONS)))],
  ['COND2', plain((random) => random.pick(CONDITIONS))],
  ['ANAT', plain((random) => caseOf(random, random.pick(ANATOMY)))],
  ['PROC', plain((random) => caseOf(random, random.pick(PROCEDURES)))],
  [
    'ORG',
    plain((random) =>
      random.pick([
        () => capital(random.pick(ORGANISMS)),
        () => `${random.pick('ABCEHKLMNPS'.split(''))}. ${random.pick(ORGANISMS)}`,
      ])(),
    ),
  ],
  ['MED', plain((random) => caseOf(random, MEDICAL(random)))],
  ['MEDCAP', plain((random) => capital(MEDICAL(random)))],
  ['LAB', plain(labOf)],
  ['EPO', plain(eponymPhrase)],
  ['EPON', plain((random) => capital(random.pick(EPONYMS)))],
  ['GENE', plain((random) => `${random.pick(GENES)} ${random.pick(VARIANTS)}`)],
  ['DENSE', plain(denseOf)],
  [
    'AMBIG',
    from(
      'lane drive court place way port ward box room square park hill branch host bridge field bank gate street road unit floor route corner center hall house bay terminal station point stack pool queue river lake'.split(
        ' ',
      ),
    ),
  ],
  ['NONCE', plain(nonceOf)],
  ['ITEM', plain(itemOf)],
  ['TECH', plain(techOf)],
  ['SCHOLAR', plain((random) => personOf(random).last)],
  ['ABBR', plain(capsOf)],
  [
    'ICD',
    plain(
      (random) =>
        `${random.pick('ABCDEFGHIJKMNRSTZ'.split(''))}${digits(random, 2)}${random.pick(['', `.${digits(random, 1)}`, `.${digits(random, 2)}`])}`,
    ),
  ],
  ['CAP', plain((random) => capital(wordOf(random)))],
  ['WORD', plain(wordOf)],
  ['SHOUT', plain((random) => random.pick([random.pick(EVERYDAY), MEDICAL(random)]).toUpperCase())],
  ['IDENT', plain(identOf)],
  [
    'FILE',
    plain(
      (random) =>
        `${random.pick(['src', 'lib', 'test', '/usr/local', './app', 'C:\\Users\\dev', '/var/log', 'packages/core'])}/${identOf(random)}.${random.pick(['ts', 'py', 'go', 'java', 'json', 'md', 'log', 'yml', 'rs', 'sql'])}`,
    ),
  ],
  ['VER', plain((random) => `${random.below(20)}.${random.below(30)}.${random.below(10)}`)],
  [
    'HEX',
    plain((random) =>
      Array.from({ length: 7 + random.below(3) }, () =>
        random.pick('0123456789abcdef'.split('')),
      ).join(''),
    ),
  ],
  ['COMPANY', from(COMPANIES)],
  ['KIN', from(KIN)],
  ['SPEC', from(SPECIALTIES)],
  ['AGENCY', tagged(3, agencyOf)],
  ['FACX', tagged(3, shortFacilityOf)],
  [
    'EMPLOYER',
    tagged(3, (random) =>
      random.chance(0.3)
        ? random.pick(COMPANIES)
        : random.chance(0.25)
          ? agencyOf(random)
          : businessOf(random),
    ),
  ],
  ['ROLE', from(ROLES)],
  ['STAFF', from(STAFF)],
  [
    'ODDTOWN',
    tagged(
      2,
      (random) =>
        `${random.pick(['Big', 'Little', 'Old', 'White', 'Black', 'Red', 'Two', 'Three', 'Pie', 'Dry', 'Broken', 'Cut'])} ${random.pick(['Stone', 'Rock', 'Bear', 'Pine', 'Horse', 'Rivers', 'Forks', 'Oak', 'Sulphur', 'Bow', 'Arrow'])} ${random.pick(['Gap', 'Lake', 'Creek', 'Springs', 'City', 'Falls', 'Bluff', 'Hollow', 'Town', 'Bank'])}`,
    ),
  ],
  ['PRON', from(['him', 'her', 'them'])],
  [
    'CHURCH',
    tagged(3, (random) =>
      random.pick([
        () =>
          `${random.pick(['St.', 'Saint', 'St'])} ${personOf(random).first}${random.pick(["'s", ' Church', ' Parish', "'s Church"])}`,
        () =>
          `${cityOf(random)} ${random.pick(['Baptist Church', 'Parish', 'Mosque', 'Temple', 'Lutheran Church', 'Synagogue'])}`,
      ])(),
    ),
  ],
  ['GONE', from(PLACEHOLDERS)],
  [
    'SEX',
    from([
      'male',
      'female',
      'man',
      'woman',
      'M',
      'F',
      'boy',
      'girl',
      'gentleman',
      'lady',
      'patient',
      'veteran',
    ]),
  ],
])
