import assert from 'node:assert/strict'
import { GatewayError, type UnchainedRecord } from '../../../src/domain/index.ts'
import { completionRecord, decisionRecord, refusedRecord } from '../../../src/gateway/records.ts'
import { inspectJsonAnswer, inspectRequest } from '../../../src/inspect/index.ts'
import { validate, type AuditRecord } from '../../../src/schema/index.ts'
import {
  forwarded,
  inspector,
  memoryInMemory,
  PRINCIPAL,
  requestJob,
} from '../../support/inspection.ts'

const EXCHANGE = {
  decisionId: 'dec_1',
  requestNumber: 7,
  principal: PRINCIPAL,
  connection: 'claude',
  labels: { app: 'phigate' },
}
const VALUES = ['Jorvina', 'Quillmark', '219-09-9941', '48210377']
const body = {
  model: 'claude-test',
  messages: [
    { role: 'user', content: 'Patient: Jorvina Quillmark, SSN 219-09-9941, MRN: 48210377' },
  ],
}

/** The record as it is written; it must fit the schema and hold no value. */
function written(record: UnchainedRecord): AuditRecord {
  const chain = { version: 1, seq: 1, prev: '0'.repeat(64), hash: '0'.repeat(64) } as const
  const whole = {
    ...record,
    timestamp: '2026-01-01T00:00:00.000Z',
    custom: { ...record.custom, ...chain },
  }
  const text = JSON.stringify(whole)
  for (const value of VALUES) assert.ok(!text.includes(value))
  return validate('audit-record', JSON.parse(text))
}

describe('the records of an exchange', () => {
  it('say of a forward who, what, why, and which bytes', async () => {
    const verdict = forwarded(await inspectRequest(requestJob(body), inspector(memoryInMemory())))
    const record = written(decisionRecord(EXCHANGE, verdict))
    assert.deepEqual(record.input, JSON.parse(JSON.stringify(verdict.facts)))
    assert.equal(record.result?.outcome, 'mask')
    assert.deepEqual(
      [record.decision_id, record.requested_by, record.req_id, record.path],
      ['dec_1', PRINCIPAL.id, 7, 'gateway/decision'],
    )
    assert.equal(record.bundles?.['phigate']?.revision, verdict.policyRevision)
    const { custom } = record
    assert.equal(custom.kind, 'decision')
    assert.equal(custom.bodySha256, verdict.bodySha256)
    assert.equal(custom.reviewDigest, verdict.reviewDigest)
    assert.equal(custom.recording, verdict.bodySha256)
    assert.deepEqual(custom.masked, { PERSON: 1, US_SSN: 1, MEDICAL_RECORD_NUMBER: 1 })
  })

  it('speak for no body where nothing is forwarded', async () => {
    const job = requestJob(body, { connection: { name: 'claude-strict', labels: { baa: false } } })
    const verdict = await inspectRequest(job, inspector(memoryInMemory()))
    const { custom, result } = written(decisionRecord(EXCHANGE, verdict))
    assert.equal(result?.outcome, 'deny')
    assert.deepEqual(
      [custom.bodySha256, custom.recording, custom.reviewDigest],
      [undefined, undefined, undefined],
    )
  })

  it('say of an error its code and place', () => {
    const error = new GatewayError('body-too-large', 'x'.repeat(900), {
      cause: new Error(VALUES[0]),
    })
    const record = written(refusedRecord(EXCHANGE, error))
    assert.equal(record.input, null)
    assert.equal(record.result?.outcome, 'deny')
    assert.equal(record.result.reasons[0]?.code, 'body-too-large')
    assert.equal(record.result.reasons[0].message.length, 500)
    assert.equal(record.custom.status, 413)
  })

  it('say what became of an answer, and of one that never came', async () => {
    const by = inspector(memoryInMemory())
    const { context } = forwarded(await inspectRequest(requestJob(body), by))
    const text = '{"type":"message","content":[{"type":"text","text":"SSN 219-09-9941"}]}'
    const { report } = await inspectJsonAnswer(Buffer.from(text), context, by)
    const completion = {
      end: 'complete' as const,
      status: 200,
      durationMs: 5,
      upstreamRequestId: 'req_1',
      bodySha256: 'a'.repeat(64),
      sessionLabel: 'ses_1',
      report,
    }
    const record = written(completionRecord(EXCHANGE, completion))
    assert.equal(record.custom.kind, 'completion')
    assert.equal(record.custom.upstreamRequestId, 'req_1')
    assert.deepEqual(record.custom.masked, { US_SSN: 1 })
    assert.equal(record.custom.inspection, 'applied')
    assert.equal(record.input?.direction, 'response')
    const states = [
      ['upstream-cut', 'broken-off'],
      ['client-aborted', 'broken-off'],
      ['upstream-error', 'not-applied'],
      ['upstream-refused', 'not-applied'],
    ] as const
    for (const [end, inspection] of states) {
      const { custom } = written(
        completionRecord(EXCHANGE, { ...completion, end, report: undefined }),
      )
      assert.equal(custom.inspection, inspection)
      assert.equal(custom.masked, undefined)
    }
    const partial = written(completionRecord(EXCHANGE, { ...completion, end: 'client-aborted' }))
    assert.equal(partial.custom.inspection, 'broken-off')
    assert.deepEqual(partial.custom.masked, { US_SSN: 1 })
    assert.equal(partial.custom.recording, record.custom.recording)
    const refused = written(completionRecord(EXCHANGE, { ...completion, end: 'denied' }))
    assert.equal(refused.custom.inspection, 'applied')
    const none = { ...completion, end: 'upstream-cut' as const, report: undefined }
    const cut = written(completionRecord(EXCHANGE, { ...none, upstreamRequestId: undefined }))
    assert.deepEqual(
      [cut.custom.end, cut.input, cut.bundles],
      ['upstream-cut', undefined, undefined],
    )
  })
})
