import assert from 'node:assert/strict'
import type { AuditRecord } from '../../src/schema/index.ts'
import { assertForwarded, assertRefused, watchRecords } from '../support/exchanges.ts'
import { ask } from '../support/gateway.ts'
import { PATIENTS } from '../support/patients.ts'
import { placeholdersIn } from '../support/placeholders.ts'
import { callPython, type PythonOutcome } from './support/python.ts'
import { openStage, type Stage } from './support/stage.ts'

const PATIENT = PATIENTS[1]
const NAME = `${PATIENT.first} ${PATIENT.last}`
const NOTE = `Patient ${NAME}, MRN: ${PATIENT.mrn}, SSN ${PATIENT.ssn}, has a cough.`
const SECRETS = [PATIENT.first, PATIENT.last, PATIENT.mrn, PATIENT.ssn]

describe('the Python SDK', () => {
  let stage: Stage
  let records: () => AuditRecord[]

  before(async () => {
    stage = await openStage()
    records = watchRecords(stage.gateway)
  })
  beforeEach(() => {
    stage.forget()
    records()
  })
  after(() => stage.stop())

  const call = (operation: Parameters<typeof callPython>[0]): Promise<PythonOutcome> =>
    callPython(operation, stage.baseUrl(), stage.gateway.token, ask(NOTE))
  const sent = (): unknown => stage.recorder.sent.map(({ url, status }) => [url, status])

  for (const operation of ['create', 'stream', 'beta-create', 'beta-stream'] as const) {
    it(`gets its answer to ${operation} with the values it sent`, async () => {
      const { text } = await call(operation)
      assert.ok(text?.includes(`Patient ${NAME}, MRN: ${PATIENT.mrn}, SSN [US_SSN]`))
      assert.deepEqual(sent(), [['/v1/messages', 200]])
      assert.equal(placeholdersIn(stage.upstreamBytes(), 'PERSON').length, 1)
      stage.assertKept(SECRETS)
      assertForwarded(records(), 'complete', 200)
    })
  }

  for (const operation of ['count', 'beta-count'] as const) {
    it(`gets the tokens of what would be forwarded from ${operation}`, async () => {
      const { inputTokens } = await call(operation)
      assert.ok(Number(inputTokens) > 0)
      assert.deepEqual(sent(), [['/v1/messages/count_tokens', 200]])
      stage.assertKept(SECRETS)
      assertForwarded(records(), 'complete', 200)
    })
  }

  for (const operation of ['create', 'stream'] as const) {
    it(`reads why ${operation} was refused, and does not try again`, async () => {
      const { token } = stage.gateway
      const { error } = await callPython(
        operation,
        stage.baseUrl('claude-strict'),
        token,
        ask(NOTE),
      )
      assert.equal(error?.status, 451)
      assert.equal(error.type, 'policy_denied')
      const { error: details } = error.body as { error: { phigate: { decisionId: string } } }
      assert.equal(error.requestId, details.phigate.decisionId)
      assert.ok(!SECRETS.some((secret) => JSON.stringify(error).includes(secret)))
      assert.deepEqual(sent(), [['/c/claude-strict/v1/messages', 451]])
      assert.equal(stage.upstreamBytes(), '')
      stage.assertKept(SECRETS)
      assertRefused(records(), 'phi-refused')
    })
  }

  it('learns that a request waits for a person, and does not try again', async () => {
    const request = ask('Summarize the full chart.')
    const { error } = await callPython('create', stage.baseUrl(), stage.gateway.token, request)
    assert.deepEqual([error?.status, error?.type], [451, 'approval_required'])
    assert.deepEqual(sent(), [['/v1/messages', 451]])
    assert.equal(stage.upstreamBytes(), '')
    assert.deepEqual(
      records().map(({ result }) => result?.outcome),
      ['require-approval', undefined],
    )
  })

  it('is told that its token is not valid, and does not try again', async () => {
    const { error } = await callPython('create', stage.baseUrl(), 'no-token-at-all', ask(NOTE))
    assert.deepEqual([error?.name, error?.status], ['AuthenticationError', 401])
    assert.equal(error?.type, 'authentication_error')
    assert.deepEqual(sent(), [['/v1/messages', 401]])
    assert.equal(stage.upstreamBytes(), '')
    assert.deepEqual(records(), [])
  })
})
