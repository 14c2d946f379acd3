import type { TextView } from '../normalise/index.ts'
import { after, before, hitsIn, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored } from '../scan/index.ts'

/** Seven figures and more that nothing divides: what is counted or measured is written shorter, or in thousands. */
const FIGURES = anchored(
  String.raw`(?<![\p{L}\p{N}_$€£#@.:/=~^*+-]|[.,:]\d{0,3}|[\p{L}_]\()[1-9]\d{6,13}(?![\p{L}\p{N}_%@]|[.,:/+*^-]\d| ?[x×*/=<>°%])`,
  'u',
  { tokens: [{ kind: 'digits', least: 7, most: 14 }] },
)
/** Capitals and figures in one word: "E1102873", "FX4QK0RMPJ", "A208 771 449", "IOE-0917738", "A-2291-XK". */
const MIXED = anchored(
  String.raw`(?<![\p{L}\p{N}_$#@.:/=~^*+-])(?:[A-Z]\d{3} \d{3} \d{3}|(?=[A-Z]{0,9}\d)(?=\d{0,9}[A-Z])(?:[A-Z]{1,4}-)?[A-Z\d]{7,17}|[A-Z]{2,5}-(?:(?:20)?\d\d-(?:\d\d-)?\d{3,9}|\d{6,9})|[A-Z]{1,4}-\d{4,8}-[A-Z\d]{1,4})(?![\p{L}\p{N}_%@]|[./-][\p{L}\d]| ?[=>])`,
  'u',
  {
    tokens: [
      { kind: 'mixed', least: 4, most: 17 },
      { kind: 'letters', least: 1, most: 5, next: '-' },
    ],
    starts: 'A',
  },
  { tokens: [{ kind: 'mixed', least: 7, most: 17 }] },
)
/** Parts that only somebody who numbers things has put together. */
const PARTED = /^[A-Z]+-\d+-[A-Z\d]+$/
/** Six figures, or letters and figures that change places four times: fewer are a gene, a substance, a room. */
const MANY = /\d(?:\D*\d){5}|^(?=.{9})(?:\d+[A-Z]+|[A-Z]+\d+){2,}(?:[A-Z]|\d[A-Z]|[A-Z]\d)/

/** What names things, substances, genes and papers: nobody's numbers. */
const OF_THINGS =
  /(?<![\p{L}\p{N}])(?:pmid|pmc|pubmed|doi|isbn|issn|nct|isrctn|eudract|prospero|snomed(?: ?ct)?|sctid|loinc|ndc|rxnorm|rxcui|umls|cui|cpt|hcpcs|icd(?:-?\d{1,2})?|atc|omim|mim|gtin|upc|ean|sku|cas|chembl|pubchem|cid|hgvs|genbank|accession|dbsnp|clinvar|ensembl|uniprot|patent|catalog(?:ue)?|cat|part|model|version|build|release|bin|pcn|port|offset|bytes?|size|count|total|n|population|about|approximately|nearly|over|under|than|at least|up to|chr\w{0,2}|position|line|code|codes|concept|phase|equals?|times|by|budget|cost|copies|cells|titer|load|vl|pcr|rna|dna|bnp|ck|plt|platelets?|wbc|viral load|hcg|afp|ferritin)(?: ?(?:id|no\.?|number|code|#))?['"*_)]{0,2} ?(?:is|was|of|to|at|from|[:=#>~≥≤(-])? ?["'(]?$/iu
/** Compounds under study are called by their maker's letters and a number. */
const COMPOUND =
  /^(?:PF|LY|GSK|BAY|BMS|MK|JNJ|AMG|AZD|ABT|ABBV|RO|RG|SAR|TAK|GS|CC|BI|INCB|VX|MEDI|REGN|ALN|ISIS|CAY|SB|SCH|ONO|TAS|DS|NCT|ISRCTN|COVID|SARS|ISO|RFC|CVE|ENS[GTP]|CHEBI|CHEMBL|RS|VOL|PMC|PMID|IEEE|IEC|EN|DIN|ASTM|FIPS|NIST)-?\d/
/** What is counted stands behind its number. */
const COUNTED =
  /^ ?(?:copies|cells|cfu|pfu|iu|units?|u|miu|ng|pg|mcg|ug|mg|kg|ml|dl|bp|kb|mb|hz|rpm|usd|dollars|euros|\p{Ll}{2,}s|people|men|women|children|(?:\p{Ll}+ )?(?:patients|people|cases|deaths|adults|cells))(?!\p{L})/u

/**
 * Numbers without a label that are too long for a measurement: in what people write they are somebody's account, record or
 * device. A guess, so that a program's writing keeps its numbers.
 */
export const LONE_NUMBER: Recognizer = {
  name: 'lone-number',
  type: 'OTHER_ID',
  needs: 'digit',
  prose: true,
  patterns: [FIGURES, MIXED],
  find: (view, recall) =>
    recall === 'lenient'
      ? []
      : [...found(view, FIGURES), ...found(view, MIXED)].toSorted((a, b) => a.start - b.start),
}

function found(view: TextView, pattern: typeof FIGURES): readonly Hit[] {
  const { text } = view
  return hitsIn(view, pattern, ({ index, 0: number }) => {
    const end = index + number.length
    if (
      !(MANY.test(number) || PARTED.test(number)) ||
      COMPOUND.test(number) ||
      /^(\d)\1+$|0{4}$|12345/.test(number)
    )
      return undefined
    if (OF_THINGS.test(before(text, index, 32)) || COUNTED.test(after(text, end, 24)))
      return undefined
    return { start: index, end, score: 0.4, basis: 'guess' }
  })
}
