import assert from 'node:assert/strict'
import {
  detect,
  findKnown,
  learn,
  mergeFindings,
  NOTHING_KNOWN,
} from '../../../../src/detect/index.ts'
import type { Segment } from '../../../../src/domain/index.ts'
import { parseRequest } from '../../../../src/messages/index.ts'
import {
  fhirBundle,
  fhirParts,
  FHIR_ABOUT_NOBODY,
} from '../../../support/structured/fhir-bundles.ts'
import { hl7Message } from '../../../support/structured/hl7-messages.ts'
import { unmarked } from '../../../support/structured/marked.ts'
import { scored } from '../../../support/structured/measure.ts'
import { TABLES } from '../../../support/structured/tables.ts'

const ID = 'toolu_01Abcdefghijklmnopqrstuv'

/** The ways in which data comes to the API. */
const WAYS: Readonly<Record<string, (data: unknown) => unknown>> = {
  'a tool result': (data) => ({
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: ID, content: asText(data) }],
  }),
  'JSON in the text of a tool result': (data) => ({
    role: 'user',
    content: [
      {
        type: 'tool_result',
        tool_use_id: ID,
        content: [{ type: 'text', text: JSON.stringify({ page: 1, data: asText(data) }) }],
      },
    ],
  }),
  'the input of a tool': (data) => ({
    role: 'assistant',
    content: [{ type: 'tool_use', id: ID, name: 'save', input: { resource: data } }],
  }),
  'a message': (data) => ({
    role: 'user',
    content: `What is wrong here?\n${asText(data)}\nThanks.`,
  }),
}

function asText(data: unknown): string {
  return typeof data === 'string' ? data : JSON.stringify(data)
}

function segmentsOf(message: unknown): readonly Segment[] {
  const body = new TextEncoder().encode(
    JSON.stringify({ model: 'claude-sonnet-5-5', max_tokens: 256, messages: [message] }),
  )
  const parsed = parseRequest({ operation: 'messages.create', body, headers: {}, query: [] })
  return parsed.units.flatMap((unit) => (unit.kind === 'message' ? unit.segments : []))
}

/** Gold and findings segment by segment: two passes, as the inspection makes them. */
function scoreOf(data: unknown, way: (data: unknown) => unknown) {
  const golds = segmentsOf(way(data)).map((one) => ({ one, gold: unmarked(one.text) }))
  const segments = golds.map(({ one, gold }): Segment => ({ ...one, text: gold.text }))
  const found = detect(segments, { recall: 'balanced', fields: [] })
  const all = mergeFindings(found, findKnown(segments, learn(NOTHING_KNOWN, segments, found)))
  const scores = golds.map(({ gold }, index) =>
    scored(
      gold,
      all.filter((finding) => finding.segment === index),
    ),
  )
  const sum = (of: (score: (typeof scores)[number]) => number) =>
    scores.reduce((total, score) => total + of(score), 0)
  return {
    recall: sum((score) => score.whole) / sum((score) => score.entities),
    over: sum((score) => score.over) / sum((score) => score.harmless),
    found: all.length,
  }
}

describe('structured data in requests', () => {
  for (const [name, way] of Object.entries(WAYS)) {
    it(`is found in ${name}, and little beside it`, () => {
      for (const seed of [21, 22, 23]) {
        const all = [fhirBundle(seed), fhirParts(seed), hl7Message(seed), TABLES['CSV']?.(seed)]
        for (const [index, data] of all.entries()) {
          const { recall, over } = scoreOf(data, way)
          assert.ok(recall >= 0.99, `data ${index}: recall ${recall.toFixed(4)}`)
          assert.ok(over <= 0.04, `data ${index}: over-masked ${over.toFixed(4)}`)
        }
      }
    })

    it(`is left alone in ${name} where it is about nobody`, () => {
      for (const [index, resource] of FHIR_ABOUT_NOBODY.entries()) {
        assert.equal(scoreOf(resource, way).found, 0, `resource ${index}`)
      }
    })
  }
})
