import { createHmac } from 'node:crypto'
import { tokensOf, type MessagesRequest } from './request.ts'
import { sampleOf } from './sample.ts'
import type { AnswerBlock, Message } from './wire.ts'

const USE_TOOL = /use tool ([\w-]{1,128})/g
const PLACEHOLDER = /\[[A-Z][A-Z0-9_]*_[0-9A-HJKMNP-TV-Z]{7,13}(?:\.[0-9A-HJKMNP-TV-Z]{7,13})*\]/g

/** The answer to a request repeats what was received: the gateway puts back in it what it masked. */
export function answer(request: MessagesRequest, newId: (prefix: string) => string): Message {
  const content = [...thinkingFor(request), mainBlock(request, newId)]
  return {
    id: newId('msg_'),
    type: 'message',
    role: 'assistant',
    model: request.model,
    content,
    stop_reason: content.at(-1)?.type === 'tool_use' ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: request.inputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: tokensOf(content),
      service_tier: 'standard',
    },
  }
}

function mainBlock(request: MessagesRequest, newId: (prefix: string) => string): AnswerBlock {
  const { toolResult, tools, userText } = request
  if (toolResult !== undefined) return { type: 'text', text: `Tool said: ${toolResult}` }
  const name = [...userText.matchAll(USE_TOOL)]
    .map((match) => match[1])
    .find((n) => n !== undefined && tools.has(n))
  if (name === undefined) return { type: 'text', text: `The simulator repeats: ${userText}` }
  const input = sampleOf(tools.get(name), argumentOf(userText))
  return { type: 'tool_use', id: newId('toolu_'), name, input }
}

/** What a tool is called with: the placeholders of the text, else its last word. */
function argumentOf(text: string): string {
  const placeholders = text.match(PLACEHOLDER)
  return placeholders === null ? (text.trim().split(/\s+/).at(-1) ?? '') : placeholders.join(' ')
}

function thinkingFor(request: MessagesRequest): readonly AnswerBlock[] {
  if (!request.thinking) return []
  const thinking = `I was sent: ${request.toolResult ?? request.userText}`
  return [{ type: 'thinking', thinking, signature: signatureOf(thinking) }]
}

/** Opaque to clients, and another one for every text, like the API's. */
function signatureOf(thinking: string): string {
  return createHmac('sha512', 'phigate simulator').update(thinking).digest('base64')
}
