import assert from 'node:assert/strict'
import { DEFAULT_APPROVALS } from '../../src/config/index.ts'
import { consoleAs, type ConsoleCaller } from '../support/console.ts'
import { isTitleCall, say, useTool } from './support/script.ts'
import { agentOn, newPlace, openStage, type Place, type Stage } from './support/stage.ts'

const PROMPT = 'Summarize the full chart of the patient with MRN: 99881234, please.'
const TIMES = { quietSeconds: 1, streamSeconds: 3, silentSeconds: 3, pingSeconds: 0.5 }

describe('the Agent SDK when a person is asked', function () {
  this.timeout(90_000)
  let stage: Stage
  let place: Place
  let officer: ConsoleCaller

  const open = async (times: Partial<typeof TIMES> = {}): Promise<void> => {
    stage = await openStage({ approvals: { ...DEFAULT_APPROVALS, ...TIMES, ...times } })
    officer = await consoleAs(stage.gateway, 'reviewer')
    place = newPlace({ 'note.txt': 'Blood pressure 120/80, no complaints.\n' })
  }
  afterEach(async () => {
    place.remove()
    await stage.stop()
  })

  const script = (): Parameters<Stage['play']>[0] => ({
    main: [
      () => [useTool('Read', { file_path: `${place.cwd}/note.txt` })],
      () => [say('All is well.')],
    ],
  })
  const statuses = (titles: boolean): (number | undefined)[] =>
    stage.recorder
      .posts()
      .filter(({ body }) => isTitleCall(JSON.parse(body.toString('utf8'))) === titles)
      .map(({ status }) => status)

  it('waits, and goes on with its tools by one approval, of the title call as well', async () => {
    await open({ streamSeconds: 60, silentSeconds: 60 })
    const played = stage.play(script())
    const run = agentOn(stage, place, [PROMPT])
    const [review] = await officer.pending()
    // Both wait by now, or come later: none of them opens another.
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 200)
    const { result, thrown } = await run
    assert.equal(thrown, undefined)
    assert.equal(result, 'All is well.')
    assert.deepEqual(played.failures, [])
    assert.deepEqual([statuses(false), statuses(true)], [[200, 200], [200]])
    assert.deepEqual((await officer.reviews('approved')).length, 1)
    assert.deepEqual(await officer.reviews('pending'), [])
  })

  it('is told what to send on a fresh run, which passes when somebody has approved', async () => {
    await open()
    stage.play(script())
    const first = await agentOn(stage, place, [PROMPT])
    assert.match(first.result, /^API Error: 451 Approval required: /)
    const [, id = '', session = ''] =
      /Review (rev_\w+) is pending: .* with header x-phigate-session: ([\w.-]+)\.$/.exec(
        first.result,
      ) ?? []
    assert.notEqual(session, '', first.result)
    assert.ok(stage.received().length === 0, 'nothing left')
    assert.equal(await officer.answer(id, 'approve'), 200)
    stage.play(script())
    const env = { ANTHROPIC_CUSTOM_HEADERS: `x-phigate-session: ${session}` }
    const again = await agentOn(stage, place, [PROMPT], { env })
    assert.equal(again.thrown, undefined)
    assert.equal(again.result, 'All is well.')
    const own = new Set(
      stage.recorder.posts().map(({ headers }) => headers['x-claude-code-session-id']),
    )
    assert.ok(own.size === 1 && !own.has(session), 'a run of its own')
    assert.deepEqual([statuses(false), statuses(true)], [[200, 200], [200]])
    stage.play(script())
    const without = await agentOn(stage, place, [PROMPT])
    assert.match(without.result, /^API Error: 451 /)
  })

  it('is told that it was denied, and asks no more', async () => {
    await open({ streamSeconds: 60, silentSeconds: 60 })
    stage.play(script())
    const run = agentOn(stage, place, [PROMPT])
    const [review] = await officer.pending()
    assert.equal(await officer.answer(review?.id ?? '', 'deny'), 200)
    const { result } = await run
    assert.match(result, /^API Error: 451 Approval denied: /)
    assert.equal(stage.received().length, 0)
    assert.equal((await officer.reviews('pending')).length, 0)
  })
})
