import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { validate } from '../src/schema/index.ts'
import { readCases, type Case } from './support/case.ts'
import { startTestGateway, type TestGateway } from './support/gateway.ts'
import { assertNowhere, captureOutput } from './support/leaks.ts'
import { assertHolds, type Marks } from './support/placeholders.ts'
import { buildTestBundle, type TestBundle } from './support/policies.ts'
import { runCase, type Done } from './support/run-case.ts'

/** A profile with each operator for a type of its own, and a list of terms to keep. */
const OPERATORS = [
  {
    file: 'profiles/safe_harbor/safe_harbor.rego',
    replace: [
      [
        '"US_SSN": "redact",\n\t},',
        '"US_SSN": "redact", "EMAIL": "hash", "PHONE": "keep", "ACCOUNT": "withhold", "PERSON.clinician": "keep",\n\t},',
      ],
    ],
  },
  {
    file: 'gateway_config/keep_list/data.json',
    replace: [['[]', '[{"term": "Rosa Lang", "reason": "a test", "expires": "2099-12-31"}]']],
  },
] as const

describe('the cases', function () {
  this.timeout(120_000)
  const gateways = new Map<string, TestGateway>()
  let output: ReturnType<typeof captureOutput>
  let bundle: TestBundle
  before(async () => {
    output = captureOutput()
    bundle = await buildTestBundle(OPERATORS)
    gateways.set('shipped', await startTestGateway())
    gateways.set('operators', await startTestGateway({ policyDir: bundle.dir }))
  })
  after(async () => {
    for (const gateway of gateways.values()) await gateway.stop()
    bundle.remove()
    output.release()
  })

  for (const one of readCases()) {
    const modes = one.stream === 'both' ? [false, true] : [one.stream ?? false]
    for (const stream of modes) {
      const form = one.stream === undefined ? '' : stream ? ', streamed' : ', as JSON'
      it(`${one.name}: ${one.description}${form}`, async () => {
        const gateway = gateways.get(one.policy ?? 'shipped')
        assert.ok(gateway)
        const done = await runCase(gateway, one, stream)
        const marks: Marks = new Map()
        checkDecision(one, done)
        checkForwarded(one, done, marks)
        if (done.status === 200) checkAnswer(one, done, marks)
        else checkRefusal(one, done, marks)
        checkRecords(one, done)
        const { secrets = [] } = one
        assertNowhere(secrets, {
          'the forwarded bytes': done.forwarded.join('\n'),
          'what was written': gateway.written(),
          'the error body': done.status === 200 ? '' : done.text,
          'the output': output.text(),
        })
      })
    }
  }
})

function checkDecision(one: Case, done: Done): void {
  const { want } = one
  assert.equal(done.status, want.status, done.text.slice(0, 600))
  const decision = done.records.find((record) => record.custom.kind === 'decision')
  assert.equal(decision?.result?.outcome, want.outcome)
  assert.deepEqual(
    decision.result.reasons.map(({ code }) => code).toSorted(),
    [...(want.reasons ?? [])].toSorted(),
  )
  assert.deepEqual(decision.custom.masked ?? {}, want.masked ?? {})
  assertHolds(decision.custom.kept ?? {}, want.kept ?? {}, new Map())
  assert.equal(done.headers.get('x-phigate-decision-id'), decision.decision_id)
  if (want.status === 200 || want.status === 451) {
    assert.equal(done.headers.get('x-phigate-decision'), want.outcome)
  }
}

function checkForwarded({ want }: Case, done: Done, marks: Marks): void {
  assert.equal(done.forwarded.length, want.upstreamCalls)
  const [forwarded = ''] = done.forwarded
  if (done.forwarded.length > 0) {
    const digest = createHash('sha256').update(forwarded).digest('hex')
    assert.equal(done.records[0]?.custom.bodySha256, digest, 'the record names the forwarded bytes')
  }
  if (want.forwardedText !== undefined) assertHolds(forwarded, want.forwardedText, marks)
  if (want.forwarded === 'unchanged') assert.equal(forwarded, done.sent)
  else if (want.forwarded !== undefined) assertHolds(JSON.parse(forwarded), want.forwarded, marks)
}

function checkAnswer({ want }: Case, done: Done, marks: Marks): void {
  const masked = Object.entries(want.masked ?? {}).map(([type, count]) => `${type}=${count}`)
  const header = done.headers.get('x-phigate-masked')?.split(',') ?? []
  assert.deepEqual(header.toSorted(), masked.toSorted())
  if (want.answer !== undefined) assertHolds(done.answer, want.answer, marks)
}

function checkRefusal({ want }: Case, done: Done, marks: Marks): void {
  if (done.forwarded.length > 0) {
    // An error of the upstream's own.
    if (want.answer !== undefined) assertHolds(done.answer, want.answer, marks)
    return
  }
  const { error, request_id } = validate('error', JSON.parse(done.text))
  assert.equal(request_id, done.headers.get('request-id'))
  assert.equal(done.headers.get('x-should-retry'), 'false')
  if (want.error !== undefined) assertHolds(error, want.error, marks)
  if (want.removed !== undefined) assert.deepEqual(error.phigate?.removed, want.removed)
}

function checkRecords({ want }: Case, done: Done): void {
  for (const record of done.records) validate('audit-record', record)
  assert.deepEqual(
    done.records.map(({ custom }) => custom.kind),
    want.records.map(({ kind }) => kind),
  )
  for (const [index, { outcome, end, masked, restored }] of want.records.entries()) {
    const record = done.records[index]
    if (outcome !== undefined) assert.equal(record?.result?.outcome, outcome)
    if (end !== undefined) assert.equal(record?.custom.end, end)
    if (masked !== undefined) assert.deepEqual(record?.custom.masked ?? {}, masked)
    if (restored !== undefined) assert.deepEqual(record?.custom.restored ?? {}, restored)
  }
}
