import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { inspectJsonAnswer, inspectRequest, inspectStream } from '../../src/inspect/index.ts'
import type { AnswerContext, Inspector } from '../../src/inspect/index.ts'
import { sseReader } from '../../src/messages/index.ts'
import type { Profile } from '../../src/schema/index.ts'
import { openStore } from '../../src/store/index.ts'
import {
  askedTool,
  bytesOf,
  cuesName,
  messagesBody,
  patientOf,
  saidBy,
  SENTENCE_COUNT,
  upstreamAnswer,
  userMessage,
  type Block,
  type Held,
  type Turn,
} from '../support/conversation.ts'
import {
  committedPolicy,
  forwarded,
  inspector,
  memoryInMemory,
  policyWith,
  requestJob,
  textOf,
} from '../support/inspection.ts'
import { numbersOf, PATIENTS } from '../support/patients.ts'
import { dice, holds } from '../support/property.ts'
import { accumulate, eventsIn } from '../support/sdk-accumulate.ts'
import { streamed } from '../support/streamed.ts'

/** What happens in the middle of a conversation. */
type Disturbance = 'nothing' | 'restart' | 'memory-lost' | 'memory-off' | 'profile-changed'

interface Run {
  readonly turns: readonly Turn[]
  readonly session: 'header' | 'metadata' | 'implied'
  readonly frame: 'bare' | 'string' | 'blocks' | 'agent'
  readonly at: number
}

interface Forward {
  readonly messages: readonly string[]
  readonly frame: string
}

const turn: fc.Arbitrary<Turn> = fc.record({
  say: fc.nat(SENTENCE_COUNT - 1),
  patient: fc.nat(PATIENTS.length - 1),
  seed: fc.nat(),
  answer: fc.constantFrom('text', 'cited', 'tool', 'other-tool', 'thinking'),
  via: fc.constantFrom('json', 'sse'),
  beside: fc.constantFrom('nothing', 'title', 'retry', 'count'),
})

const run: fc.Arbitrary<Run> = fc.record({
  turns: fc.array(turn, { minLength: 2, maxLength: 6 }),
  session: fc.constantFrom('header', 'metadata', 'implied'),
  frame: fc.constantFrom('bare', 'string', 'blocks', 'agent'),
  at: fc.nat(5),
})

/** Another answer of policy about messages that are not known yet. */
const tightened = policyWith((profile): Profile => ({
  ...profile,
  name: 'tightened',
  entities: { PERSON: 'redact', MEDICAL_RECORD_NUMBER: 'hash', US_SSN: 'placeholder' },
}))

/** A mask memory in a file, which can be closed and opened again, or lost. */
class Disk {
  readonly #directory = mkdtempSync(join(tmpdir(), 'phigate-conversation-'))
  #file = 0
  #store = openStore(this.#path())
  readonly #writtenBefore: string[] = []

  #path(): string {
    return join(this.#directory, `${this.#file}.db`)
  }

  get memory(): Inspector['memory'] {
    return this.#store.maskMemory
  }

  restart(): void {
    this.#store.close()
    this.#store = openStore(this.#path())
  }

  lose(): void {
    this.#store.close()
    this.#writtenBefore.push(readFileSync(this.#path(), 'latin1'))
    this.#file += 1
    this.#store = openStore(this.#path())
  }

