import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PATIENTS } from '../support/patients.ts'
import { placeholdersIn } from '../support/placeholders.ts'
import { PYTHON } from './support/python.ts'
import { isTitleCall, say } from './support/script.ts'
import { bodyOf, newPlace, openStage, type Place, type Stage } from './support/stage.ts'

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const [{ first, last, mrn }] = PATIENTS
const QUESTION = `Patient: ${first} ${last}, MRN: ${mrn}. Who is it?`

/** The code that stands in the README behind its name. */
function snippet(name: string): string {
  const [, code] =
    new RegExp(`<!-- snippet: ${name} -->\\n+\`\`\`\\w+\\n([^]*?)\`\`\``).exec(README) ?? []
  assert.ok(code !== undefined, `${name} is in the README`)
  return code
}

describe('a client that masking refuses, as the README shows it', function () {
  this.timeout(60_000)
  let stage: Stage
  let place: Place
  before(async () => {
    stage = await openStage()
    place = newPlace()
  })
  after(async () => {
    place.remove()
    await stage.stop()
  })

  /** Runs a snippet as a program of its own; what it prints. */
  async function run(name: string, program: string): Promise<string> {
    // Here the packages are found that the clients' tests have.
    const file = fileURLToPath(new URL(`./.${name}`, import.meta.url))
    writeFileSync(file, snippet(name))
    stage.play({ main: [(m) => [say(`It is ${placeholdersIn(m, 'PERSON')[0]}.`)]] })
    const { PATH = '' } = process.env
    const [BASE_URL, TOKEN] = [stage.baseUrl('claude-strict'), stage.gateway.token]
    const closed = { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' }
    try {
      const child = spawn(program, [file], {
        cwd: place.cwd,
        env: { PATH, HOME: place.home, BASE_URL, TOKEN, QUESTION, ...closed },
      })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
      }
      const code = await new Promise((resolve) => child.on('close', resolve))
      assert.equal(code, 0, said)
      return said
    } finally {
      rmSync(file)
    }
  }
  const statuses = (): (number | undefined)[] =>
    stage.recorder
      .posts()
      .filter(({ body }) => !isTitleCall(JSON.parse(body.toString('utf8'))))
      .map(({ status }) => status)
  const assertMasked = (): void => {
    const calls = stage.received().filter((call) => !isTitleCall(bodyOf(call)))
    assert.equal(calls.length, 1)
    stage.assertKept([first, last, mrn])
  }

  it('sends the body that passes, in TypeScript', async () => {
    const said = await run('refused.ts', process.execPath)
    assert.match(said, /without \/messages\/0\/content: PERSON/)
    // What it sent holds no name, so none can come back.
    assert.match(said, /It is \[PERSON_[\w.]+\]/)
    assert.deepEqual(statuses(), [451, 200])
    assertMasked()
  })

  it('accepts the masks, in Python', async () => {
    const said = await run('refused.py', PYTHON)
    assert.match(said, /without \/messages\/0\/content: PERSON/)
    assert.ok(said.includes(`It is ${first} ${last}`))
    assert.deepEqual(statuses(), [451, 200])
    assertMasked()
  })

  it('accepts the masks from the start, with the Agent SDK', async () => {
    const said = await run('refused-agent.ts', process.execPath)
    assert.ok(said.includes(`It is ${first} ${last}`), said)
    assert.deepEqual(statuses(), [200])
    assertMasked()
  })
})
