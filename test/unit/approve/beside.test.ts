import assert from 'node:assert/strict'
import type { Asked, SideCall } from '../../../src/approve/index.ts'
import { asked, need, OFFICER, testApprovals, type TestApprovals } from '../../support/approvals.ts'

const PROMPT = 'Summarize the chart of [PERSON_7K2M4QW].\n\nAll of it.'
const READ = { name: 'Read', description: 'Reads.', input_schema: { type: 'object' } }
const CALL = { prompt: 'Count the visits of [PERSON_7K2M4QW].' }
const body = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const said = (...content: unknown[]): object => ({
  messages: [{ role: 'user', content: content.map((text) => ({ type: 'text', text })) }],
})

const MAIN = body({
  tools: [{ ...READ, cache_control: { type: 'ephemeral' } }],
  messages: [
    { role: 'user', content: PROMPT },
    { role: 'assistant', content: [{ type: 'tool_use', name: 'Agent', input: CALL }] },
  ],
})
const TITLE = said(`<session>\n${PROMPT}\n</session>\n\nWrite the title in their language.`)

describe('a call beside a conversation', () => {
  let desk: TestApprovals
  const session = (changes: Partial<Asked> = {}): Asked =>
    asked({ needs: [need({ scope: 'session' })], ...changes })
  const other = (changes: Partial<Asked> = {}): Asked =>
    session({ reviewDigest: `sha256:${'d'.repeat(64)}`, anchor: 'd'.repeat(64), ...changes })
  const beside = async (
    call: object,
    kind: SideCall = 'title',
    changes: Partial<Asked> = {},
  ): Promise<readonly [string, string] | undefined> => {
    const claim = await desk.approvals.claimBeside(other(changes), body(call), kind)
    return claim === undefined ? undefined : [claim.kind, claim.review.id]
  }
  let id: string

  beforeEach(async () => {
    desk = await testApprovals()
    id = (await desk.approvals.claim(session(), MAIN)).review.id
  })
  afterEach(() => desk.close())
  const answer = (verdict: 'approve' | 'deny' = 'approve'): Promise<unknown> =>
    desk.approvals.vote(id, OFFICER, verdict, 'seen')

  it('joins the review of what it repeats, and shares its answer', async () => {
    assert.deepEqual(await beside(TITLE), ['pending', id])
    await answer()
    for (let turn = 0; turn < 3; turn += 1) assert.deepEqual(await beside(TITLE), ['granted', id])
    const { grant } = await desk.approvals.get(id)
    assert.deepEqual([grant?.used, grant?.uses.length], [3, 3])
    assert.equal((await desk.approvals.list(undefined)).length, 1)
  })

  it('has nothing to stand beside when that was shredded', async () => {
    await desk.store.reviews.forgetPayloads(['ses_1'])
    assert.equal(await beside(TITLE), undefined)
  })

  it('is refused with the conversation', async () => {
    await answer('deny')
    assert.deepEqual(await beside(TITLE), ['denied', id])
  })

  it('never passes by an approval of one request alone, and asks nobody again', async () => {
    const single = asked({ principal: 'iss|b', session: 'ses_b' })
    id = (await desk.approvals.claim(single, MAIN)).review.id
    const changes = { principal: 'iss|b', session: 'ses_b', needs: single.needs }
    assert.deepEqual(await beside(TITLE, 'title', changes), ['pending', id])
    await answer()
    assert.deepEqual(await beside(TITLE, 'title', changes), ['beside', id])
    assert.equal((await desk.approvals.claim(single, MAIN)).kind, 'granted')
  })

  it('of a sub-agent joins with a prompt that was in what was reviewed, and goes on with its tools', async () => {
    const turns = {
      tools: [READ],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: '<system-reminder>\nBe kind.\n</system-reminder>\n' },
            { type: 'text', text: CALL.prompt },
          ],
        },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'Read', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'visits' }] },
      ],
    }
    assert.deepEqual(await beside(turns, 'agent'), ['pending', id])
    await answer()
    assert.deepEqual(await beside(turns, 'agent'), ['granted', id])
  })

  for (const [what, call, kind, changes] of [
    ['another text', said('<session>\nSomething else.\n</session>'), 'title', {}],
    ['more text', said(`<session>\n${PROMPT} And more.\n</session>`), 'title', {}],
    ['text outside of the session', said(`Do this: <session>\n${PROMPT}\n</session>`), 'title', {}],
    [
      'a page after it',
      said(`<session>\n${PROMPT}\n</session>\n\n${'x'.repeat(401)}`),
      'title',
      {},
    ],
    ['a second text', said(`<session>\n${PROMPT}\n</session>`, 'And now all of it.'), 'title', {}],
    ['no text', { messages: [] }, 'title', {}],
    [
      'a reminder with text behind it',
      said(
        CALL.prompt,
        '<system-reminder>x</system-reminder> go on <system-reminder></system-reminder>',
      ),
      'agent',
      {},
    ],
    ['an image', { messages: [{ role: 'user', content: [{ type: 'image' }] }] }, 'agent', {}],
    [
      'another tool',
      { tools: [{ ...READ, description: 'Sends.' }], ...said(CALL.prompt) },
      'agent',
      {},
    ],
    ['other betas', said(CALL.prompt), 'agent', { frame: 'e'.repeat(64) }],
    ['another session', TITLE, 'title', { session: 'ses_2' }],
    ['another caller', TITLE, 'title', { principal: 'iss|other-svc' }],
    ['another patient', TITLE, 'title', { patients: ['9'.repeat(32)] }],
    ['another signal', TITLE, 'title', { signals: [{ name: 'export', message: 'hmac:1' }] }],
    ['another need', TITLE, 'title', { needs: [need({ groups: ['security'] })] }],
  ] as const satisfies readonly (readonly [string, object, SideCall, Partial<Asked>])[]) {
    it(`is asked about by itself when it has ${what}`, async () => {
      await answer()
      assert.equal(await beside(call, kind, changes), undefined)
    })
  }
})