  /** All that was ever written. */
  close(): string {
    this.#store.close()
    const written = [...this.#writtenBefore, readFileSync(this.#path(), 'latin1')].join('\n')
    rmSync(this.#directory, { recursive: true, force: true })
    return written
  }
}

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e'

/** What stands around the messages: the billing block comes, goes and changes, the system prompt changes its form. */
function frameOf({ frame, session }: Run, roll: (sides: number) => number): Block {
  const prompt = 'You help on a ward. Attending: Dr. Wrenfield.'
  const block = { type: 'text', text: prompt }
  const billing = `x-anthropic-billing-header: cc_version=2.1.330.${roll(900)}; cc_entrypoint=sdk-ts;`
  const systems: Record<Run['frame'], unknown> = {
    bare: undefined,
    string: roll(2) === 0 ? prompt : [{ ...block, cache_control: { type: 'ephemeral' } }],
    blocks: [block],
    agent: [...(roll(3) === 0 ? [] : [{ type: 'text', text: billing }]), block],
  }
  const userId = JSON.stringify({ device_id: 'a'.repeat(64), account_uuid: '', session_id: UUID })
  const tool = { name: 'Read', description: 'Reads a file', input_schema: { type: 'object' } }
  return {
    model: 'claude-sonnet-5-5',
    max_tokens: 100 + roll(100),
    stream: roll(2) === 0,
    ...(frame === 'bare'
      ? {}
      : {
          tools: [tool],
          system: systems[frame],
        }),
    ...(session === 'metadata' ? { metadata: { user_id: userId } } : {}),
  }
}

const ENVIRONMENT: Held = {
  role: 'system',
  blocks: [{ type: 'text', text: '# Environment\ncwd: /srv/ward, date 2026-01-01' }],
}

/** Plays a run and checks it after every turn. */
async function play(given: Run, disturbance: Disturbance): Promise<void> {
  const disk = new Disk()
  let policy = committedPolicy()
  const held: Held[] = []
  const answers: (string | undefined)[] = []
  const cuedFrom = new Map<string, number>()
  let before: Forward | undefined
  let asked: string | undefined
  try {
    for (const [number, now] of given.turns.entries()) {
      const roll = dice(now.seed)
      if (number === given.at) {
        if (disturbance === 'restart') disk.restart()
        if (disturbance === 'memory-lost') disk.lose()
        if (disturbance === 'profile-changed') policy = tightened
      }
      const by = inspector(disk.memory, policy)
      held.push(userMessage(now, asked))
      answers.push(undefined)
      const { first, last } = patientOf(now)
      for (const name of cuesName(now) || asked !== undefined ? [first, last] : []) {
        if (!cuedFrom.has(name)) cuedFrom.set(name, held.length - 1)
      }
      if (given.frame === 'agent' && number === 0) {
        held.push(ENVIRONMENT)
        answers.push(undefined)
      }
      const beside = await sendBeside(now, given, held, by, roll)
      const body = { ...frameOf(given, roll), messages: messagesBody(held, roll) }
      const verdict = forwarded(await inspectRequest(jobOf(body, given), by))
      const sent = textOf(verdict.body)
      if (disturbance === 'memory-off') {
        const without = inspector(memoryInMemory(), policy)
        const { body: anew } = forwarded(await inspectRequest(jobOf(body, given), without))
        assert.equal(textOf(anew), sent)
      }
      assertSamePrefix(forwardOf(sent), before)
      assertAnswersBack(forwardOf(sent), answers)
      assertMasked(forwardOf(sent), cuedFrom)
      assertNoNumbers(`${sent} ${beside} ${JSON.stringify(verdict.facts)}`)
      before = forwardOf(sent)
      if (now.beside === 'retry') {
        const again = forwarded(await inspectRequest(jobOf({ ...body, stream: false }, given), by))
        assert.deepEqual(forwardOf(textOf(again.body)), before)
      }
      // An answer's own address is known to be its own only as long as the memory lives, and so are signed blocks.
      const forgets = disturbance === 'memory-lost' || disturbance === 'memory-off'
      const shape = forgets && now.answer === 'thinking' ? { ...now, answer: 'text' as const } : now
      const blocks = upstreamAnswer(sent, shape, number, roll, !forgets)
      const back = await answerBack(blocks, now.via, verdict.context, by, roll)
      held.push({ role: 'assistant', blocks: back })
      answers.push(bytesOf({ role: 'assistant', content: blocks }))
      asked = askedTool(blocks)
    }
  } finally {
    assertNothingStored(disk.close())
  }
}

function jobOf(body: Block, { session }: Run): ReturnType<typeof requestJob> {
  return requestJob(body, { session: session === 'header' ? UUID : undefined })
}

function forwardOf(text: string): Forward {
  const { messages, system, tools } = JSON.parse(text) as {
    messages: unknown[]
    system?: unknown
    tools?: unknown
  }
  const blocks =
    typeof system === 'string' ? [{ type: 'text', text: system }] : (system as Block[] | undefined)
  const kept = blocks?.filter((b) => !String(b['text']).startsWith('x-anthropic-billing-header'))
  return {
    messages: messages.map(bytesOf),
    frame: bytesOf({ tools, content: kept }),
  }
}

/** Law 6: what was sent once is sent the same way again. */
function assertSamePrefix(now: Forward, before: Forward | undefined): void {
  if (before === undefined) return
  assert.equal(now.frame, before.frame)
  assert.deepEqual(now.messages.slice(0, before.messages.length), before.messages)
}

/** An answer goes back as the very bytes in which it came. */
function assertAnswersBack(now: Forward, answers: readonly (string | undefined)[]): void {
  for (const [index, answer] of answers.entries()) {
    if (answer === undefined) continue
    assert.equal(now.messages[index], answer, `message ${index}`)
  }
}

/** Names are gone from the message on that gives them away; what came before keeps its bytes. */
function assertMasked(now: Forward, cuedFrom: ReadonlyMap<string, number>): void {
  for (const [name, from] of cuedFrom) {
    for (const [index, message] of now.messages.entries()) {
      if (index >= from) assert.ok(!message.includes(name), `message ${index} holds a name`)
    }
  }
}

function assertNoNumbers(text: string): void {
  for (const value of PATIENTS.flatMap(numbersOf)) assert.ok(!text.includes(value))
}

function assertNothingStored(written: string): void {
  for (const { first, last, ...rest } of PATIENTS) {
    for (const value of [first, last, ...Object.values(rest)]) assert.ok(!written.includes(value))
  }
}

/** The call for a title repeats the user's words under another prompt; counting sends the same body. */
async function sendBeside(
  now: Turn,
  given: Run,
  held: readonly Held[],
  by: Inspector,
  roll: (sides: number) => number,
): Promise<string> {
  if (now.beside === 'count') {
    const body = { ...frameOf(given, roll), messages: messagesBody(held, roll) }
    const job = { ...jobOf(body, given), operation: 'messages.count_tokens' as const }
    return textOf(forwarded(await inspectRequest(job, by)).body)
  }
  if (now.beside !== 'title') return ''
  const content = `<session>\n${saidBy(now)}\n</session>`
  const body = {
    model: 'claude-haiku-5-5',
    max_tokens: 64,
    system: 'Write a title.',
    messages: [
      {
        role: 'user',
        content,
      },
    ],
  }
  const title = textOf(forwarded(await inspectRequest(jobOf(body, given), by)).body)
  const { first, last } = patientOf(now)
  if (cuesName(now)) assert.ok(!title.includes(first) && !title.includes(last))
  return title
}

/** The answer as the client holds it after it went through the inspection. */
async function answerBack(
  blocks: readonly Block[],
  via: Turn['via'],
  context: AnswerContext,
  by: Inspector,
  roll: (sides: number) => number,
): Promise<readonly Block[]> {
  if (via === 'json') {
    const message = { id: 'msg_1', type: 'message', role: 'assistant', content: blocks }
    const { body } = await inspectJsonAnswer(Buffer.from(JSON.stringify(message)), context, by)
    return (JSON.parse(textOf(body)) as { content: Block[] }).content
  }
  const bytes = Buffer.from(streamed(blocks, () => 1 + roll(9)))
  const stream = inspectStream(context, by)
  const reader = sseReader()
  let out = ''
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + roll(400)
    out += stream.push(reader.push(bytes.subarray(at, end))).out
    at = end
  }
  reader.end()
  await stream.finish()
  return (await accumulate(eventsIn(out))) as Block[]
}

describe('growing conversations', function () {
  this.timeout(120_000)

  it('keep the bytes of their prefix, and no value gets out', async () => {
    await holds(run, (given) => play(given, 'nothing'), { runs: 40 })
  })

  it('keep them over a restart', async () => {
    await holds(run, (given) => play(given, 'restart'), { runs: 20 })
  })

  it('keep them when the mask memory is lost', async () => {
    await holds(run, (given) => play(given, 'memory-lost'), { runs: 30 })
  })

  it('are masked the same without a memory, which only saves the second look', async () => {
    await holds(run, (given) => play(given, 'memory-off'), { runs: 30 })
  })

  it('keep them over two hundred turns, with a restart among them', async () => {
    const turns = (seed: number): Turn[] => {
      const roll = dice(seed)
      const one = <T>(of: readonly [T, ...T[]]): T => of[roll(of.length)] ?? of[0]
      return Array.from({ length: 200 }, () => ({
        say: roll(SENTENCE_COUNT),
        patient: roll(PATIENTS.length),
        seed: roll(1_000_000),
        answer: one(['text', 'cited', 'tool', 'other-tool', 'thinking']),
        via: one(['json', 'sse']),
        beside: one(['nothing', 'title', 'retry', 'count']),
      }))
    }
    await holds(
      fc.nat(),
      (seed) => play({ turns: turns(seed), session: 'header', frame: 'agent', at: 100 }, 'restart'),
      { runs: 1 },
    )
  })

  it('keep them under a changed profile, which holds for new messages', async () => {
    await holds(run, (given) => play(given, 'profile-changed'), { runs: 30 })
  })
})
