import { fill, type Corpus, type Sample, type Source } from '../corpus.ts'
import { valuesOf } from '../values.ts'
import { PROGRAMS } from './programs.ts'

const CLINICAL = [
  'Babinski absent bilaterally, Romberg negative, Phalen and Tinel equivocal.',
  'Kernig and Brudzinski signs not elicited; Glasgow Coma Scale 15.',
  'Whipple procedure discussed for a Bismuth type II stricture.',
  'Foley removed, Hickman line flushed, Penrose drain to gravity.',
  'BRCA2 c.5946delT, EGFR exon 19 deletion, KRAS wild type.',
  'Ann Arbor stage III, Gleason 3+4, Child-Pugh B, MELD 17.',
  'ICD-10 E11.65, CPT 99214, LOINC 2345-7, NDC 0002-8215-01.',
  'Give {drug} 40 mg IV q12h, then 1/2 tab PO daily; titrate to {lab}.',
  'Vent: SIMV 14, TV 450, PEEP 8, FiO2 0.4; ABG 7.31/48/82.',
  'Compare {drug} with warfarin in {illness}; cite the main trials.',
  'Hashimoto thyroiditis with Hurthle cells; Sjogren antibodies pending.',
  'BP 142/88, HR 76, RR 18, SpO2 97 % on 2 L, T 37.2.',
  'ROS: negative except as above. FAMILY HISTORY: noncontributory.',
  'Explain the difference between Lewy body and Parkinson dementia.',
  'A {age}-year-old man with {illness}: what is the first-line treatment?',
  'Apgar 8 and 9, Ballard 38 weeks, Moro symmetric.',
  'Dix-Hallpike positive on the right; Epley performed once.',
  'Mallampati II, ASA 3, Macintosh 3 blade, Cormack-Lehane grade 1.',
  'Summarize the guideline on {illness} in five points.',
  'Lisfranc injury excluded; Weber B fracture, Salter-Harris II.',
]
function lines(templates: readonly string[], source: Source, count: number): readonly Sample[] {
  return Array.from({ length: count }, (_, index) =>
    fill(templates[index % templates.length] ?? '', valuesOf(source)),
  )
}

/** Texts without an identifier. */
export const HARMLESS: readonly Corpus[] = [
  { name: 'harmless clinical lines', make: (source, count) => lines(CLINICAL, source, count) },
  {
    name: 'code and logs',
    make: (_, count) =>
      Array.from({ length: Math.min(count, PROGRAMS.length) }, (__, index) => {
        return { text: PROGRAMS[index] ?? '', labels: [] }
      }),
  },
]
