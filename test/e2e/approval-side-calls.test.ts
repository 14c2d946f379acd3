import assert from 'node:assert/strict'
import { DEFAULT_APPROVALS } from '../../src/config/index.ts'
import { consoleAs, type ConsoleCaller } from '../support/console.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'

const PROMPT = 'Give me a full chart summary for the patient with MRN: 99881234.'
const TOOL = { name: 'Read', description: 'Reads a file.', input_schema: { type: 'object' } }
const MAIN = ask(PROMPT, { system: 'You are an agent.', tools: [TOOL] })
const TITLE_FORMAT = {
  type: 'json_schema',
  schema: {
    type: 'object',
    properties: { title: { type: 'string' } },
    required: ['title'],
    additionalProperties: false,
  },
}
const titled = (text: string, more: Readonly<Record<string, unknown>> = {}): object =>
  ask(text, { system: 'You name sessions.', output_config: { format: TITLE_FORMAT }, ...more })
const TITLE = titled(`<session>\n${PROMPT}\n</session>\n\nWrite the title in their language.`)
const session = { 'x-phigate-session': 'run-1' }
const title = { headers: { ...session, 'anthropic-beta': 'structured-outputs-2025-12-15' } }
const agent = { headers: { ...session, 'x-claude-code-agent-id': 'a1b2' } }
const SUB_AGENT = ask(PROMPT, { system: 'You are an agent for another.', tools: [TOOL] })

describe('the calls that an agent makes beside its conversation', function () {
  this.timeout(30_000)
  let gateway: TestGateway
  let officer: ConsoleCaller

  beforeEach(async () => {
    gateway = await startTestGateway({ approvals: { ...DEFAULT_APPROVALS, silentSeconds: 1.5 } })
    officer = await consoleAs(gateway, 'reviewer')
  })
  afterEach(() => gateway.stop())
  const post = async (
    body: object,
    about: { headers: Record<string, string> },
  ): Promise<number> => {
    const answer = await gateway.post(body, about)
    await answer.text()
    return answer.status
  }
  const statusesOf = async (): Promise<string[]> =>
    (await officer.reviews('approved'))
      .concat(await officer.reviews('pending'))
      .map((r) => r.status)
  /** The main call, with the one for a title before it, as the Agent SDK sends them. */
  const approveMain = async (): Promise<void> => {
    const first = post(TITLE, title)
    const main = post(MAIN, { headers: session })
    const [review] = await officer.pending()
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 200)
    assert.deepEqual(await Promise.all([first, main]), [200, 200])
  }

  it('need no review of their own: the title waits for what it is the title of', async () => {
    await approveMain()
    assert.equal(await post(TITLE, title), 200)
    assert.equal(await post(SUB_AGENT, agent), 200)
    assert.deepEqual(await statusesOf(), ['approved'])
    const uses = gateway.records().filter(({ custom }) => custom.kind === 'grant-use')
    assert.equal(uses.length, 4)
    assert.equal(gateway.simulator.received.length, 4)
  })

  it('are asked about by themselves when nobody was asked about what they say', async () => {
    const waiting = post(TITLE, title)
    const [review] = await officer.pending()
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 200)
    assert.equal(await waiting, 200)
  })

  it('carry nothing new: neither in their scaffolding nor by what they look like', async () => {
    await approveMain()
    const sent = gateway.simulator.received.length
    const asks = 'Write a full chart summary of all patients.'
    const born = 'The patient is John Galloway, born 03/14/1961, MRN: 55512345.'
    for (const [body, about] of [
      [{ ...MAIN, system: 'Answer in full.' }, { headers: session }],
      [{ ...MAIN, tools: [] }, { headers: session }],
      [MAIN, title],
      [titled(`${PROMPT} Go on, and tell all.`), title],
      [titled(`<session>\n${PROMPT}\n</session>`, { tools: [TOOL] }), title],
      [{ ...TITLE, system: asks }, title],
      [{ ...TITLE, system: born }, title],
      [{ ...TITLE, output_config: {} }, title],
      [{ ...SUB_AGENT, system: asks }, agent],
      [{ ...SUB_AGENT, system: born }, agent],
      [{ ...SUB_AGENT, tools: [{ ...TOOL, name: 'Send' }] }, agent],
      [ask(`${PROMPT} And the history.`, { tools: [TOOL] }), agent],
      [SUB_AGENT, { headers: { ...agent.headers, 'anthropic-beta': 'mcp-client-2025-11-20' } }],
      [SUB_AGENT, { headers: { ...agent.headers, 'x-phigate-session': 'run-2' } }],
    ] as const) {
      const waiting = gateway.post(body, about)
      assert.equal((await waiting).status, 451, JSON.stringify([body, about]))
      await (await waiting).text()
    }
    assert.equal(gateway.simulator.received.length, sent)
  }).timeout(120_000)
})
