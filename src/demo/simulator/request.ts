import { ApiError } from './api-error.ts'
import { blocksOf, isObject, textOf, type Json } from './wire.ts'

/** What the simulator needs to know of a Messages request. */
export interface MessagesRequest {
  readonly model: string
  readonly stream: boolean
  readonly thinking: boolean
  /** Schemas of client tools by name. */
  readonly tools: ReadonlyMap<string, unknown>
  /** Text of the last user message. */
  readonly userText: string
  /** Text of the tool results in the last user message; undefined when it holds none. */
  readonly toolResult: string | undefined
  readonly inputTokens: number
}

/** @throws ApiError 400 */
export function parseMessagesRequest(body: unknown, needs: readonly string[]): MessagesRequest {
  if (!isObject(body)) throw new ApiError(400, 'The request body is not valid JSON')
  for (const name of needs) {
    if (body[name] === undefined) throw new ApiError(400, `${name}: Field required`)
  }
  const { model, messages, thinking, stream } = body
  if (typeof model !== 'string') throw new ApiError(400, 'model: Input should be a valid string')
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new ApiError(400, 'messages: at least one message is required')
  }
  const last = messages.filter(isObject).findLast(({ role }) => role === 'user')
  return {
    model,
    stream: stream === true,
    thinking:
      isObject(thinking) && (thinking['type'] === 'adaptive' || thinking['type'] === 'enabled'),
    tools: toolsOf(body['tools']),
    userText: textOf(last?.['content']),
    toolResult: toolResultOf(last?.['content']),
    inputTokens: tokensOf([body['system'], messages, body['tools']]),
  }
}

/** A quarter of the characters: near enough to what the API would count. */
export function tokensOf(value: unknown): number {
  return Math.ceil(JSON.stringify(value).length / 4)
}

function toolsOf(tools: unknown): ReadonlyMap<string, unknown> {
  const list: readonly Json[] = Array.isArray(tools) ? tools.filter(isObject) : []
  return new Map(
    list.flatMap(({ name, input_schema: schema }) =>
      typeof name === 'string' && schema !== undefined ? [[name, schema] as const] : [],
    ),
  )
}

function toolResultOf(content: unknown): string | undefined {
  const results = blocksOf(content).filter(({ type }) => type === 'tool_result')
  if (results.length === 0) return undefined
  return results.map((result) => textOf(result['content'])).join('\n')
}
