import assert from 'node:assert/strict'
import { cdaDocument, fhirXml } from '../../../support/structured/cda-documents.ts'
import { fhirBundle, fhirParts } from '../../../support/structured/fhir-bundles.ts'
import { hl7Message, UNUSUAL, USUAL } from '../../../support/structured/hl7-messages.ts'
import { unmarked, WRAPPINGS } from '../../../support/structured/marked.ts'
import { scored } from '../../../support/structured/measure.ts'
import { form, TABLES } from '../../../support/structured/tables.ts'
import { x12Interchange } from '../../../support/structured/x12-transactions.ts'

const SEEDS = [11, 12, 13, 14, 15, 16]

/** Texts by what they are, with gold in them, one for each seed. */
const KINDS: Readonly<Record<string, (seed: number) => string>> = {
  'FHIR bundles': (seed) => JSON.stringify(fhirBundle(seed)),
  'FHIR bundles, pretty-printed': (seed) => JSON.stringify(fhirBundle(seed), null, 2),
  'FHIR as NDJSON': (seed) =>
    [fhirBundle(seed), fhirParts(seed)].map((one) => JSON.stringify(one)).join('\n'),
  'FHIR without a resource type': (seed) => JSON.stringify(fhirParts(seed)),
  'FHIR as XML': fhirXml,
  'C-CDA documents': cdaDocument,
  'HL7 v2 messages': (seed) => hl7Message(seed),
  'HL7 v2 messages with line feeds': (seed) => hl7Message(seed, USUAL, '\n'),
  'HL7 v2 messages with separators of their own': (seed) => hl7Message(seed, UNUSUAL, '\r\n'),
  'HL7 v2 messages in MLLP frames': (seed) =>
    [seed, seed + 1].map((one) => `\v${hl7Message(one)}\r\u001C\r`).join(''),
  'X12 transactions': x12Interchange,
  forms: form,
  ...TABLES,
}

describe('values in structured data', () => {
  for (const [kind, make] of Object.entries(KINDS)) {
    it(`are found in ${kind}, in every wrapping, and little beside them`, () => {
      for (const [wrapping, wrap] of Object.entries(WRAPPINGS)) {
        let [entities, whole, harmless, over] = [0, 0, 0, 0]
        for (const seed of SEEDS) {
          const score = scored(unmarked(wrap(make(seed))))
          entities += score.entities
          whole += score.whole
          harmless += score.harmless
          over += score.over
        }
        assert.ok(entities > 40, `${wrapping}: the generator gave too little`)
        assert.ok(whole / entities >= 0.99, `${wrapping}: recall ${(whole / entities).toFixed(4)}`)
        assert.ok(
          over / harmless <= 0.03,
          `${wrapping}: over-masked ${(over / harmless).toFixed(4)}`,
        )
      }
    })
  }
})
