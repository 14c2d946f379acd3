import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FrameRow } from '../../src/domain/index.ts'
import { openReader, openRecordingStore, type SessionReader } from '../../src/recording/index.ts'
import { openRecordingIndex } from '../../src/store/index.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { assertNowhere } from '../support/leaks.ts'
import { recordingKeysOf } from '../support/recordings.ts'

const NAME = 'Jorvina Quillmark'
const SESSION = { 'x-phigate-session': 'one' }
const SYSTEM = 'You help the clinic with its letters, and you never guess what you do not know.'

describe('a recording', () => {
  let dataDir: string
  let gateway: TestGateway

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'phigate-recordings-'))
    gateway = await startTestGateway({ dataDir })
  })

  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  interface Session {
    readonly reader: SessionReader
    readonly rows: readonly FrameRow[]
  }

  /** Stops the gateway and reads what it recorded. */
  async function sessions(): Promise<ReadonlyMap<string, Session>> {
    await gateway.stop()
    const index = openRecordingIndex(join(dataDir, 'recordings.db'))
    const directory = join(dataDir, 'recordings')
    const keys = recordingKeysOf(dataDir)
    const recordings = await openRecordingStore({
      directory,
      index,
      keys: () => keys,
    })
    const { keeper, slots, segments } = recordings.files
    const found = new Map<string, Session>()
    for (const { slot, session } of await (await keeper.upToDate()).sessions({})) {
      const key = slots.read(slot)
      assert.ok(key)
      const rows = await keeper.frames(slot)
      found.set(session, { rows, reader: openReader(key, rows, segments) })
    }
    closing.push(async () => {
      await recordings.close()
      index.close()
    })
    return found
  }

  const closing: (() => Promise<void>)[] = []
  afterEach(() => Promise.all(closing.splice(0).map((close) => close())))

  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

  async function ask(turns: readonly string[], more: object = {}): Promise<Response> {
    const messages = turns.map((content, at) => ({
      role: at % 2 === 0 ? 'user' : 'assistant',
      content: [{ type: 'text', text: content, cache_control: { type: 'ephemeral' } }],
    }))
    const body = { model: 'claude-test', max_tokens: 100, system: SYSTEM, messages, ...more }
    return gateway.post(JSON.stringify(body, null, more === PLAIN ? 2 : 0), {
      headers: SESSION,
    })
  }
  const PLAIN = { temperature: 1 }

  it('rebuilds byte for byte what was forwarded, and is what the audit record refers to', async () => {
    const turns = [`Patient: ${NAME}, MRN 9988771. Write a letter to her.`]
    for (let turn = 0; turn < 4; turn += 1) {
      assert.equal((await ask(turns, turn === 2 ? PLAIN : {})).status, 200)
      turns.push(`A letter, number ${turn}: ${'all is well, '.repeat(20)}`, 'Go on.')
    }
    const records = gateway.records()
    const forwarded = gateway.simulator.received.map(({ bodyBytes }) => bodyBytes)
    assert.equal(forwarded.length, 4)
    const [session] = [...(await sessions()).values()]
    assert.ok(session)
    for (const kind of ['decision', 'completion'] as const) {
      for (const { decision_id: id, custom } of records.filter((one) => one.custom.kind === kind)) {
        const direction = kind === 'decision' ? 'request' : 'answer'
        const row = session.rows.find((one) => one.exchange === id && one.direction === direction)
        assert.ok(row)
        const bytes = await session.reader.bytes(row.n)
        assert.equal(sha256(bytes), custom.recording)
        if (kind === 'completion') continue
        assert.equal(custom.recording, custom.bodySha256)
        assert.ok(forwarded.some((body) => body.equals(bytes)))
      }
    }
  })

  it('holds answers as the upstream gave them, masked and not restored, streams with their timing', async () => {
    const settings = { model: 'claude-test', max_tokens: 100 }
    const messages = [{ role: 'user', content: `Patient: ${NAME}, MRN 9988771.` }]
    for (const stream of [false, true]) {
      const answer = await gateway.post({ ...settings, messages, stream })
      assert.ok((await answer.text()).includes('Quillmark'))
    }
    const [session] = [...(await sessions()).values()]
    assert.ok(session)
    const answers = session.rows.filter(({ direction }) => direction === 'answer')
    assert.equal(answers.length, 2)
    for (const { n, info } of answers) {
      const { end, status, timing } = JSON.parse(info) as Record<string, unknown>
      assert.deepEqual([end, status], ['complete', 200])
      const text = (await session.reader.bytes(n)).toString('utf8')
      assert.match(text, /\[PERSON_/)
      assertNowhere([NAME, 'Quillmark', '9988771'], { text })
      assert.equal(Array.isArray(timing), n === answers[1]?.n)
    }
    const { head } = await session.reader.frame(0)
    const types = (head.m ?? []).map(([mask, type, recognizer]) => [
      mask.slice(0, 4),
      type,
      recognizer,
    ])
    assert.ok(
      types.some(
        ([mask, type, recognizer]) => mask === '[PER' && type === 'PERSON' && recognizer !== '',
      ),
    )
  })

  it('tells agents apart, and finds the answer that started one', async () => {
    const task =
      'Look up every medication in the chart and list those that interact with each other.'
    const tool = { type: 'tool_use', id: 'toolu_1', name: 'Task', input: { prompt: task } }
    const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-test' }
    const usage = { input_tokens: 1, output_tokens: 1 }
    let content: readonly object[] = [tool]
    gateway.simulator.respondWith((_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json' })
      res.end(JSON.stringify({ ...message, content, stop_reason: 'end_turn', usage }))
    })
    await ask(['Which medications interact?'])
    content = [{ type: 'text', text: 'None.' }]
    await ask([task], { system: 'You are a sub-agent.' })
    await ask([task, 'None.', 'Sure?'], { system: 'You are a sub-agent.' })
    await ask(['Which medications interact?', 'None.', 'Thanks.'])
    const [session] = [...(await sessions()).values()]
    const requests = session?.rows.filter(({ direction }) => direction === 'request')
    assert.deepEqual(
      requests?.map(({ thread, from }) => [thread, from]),
      [
        [0, null],
        [1, 1],
        [1, null],
        [0, null],
      ],
    )
  })

  it('takes the word of a client for who of its agents asks, where that is an id', async () => {
    const asked = {
      model: 'claude-test',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Hi.' }],
    }
    const agents = [undefined, 'agent-7', 'Jane Doe', 'agent-7']
    for (const agent of agents) {
      const headers = agent === undefined ? {} : { 'x-claude-code-agent-id': agent }
      const parent = agent === 'agent-7' ? { 'x-claude-code-parent-agent-id': 'agent-1' } : {}
      await gateway.post(asked, { headers: { ...SESSION, ...headers, ...parent } })
    }
    const [session] = [...(await sessions()).values()]
    assert.ok(session)
    const requests = session.rows.filter(({ direction }) => direction === 'request')
    const seen = await Promise.all(
      requests.map(async ({ n, thread }) => {
        const { head } = await session.reader.frame(n)
        const about = JSON.parse((await session.reader.leaf(head.w)).toString('utf8')) as {
          agent?: string
          parentAgent?: string
        }
        return [thread, about.agent, about.parentAgent]
      }),
    )
    assert.deepEqual(
      seen.filter(([, agent]) => agent !== undefined),
      [
        [1, 'agent-7', 'agent-1'],
        [1, 'agent-7', 'agent-1'],
      ],
    )
    assert.deepEqual(seen[0], [0, undefined, undefined])
  })
})
