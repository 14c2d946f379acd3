import type { Branch, Mark } from './tree.ts'

const SURE_THINGS = /^(?:med|drug|lab|test|product|package|tool|function|dependenc|plugin)/i
const SURE_SIGNS =
  /^(?:dose|dosage|route|strength|sku|price|rxnorm|ndc|loinc|icd10?|cpt|snomed|artifactId|parameters|input_schema)$/i
const THINGS =
  /^(?:item|panel|device|job|step|model|metric|container|image|volume|schema|procedure|diagnos|condition|allerg|service)/i
const SIGNS =
  /^(?:frequency|version|units?|schema|license|homepage|repository|main|kind|namespace|dataType|default|enum)$/i
const OF_PEOPLE =
  /^(?:dob|birth.*|mrn|ssn|gender|sex|e?mail|phone.*|age|role|relation.*|title|specialty|npi)$/i

/**
 * Whether an object's "name" is that of a thing, by what stands beside it or by the key that holds it. Where that is
 * sure, nothing in it is a guess worth making; else only the key says nothing.
 */
export function nameOfThing(node: Branch, key: string): Mark | undefined {
  const keys = node.members.map((member) => member.key)
  if (keys.some((one) => OF_PEOPLE.test(one))) return undefined
  if (SURE_THINGS.test(key) || keys.some((one) => SURE_SIGNS.test(one))) return { plain: true }
  return THINGS.test(key) || keys.some((one) => SIGNS.test(one)) ? {} : undefined
}
