import assert from 'node:assert/strict'
import type { AuditRecord } from '../../src/schema/index.ts'
import { assertRefused, eventually, watchRecords } from '../support/exchanges.ts'
import type { AgentRun } from './support/agent.ts'
import { CHART_FILES, CHART_SECRETS, NAME } from './support/charts.ts'
import { isTitleCall, say, useTool } from './support/script.ts'
import type { SentRequest } from './support/recorder.ts'
import { agentOn, newPlace, openStage, type Place, type Stage } from './support/stage.ts'

describe('the Agent SDK when policy refuses', function () {
  this.timeout(60_000)
  let stage: Stage
  let place: Place
  let records: () => AuditRecord[]

  before(async () => {
    stage = await openStage()
    records = watchRecords(stage.gateway)
  })
  after(() => stage.stop())
  beforeEach(() => {
    place = newPlace(CHART_FILES)
    records()
  })
  afterEach(() => place.remove())

  /** The calls of the conversation itself, with how each was answered. */
  const posts = (): readonly SentRequest[] =>
    stage.recorder.posts().filter(({ body }) => !isTitleCall(JSON.parse(body.toString('utf8'))))
  const assertShown = (run: AgentRun, type: string, text: RegExp): void => {
    const { result, thrown, messages } = run
    assert.match(result, /^API Error: 451 /)
    assert.match(result, text)
    assert.ok(thrown?.message.includes(result))
    const last = messages.findLast((message) => message.type === 'result')
    assert.ok(last?.type === 'result' && last.is_error)
    const said = JSON.stringify(messages)
    assert.ok(said.includes('"api_error_status":451'))
    assert.ok(said.includes(`"api_error_type":"${type}"`))
  }

  it('shows the fields of a prompt that was refused, after a single call', async () => {
    stage.play({ main: [() => [say('Never said.')]] })
    const prompt = `Patient ${NAME}, SSN 219-09-9941, has a cough. What now?`
    const run = await agentOn(stage, place, [prompt], { baseUrl: stage.baseUrl('claude-strict') })
    assertShown(
      run,
      'policy_denied',
      /Blocked by policy: .*\/messages\/0\/content\/1\/text \([A-Z_, ]*US_SSN/,
    )
    assert.ok(!run.result.includes(NAME))
    assert.deepEqual(
      posts().map(({ status }) => status),
      [451],
    )
    assert.equal(stage.upstreamBytes(), '')
    stage.assertKept(CHART_SECRETS)
    // The call for a title has the prompt in it as well, and is refused as well.
    const written = records()
    assert.equal(written.length, stage.recorder.posts().length)
    for (const record of written) assertRefused([record], 'phi-refused')
  })

  it('shows the fields of a tool result that was refused, after the turns that were allowed', async () => {
    stage.play({
      main: [
        () => [useTool('Read', { file_path: `${place.cwd}/note.txt` })],
        () => [say('Never said.')],
      ],
    })
    const baseUrl = stage.baseUrl('claude-strict')
    const run = await agentOn(stage, place, ['What does the note say?'], { baseUrl })
    assertShown(run, 'policy_denied', /\/messages\/3\/content\/0\/content \(.*US_SSN/)
    assert.deepEqual(
      posts().map(({ status }) => status),
      [200, 451],
    )
    assert.equal(stage.received().filter(({ body }) => !isTitleCall(body as never)).length, 1)
    stage.assertKept(CHART_SECRETS)
    const denied = records().filter(({ result }) => result?.outcome === 'deny')
    assertRefused(denied, 'phi-refused')
  })

  it('shows that a request waits for a person, after a single call', async () => {
    stage.play({ main: [() => [say('Never said.')]] })
    const run = await agentOn(stage, place, ['Summarize the full chart, please.'])
    assertShown(run, 'approval_required', /Approval required: .*privacy officer/)
    assert.deepEqual(
      posts().map(({ status }) => status),
      [451],
    )
    assert.equal(stage.upstreamBytes(), '')
    const outcomes: unknown[] = []
    // The call for a title may be given up by the client a moment after the other one was refused.
    await eventually(() => {
      outcomes.push(...records().map(({ result }) => result?.outcome))
      assert.equal(outcomes.length, 2 * stage.recorder.posts().length)
    })
    assert.deepEqual(new Set(outcomes), new Set(['require-approval', undefined]))
  })
})
