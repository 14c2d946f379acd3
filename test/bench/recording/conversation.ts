import { createHash } from 'node:crypto'
import type { Recorded } from '../../../src/domain/index.ts'
import { payloadPieces } from '../../../src/inspect/payload.ts'
import { answerToRecord } from '../../../src/inspect/recorded-answer.ts'
import { parseJson } from '../../../src/messages/index.ts'

/** One exchange of an agent: its request, its answer, and what of their text was never there before. */
export interface Turn {
  readonly request: Recorded
  readonly answer: Recorded
  /** Bytes of JSON: a message and an answer count once, whatever the cache is told and however often they come. */
  readonly newBytes: number
}

const ABOUT = {
  principal: 'https://issuer.example|svc-agent',
  onBehalfOf: null,
  connection: 'claude',
  operation: 'messages.create',
  model: 'claude-opus-4-5',
  profile: 'standard',
  policyRevision: 'd922ce678d12',
  detector: '3',
} as const
const WORDS =
  'the file reads a patient chart and returns every value that was asked for with its unit and time'.split(
    ' ',
  )
const CACHED = { cache_control: { type: 'ephemeral' } }

let exchanges = 0
/** As long as a decision id, and as little like the one before. */
function exchangeId(): string {
  exchanges += 1
  return `dec_${createHash('sha256').update(String(exchanges)).digest('hex').slice(0, 26)}`
}

/** Text that does not repeat: sentences of words and numbers. */
function prose(bytes: number, seed: number): string {
  let text = ''
  for (let at = 0; text.length < bytes; at += 1) {
    text += `${WORDS[(at * 7 + seed) % WORDS.length]} ${(seed * 31 + at * 17) % 99_991} `
  }
  return text.slice(0, bytes)
}

export interface AgentShape {
  readonly turns: number
  readonly systemBytes: number
  readonly tools: number
  /** Of a tool's result: between these, in turn. */
  readonly resultBytes: readonly number[]
}

/** What coding agents send: long system prompt and tools, a tool a turn, the cache's mark on the last message. */
export const CODING_AGENT: AgentShape = {
  turns: 200,
  systemBytes: 14_000,
  tools: 16,
  resultBytes: [300, 900, 2400, 6000, 1200],
}

/** The conversation of one agent, turn by turn. */
export function* conversation(
  shape: AgentShape,
  session: string,
  seed: number,
  start: number,
): Generator<Turn> {
  const tools = Array.from({ length: shape.tools }, (_, at) => ({
    name: `tool_${at}`,
    description: prose(1500, at),
    input_schema: { type: 'object', properties: { path: { type: 'string' } } },
  }))
  const system = [{ type: 'text', text: prose(shape.systemBytes, 3), ...CACHED }]
  const messages: object[] = [{ role: 'user', content: [{ type: 'text', text: prose(700, seed) }] }]
  let newBytes = sizeOf(tools) + sizeOf(system) + sizeOf(messages[0])
  for (let turn = 0; turn < shape.turns; turn += 1) {
    const number = seed * 10_000 + turn
    const last = messages.length - 1
    const sent = messages.map((message, at) => (at === last ? withCache(message) : message))
    const body = {
      model: ABOUT.model,
      max_tokens: 32_000,
      stream: true,
      system,
      tools,
      messages: sent,
    }
    const answer = answerOf(number)
    const result = resultOf(number, shape)
    newBytes += sizeOf(answer)
    const at = start + turn * 20_000
    yield { ...recordings(session, at, body, answer, number), newBytes }
    messages.push({ role: 'assistant', content: answer }, result)
    newBytes = sizeOf(result)
  }
}

function answerOf(number: number): object[] {
  return [
    { type: 'text', text: prose(180, number) },
    {
      type: 'tool_use',
      id: `toolu_${number}`,
      name: 'tool_1',
      input: { path: `/srv/${number}.json` },
    },
  ]
}

function resultOf(number: number, { resultBytes }: AgentShape): object {
  const text = prose(resultBytes[number % resultBytes.length] ?? 0, number)
  const result = { tool_use_id: `toolu_${number}`, type: 'tool_result', content: text }
  return { role: 'user', content: [result] }
}

function withCache(message: object): object {
  const { content, ...rest } = message as { content: object[] }
  return {
    ...rest,
    content: content.map((block, at) => (at === 0 ? { ...block, ...CACHED } : block)),
  }
}

function recordings(
  session: string,
  at: number,
  body: object,
  answer: readonly object[],
  number: number,
): Pick<Turn, 'request' | 'answer'> {
  const text = JSON.stringify(body)
  const root = parseJson(text, { maxDepth: 100, unambiguous: false })
  if (root.kind !== 'object') throw new Error('a body that is no object')
  const shared = { session, exchange: exchangeId(), about: ABOUT }
  const start = { type: 'message_start', message: { id: `msg_${number}`, model: ABOUT.model } }
  const end = { type: 'message_delta', usage: { output_tokens: 100 + (number % 50) } }
  const recorded = answerToRecord(
    [
      { isBlock: false, text: JSON.stringify(start) },
      ...answer.map((block) => ({ isBlock: true, text: JSON.stringify(block) })),
      { isBlock: false, text: JSON.stringify(end) },
    ],
    [],
  )
  // A read each tenth of a second over two seconds.
  const timing = Array.from({ length: 40 }, (_, entry) =>
    entry % 2 === 0 ? 101 : 60 + (entry % 7),
  )
  const bytes = Buffer.from(text)
  const info = { end: 'complete', status: 200, outcome: 'allow', masked: {} }
  return {
    request: {
      ...shared,
      at,
      direction: 'request',
      info: { outcome: 'mask', masked: { PERSON: 3 } },
      bytes,
      pieces: payloadPieces({ text, root }, bytes),
      marks: [],
    },
    answer: {
      ...shared,
      at: at + 2000,
      direction: 'answer',
      info: { ...info, upstreamRequestId: `req_${number}`, timing },
      bytes: recorded.bytes,
      pieces: recorded.pieces,
      marks: [],
    },
  }
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
