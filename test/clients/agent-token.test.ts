import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { usualIssuer } from '../../src/config/index.ts'
import { FakeIssuer, newKey, signToken, type SigningKey } from '../unit/identity/fake-issuer.ts'
import { runAgent, type AgentRun } from './support/agent.ts'
import { CHART_FILES, CHART_SECRETS, NAME } from './support/charts.ts'
import { assertSamePrefix } from './support/prefix.ts'
import { isTitleCall, say, useTool, type Script } from './support/script.ts'
import { bodyOf, newPlace, openStage, type Place, type Stage } from './support/stage.ts'

/** Seconds for which the gateway takes a token that has expired. */
const CLOCK_TOLERANCE = 5

describe('the Agent SDK with a token helper', function () {
  this.timeout(60_000)
  let issuer: FakeIssuer
  let key: SigningKey
  let stage: Stage
  let place: Place

  before(async () => {
    key = await newKey('k1')
    issuer = await FakeIssuer.start([key])
    stage = await openStage({
      issuers: [usualIssuer(issuer.url)],
    })
  })
  after(async () => {
    await stage.stop()
    await issuer.close()
  })
  beforeEach(() => {
    place = newPlace(CHART_FILES)
  })
  afterEach(() => place.remove())

  const token = (expiresIn: number): Promise<string> => {
    const exp = Math.floor(Date.now() / 1000) + expiresIn
    return signToken(issuer, key, Date.now(), { claims: { exp } })
  }

  /** Settings with a helper that gives one token after the other, and the last one for ever. */
  const installHelper = (tokens: readonly string[]): (() => number) => {
    const folder = join(place.home, '.claude')
    const calls = join(folder, 'calls')
    mkdirSync(folder, { recursive: true })
    writeFileSync(calls, '')
    const cases = tokens.map(
      (one, index) => `${index === tokens.length - 1 ? '*' : index}) echo ${one} ;;`,
    )
    const lines = [
      '#!/bin/sh',
      `n=$(wc -l < ${calls})`,
      `echo >> ${calls}`,
      'case $((n)) in',
      ...cases,
      'esac',
      '',
    ]
    const helper = join(folder, 'token.sh')
    writeFileSync(helper, lines.join('\n'))
    chmodSync(helper, 0o700)
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ apiKeyHelper: helper }))
    return () => readFileSync(calls, 'utf8').length
  }

  const run = (prompt: string): Promise<AgentRun> => {
    const { cwd, home } = place
    return runAgent([prompt], {
      cwd,
      home,
      baseUrl: stage.baseUrl(),
      env: {},
      options: { settingSources: ['user'] },
    })
  }

  it('fetches another token when the first is refused, and goes on', async () => {
    const tokens = [await token(-600), await token(600)]
    const calls = installHelper(tokens)
    stage.play({ main: [() => [say('Good morning.')]] })
    const { result, thrown } = await run(`Good morning from patient ${NAME}, said the file.`)
    assert.equal(thrown, undefined)
    assert.equal(result, 'Good morning.')
    assert.ok(calls() >= 2)
    const statuses = stage.recorder.posts().map(({ status }) => status)
    assert.ok(statuses.includes(401))
    assert.equal(stage.received().length, statuses.filter((status) => status === 200).length)
    for (const { headers } of stage.recorder.posts()) {
      assert.equal(headers.authorization, `Bearer ${String(headers['x-api-key'])}`)
    }
    stage.assertKept(CHART_SECRETS, tokens)
  })

  it('goes on in the same session when the token expires between two turns', async () => {
    const tokens = [await token(4 - CLOCK_TOLERANCE), await token(600)]
    const calls = installHelper(tokens)
    const script: Script = {
      main: [
        () => [useTool('Read', { file_path: `${place.cwd}/note.txt` })],
        () => [useTool('Bash', { command: 'sleep 5', description: 'Wait' })],
        () => [say('The note is short.')],
      ],
    }
    const played = stage.play(script)
    const { result, thrown } = await run('What does the note say?')
    assert.equal(thrown, undefined)
    assert.equal(result, 'The note is short.')
    assert.ok(calls() >= 2)
    const main = stage.received().filter((call) => !isTitleCall(bodyOf(call)))
    assert.equal(main.length, script.main.length)
    assertSamePrefix(main, played)
    const statuses = stage.recorder.posts().map(({ status }) => status)
    assert.deepEqual([statuses[0], statuses.includes(401)], [200, true])
    stage.assertKept(CHART_SECRETS, tokens)
  })
})
