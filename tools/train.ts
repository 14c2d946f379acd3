import { readFileSync, writeFileSync } from 'node:fs'
import { evaluate } from './train/evaluate.ts'
import { TEMPLATES } from './train/generator.ts'
import { digestOfTraining, SETTINGS, textOf, train } from './train/train.ts'

const FILE = new URL('../src/detect/names/tagger/weights.ts', import.meta.url)
const GROUPS = [
  'chat',
  'notes',
  'styles',
  'asked',
  'rounds',
  'course',
  'wonders',
  'jotted',
  'general',
  'tongues',
  'data',
  'medicine',
  'dense',
  'prose',
  'machine',
  'wards',
  'asides',
  'foreign',
  'scripts',
]

/** The weights as a module, so that whoever uses them need not read a file. */
function moduleOf(weights: string): string {
  const trainedOn = `/** The digest of a small training with what these weights were trained with; a test repeats it. */\nexport const TRAINED_ON = '${digestOfTraining()}'\n`
  return `${trainedOn}\n/** What \`npm run train\` learnt: the text that \`parseModel\` reads. */\nexport const WEIGHTS =\n  '${weights}'\n`
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`

function report(): void {
  console.log(`${TEMPLATES} templates; scores on those held out, trained on the others:`)
  const model = train({ ...SETTINGS, all: false })
  for (const group of GROUPS) {
    const { recall, over, touched } = evaluate(model, group, 3000)
    console.log(
      `${group.padEnd(10)} recall ${percent(recall)}, over-masked ${percent(over)}, clean texts touched ${percent(touched)}`,
    )
  }
}

const weights = moduleOf(textOf(train(SETTINGS)))
if (process.argv.includes('--check')) {
  const same = readFileSync(FILE, 'utf8') === weights
  console.log(same ? 'the weights are what training gives' : 'the weights differ: npm run train')
  process.exitCode = same ? 0 : 1
} else {
  writeFileSync(FILE, weights)
  if (!process.argv.includes('--quick')) report()
}
