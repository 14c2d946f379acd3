import assert from 'node:assert/strict'
import type { ReceivedRequest } from '../../src/demo/simulator/index.ts'
import { placeholdersIn } from '../support/placeholders.ts'
import type { Json } from '../support/sse.ts'
import { CHART_FILES, CHART_SECRETS, NAME } from './support/charts.ts'
import { changedPlaces } from './support/differences.ts'
import { assertSamePrefix } from './support/prefix.ts'
import { isTitleCall, messagesOf, say, think, useTool, type Script } from './support/script.ts'
import { agentOn, bodyOf, newPlace, openStage, type Place, type Stage } from './support/stage.ts'

/** The name of the patient as the model knows it: both parts in one placeholder. */
function namesIn(messages: string): readonly string[] {
  return placeholdersIn(messages, 'PERSON').filter((placeholder) => placeholder.includes('.'))
}

function nameIn(messages: string): string {
  const [name] = namesIn(messages)
  assert.ok(name !== undefined, 'the model was given no name')
  return name
}

describe('the Agent SDK at work on charts', function () {
  this.timeout(60_000)
  let stage: Stage
  let place: Place

  before(async () => {
    stage = await openStage()
  })
  after(() => stage.stop())
  beforeEach(() => {
    place = newPlace(CHART_FILES)
  })
  afterEach(() => place.remove())

  const file = (name: string): string => `${place.cwd}/${name}`
  const search = (messages: string, name: string): Json =>
    useTool('Grep', { pattern: nameIn(messages), path: file(name), output_mode: 'content' })
  /** All calls but those for a title. */
  const mainCalls = (): readonly ReceivedRequest[] =>
    stage.received().filter((call) => !isTitleCall(bodyOf(call)))

  /** Law 10 holds beside a patient too: what is changed is what the user and the tools said. */
  const assertScaffoldingWhole = (): void => {
    const places = changedPlaces(stage.recorder.posts(), stage.received())
    assert.ok(places.length > 0)
    const [first] = mainCalls().map(({ body }) => messagesOf(body as Json))
    const system = first?.flatMap(({ role }, at) => (role === 'system' ? [`/messages/${at}/`] : []))
    assert.ok(system?.length === 1)
    for (const path of places) {
      assert.ok(path.startsWith('/messages/') && !path.startsWith(system[0] ?? ''), path)
    }
  }

  for (const [settings, env] of [
    ['as it comes', {}],
    ['without experimental betas', { CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS: '1' }],
  ] as const) {
    it(`reads, searches, writes and reports over several turns, ${settings}`, async () => {
      const script: Script = {
        main: [
          () => [think('First the note.'), useTool('Read', { file_path: file('note.txt') })],
          (m) => [
            think(`The note is about ${nameIn(m)}.`),
            say(`This is ${nameIn(m)}. Now the chart.`),
            useTool('Read', { file_path: file('patient.json') }),
          ],
          () => [useTool('Bash', { command: 'cat visits.csv', description: 'Show the visits' })],
          (m) => [
            search(m, 'visits.csv'),
            useTool('Bash', {
              command: `echo '${nameIn(m)}' > unlisted.txt`,
              description: 'Keep it',
            }),
          ],
          (m) => [
            useTool('Write', {
              file_path: file('summary.md'),
              content: `# ${nameIn(m)}\n\n${placeholdersIn(m, 'MEDICAL_RECORD_NUMBER').join('\n')}\n`,
            }),
          ],
          (m) => [say(`The summary of ${nameIn(m)} is written.`)],
          (m) => [say(`Her name is ${nameIn(m)}.`)],
        ],
      }
      const played = stage.play(script)
      const prompts = [
        `Summarise what the files here say about patient ${NAME}, in summary.md.`,
        'What was her name again?',
      ]
      const run = await agentOn(stage, place, prompts, { env })

      assert.deepEqual(played.failures, [])
      assert.equal(run.thrown, undefined)
      assert.equal(run.result, `Her name is ${NAME}.`)
      assert.ok(place.read('summary.md').startsWith(`# ${NAME}\n`), 'a listed tool got the name')
      assert.ok(CHART_SECRETS.some((secret) => place.read('summary.md').endsWith(`${secret}\n`)))
      assert.equal(placeholdersIn(place.read('unlisted.txt'), 'PERSON').length, 1)
      assert.ok(JSON.stringify(run.messages).includes(`2:${NAME},`), 'and so did the search')

      stage.assertKept(CHART_SECRETS)
      const calls = mainCalls()
      assert.equal(calls.length, script.main.length)
      assertSamePrefix(calls, played)
      assertScaffoldingWhole()
      assert.deepEqual(new Set(stage.recorder.posts().map(({ status }) => status)), new Set([200]))
    })
  }

  it('names a session without telling the name in it', async () => {
    stage.play({ main: [() => [say('A cough.')]] })
    await agentOn(stage, place, [`Why did patient ${NAME} come to see the doctor, in short?`])
    assert.deepEqual([stage.received().length, mainCalls().length], [2, 1])
    const names = stage.received().map(({ bodyBytes }) => nameIn(bodyBytes.toString('utf8')))
    assert.equal(new Set(names).size, 1, 'one name in one session')
    stage.assertKept(CHART_SECRETS)
  })

  it('hands work to a sub-agent, which works on the same placeholders', async () => {
    const script: Script = {
      main: [
        () => [useTool('Read', { file_path: file('note.txt') })],
        (m) => [
          useTool('Agent', {
            description: 'Count the visits',
            subagent_type: 'general-purpose',
            prompt: `Count the visits of ${nameIn(m)} in ${file('visits.csv')}.`,
            run_in_background: false,
          }),
        ],
        (m) => [say(`So ${nameIn(m)} came again.`)],
      ],
      agent: [
        () => [useTool('Read', { file_path: file('note.txt') })],
        () => [useTool('Read', { file_path: file('visits.csv') })],
        (m) => [search(m, 'visits.csv')],
        (m) => [say(`${nameIn(m)} came again and again.`)],
      ],
    }
    const played = stage.play(script)
    const run = await agentOn(stage, place, ['How often did the patient of the note come?'])
    assert.deepEqual(played.failures, [])
    assert.equal(run.thrown, undefined)
    assert.equal(run.result, `So ${NAME} came again.`)
    assert.ok(JSON.stringify(run.messages).includes(`4:${NAME},`), 'its search got the name')

    const calls = mainCalls()
    const [own, main] = [true, false].map((wanted) =>
      calls.filter(({ headers }) => (headers['x-claude-code-agent-id'] !== undefined) === wanted),
    )
    assert.equal(main?.length, script.main.length)
    assert.equal(own?.length, script.agent?.length)
    for (const conversation of [main, own]) assertSamePrefix(conversation ?? [], played)
    const names = calls.flatMap(({ bodyBytes }) => namesIn(bodyBytes.toString('utf8')))
    assert.equal(new Set(names).size, 1, 'one name in one session')
    stage.assertKept(CHART_SECRETS)
  })
})
