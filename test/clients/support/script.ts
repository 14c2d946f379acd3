import type { Handler } from '../../../src/demo/simulator/index.ts'
import { messageEvents, messageWith, type Json } from '../../support/sse.ts'

/** What the model answers on one turn, from the messages as they reached it. */
export type Turn = (messages: string) => readonly Json[]

export interface Script {
  readonly main: readonly Turn[]
  /** The turns of a sub-agent, whatever it was asked. */
  readonly agent?: readonly Turn[]
}

export const say = (text: string): Json => ({ type: 'text', text })

export const useTool = (name: string, input: Json): Json => ({
  type: 'tool_use',
  id: newId('toolu_01Script'),
  name,
  input,
})

let ids = 0

/** The Agent SDK takes two messages of one id for one message. */
function newId(prefix: string): string {
  return `${prefix}${String(++ids).padStart(12, '0')}`
}

export const think = (thinking: string): Json => ({
  type: 'thinking',
  thinking,
  signature: Buffer.from(`signed ${thinking}`).toString('base64'),
})

export interface Played {
  readonly handler: Handler
  /** What was answered to a request, by the text of its body; for the look at what comes back. */
  readonly answers: ReadonlyMap<string, readonly Json[]>
  /** What went wrong in a turn of the script itself. */
  readonly failures: readonly unknown[]
}

/** A model that follows a script. The turn is told by the request itself, so that a call sent twice is answered alike. */
export function play(script: Script): Played {
  const answers = new Map<string, readonly Json[]>()
  const failures: unknown[] = []
  const answer = (request: Json, agent: unknown): readonly Json[] => {
    try {
      return answerTo(script, request, agent)
    } catch (error) {
      failures.push(error)
      return [say('The script failed.')]
    }
  }
  const handler: Handler = (_req, res, received) => {
    const request = received.body as Json
    const content = answer(request, received.headers['x-claude-code-agent-id'])
    answers.set(received.bodyBytes.toString('utf8'), content)
    const message = messageWith(content, { id: newId('msg_01Script'), model: request['model'] })
    const headers = { 'request-id': 'req_011CScriptedAnswer00000' }
    if (request['stream'] === true) {
      res.writeHead(200, { ...headers, 'content-type': 'text/event-stream' })
      for (const event of messageEvents(message, 9)) res.write(event)
      res.end()
    } else {
      res.writeHead(200, { ...headers, 'content-type': 'application/json' })
      res.end(JSON.stringify(message))
    }
  }
  return { handler, answers, failures }
}

function answerTo(script: Script, request: Json, agent: unknown): readonly Json[] {
  if (isTitleCall(request)) return [say('{"title":"A look at some files"}')]
  const messages = messagesOf(request)
  const turn = messages.filter(({ role }) => role === 'assistant').length
  const turns = agent === undefined ? script.main : (script.agent ?? [])
  return turns[turn]?.(JSON.stringify(messages)) ?? [say('Done.')]
}

export function messagesOf(request: Json): readonly Json[] {
  return request['messages'] as readonly Json[]
}

/** The Agent SDK asks for a title of the session beside the first call, with the prompt inside `<session>`. */
export function isTitleCall(request: Json): boolean {
  const tools = request['tools']
  const first = JSON.stringify(messagesOf(request)[0])
  return (!Array.isArray(tools) || tools.length === 0) && first.includes('<session>')
}
