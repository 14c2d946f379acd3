import { cdaDocument } from '../../support/structured/cda-documents.ts'
import { fhirBundle } from '../../support/structured/fhir-bundles.ts'
import { hl7Message, USUAL } from '../../support/structured/hl7-messages.ts'
import { unmarked } from '../../support/structured/marked.ts'
import type { Corpus, Sample } from '../corpus.ts'

/** A document for each of some seeds. The generators say where an identifier stands, and not of which type it is. */
function corpus(name: string, document: (seed: number) => string): Corpus {
  return {
    name,
    make: ({ faker }, count) => {
      const first = faker.number.int(100_000)
      return Array.from({ length: Math.ceil(count / 5) }, (_, index): Sample => {
        const { text, spans } = unmarked(document(first + index))
        return { text, labels: spans.map((span) => ({ ...span, type: undefined })) }
      })
    },
  }
}

export const STRUCTURED: readonly Corpus[] = [
  corpus('FHIR bundles', (seed) => JSON.stringify(fhirBundle(seed))),
  corpus('HL7 v2 messages', (seed) => hl7Message(seed, USUAL, '\n')),
  corpus('C-CDA documents', cdaDocument),
]
