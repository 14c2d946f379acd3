import { fill, type Corpus, type Sample, type Source } from '../corpus.ts'
import { valuesOf } from '../values.ts'

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
const CODE = [
  'export const retry = async (task: Task, times = 3) => {\n  for (let n = 0; n < times; n += 1) await task.run(n)\n}',
  'SELECT o.id, o.total FROM orders o JOIN items i ON i.order_id = o.id WHERE o.total > 100 ORDER BY o.id LIMIT 50;',
  '[worker-3] INFO queue drained in 412 ms, 118 tasks, p99=37ms',
  '$ git log --oneline | head -3\n8f02aca Keep derived keys\n642ec5b Merge: bench\n40bc792 Two rounds',
  '{"name":"web","version":"4.12.0","scripts":{"build":"vite build"},"engines":{"node":">=22"}}',
  'def chunks(items, size=500):\n    for start in range(0, len(items), size):\n        yield items[start:start + size]',
  "Error: ENOENT: no such file or directory, open '/srv/app/config/default.yaml'\n    at Object.open (node:internal/fs:601:3)",
  'FROM node:24-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm ci --omit=dev\nCMD ["node","server.js"]',
  'func (s *Store) Get(ctx context.Context, key string) ([]byte, error) {\n\treturn s.db.Get(ctx, key)\n}',
  'total 24\ndrwxr-xr-x 3 app app 4096 src\n-rw-r--r-- 1 app app  812 README.md',
  'const PALETTE = ["#1f77b4", "#ff7f0e", "#2ca02c"] // matplotlib, Tableau 10',
  '| metric | before | after |\n|---|---|---|\n| cold start | 812 ms | 390 ms |',
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
      Array.from({ length: Math.min(count, CODE.length) }, (__, index) => {
        return { text: CODE[index] ?? '', labels: [] }
      }),
  },
]
