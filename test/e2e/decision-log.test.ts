import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv, type ValidateFunction } from 'ajv'
import type { AuditRecord } from '../../src/schema/index.ts'
import { ask, startTestGateway } from '../support/gateway.ts'

const file = fileURLToPath(new URL('../unit/record/opa-event-v1.json', import.meta.url))
const schema = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
const { required: _, ...withoutRequired } = schema

/**
 * What reads OPA's decision logs reads ours. The schema is what OPA's own struct says (tools/eventv1/main.go), and
 * `go -C tools run ./eventv1 read < audit.ndjson` decodes a log into that struct.
 */
describe('the audit log in OPA’s terms', function () {
  this.timeout(120_000)
  const ajv = new Ajv({ strict: true })
  const isEvent: ValidateFunction = ajv.compile(schema)
  const hasNoOtherFields: ValidateFunction = ajv.compile(withoutRequired)
  let records: readonly AuditRecord[] = []

  before(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'phigate-test-'))
    const gateway = await startTestGateway({ dataDir })
    try {
      const phi = 'Patient John Smith, SSN 536-22-1234'
      const requests = [
        gateway.post(ask('Hello')),
        gateway.post(ask(phi, { stream: true })),
        gateway.post(ask('Summarize the full chart of this patient')),
        gateway.post(ask(phi), { path: '/c/claude-strict/v1/messages' }),
        gateway.post('{'),
      ]
      for (const answer of await Promise.all(requests)) await answer.text()
    } finally {
      await gateway.stop()
      records = gateway.records()
      rmSync(dataDir, { recursive: true })
    }
  })

  const problem = (validate: ValidateFunction): string => JSON.stringify(validate.errors)

  it('holds decisions, completions, refusals, start and stop', () => {
    const kinds = new Set(records.map(({ custom }) => custom.kind))
    for (const kind of ['decision', 'completion', 'start', 'stop'] as const) {
      assert.ok(kinds.has(kind), kind)
    }
    const outcomes = new Set(records.map(({ result }) => result?.outcome))
    for (const outcome of ['allow', 'mask', 'deny', 'require-approval'] as const) {
      assert.ok(outcomes.has(outcome), outcome)
    }
    assert.ok(records.some(({ input }) => input === null))
  })

  it('has an EventV1 for every decision and every completion', () => {
    const kinds = ['decision', 'completion']
    const decisions = records.filter(({ custom }) => kinds.includes(custom.kind))
    // Two went through, two were refused, and one waited: it has a completion, too.
    assert.equal(decisions.length, 8)
    for (const record of decisions) assert.ok(isEvent(record), problem(isEvent))
  })

  it('has no field in any record that EventV1 does not have', () => {
    for (const record of records) assert.ok(hasNoOtherFields(record), problem(hasNoOtherFields))
  })

  it('says in these fields what OPA says in them', () => {
    const record = records.find(({ custom }) => custom.kind === 'decision' && custom.bodySha256)
    assert.ok(record !== undefined)
    assert.equal(record.path, 'gateway/decision')
    assert.match(record.bundles?.['phigate']?.revision ?? '', /^[0-9a-f]+$/)
    assert.ok(Number(record.metrics?.['timer_rego_query_eval_ns']) > 0)
    assert.ok(Number.isFinite(Date.parse(record.timestamp)))
    assert.deepEqual(Object.keys(record.labels).toSorted(), ['app', 'id', 'version'])
  })

  it('would not pass with a field of another name, or without one that OPA requires', () => {
    const record = records.find(({ decision_id }) => decision_id !== undefined)
    assert.ok(record !== undefined)
    assert.equal(isEvent({ ...record, decisionId: 'x' }), false)
    assert.equal(isEvent({ ...record, decision_id: undefined, timestamp: 'yesterday' }), false)
    const { labels: _labels, ...unlabelled } = record
    assert.equal(isEvent(unlabelled), false)
  })
})
