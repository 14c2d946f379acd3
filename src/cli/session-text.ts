import { setTimeout as pause } from 'node:timers/promises'
import { visible, type ReplayedExchange } from '../domain/index.ts'

/** A session as the API shows it. */
export interface SessionShown {
  readonly session: string
  readonly principal: string
  readonly connection: string
  readonly firstAt: string
  readonly lastAt: string
  readonly exchanges: number
  readonly threads: number
}

/** A part of a session as the API shows it. */
export interface Replayed {
  readonly session: SessionShown
  readonly marks: readonly {
    readonly mask: string
    readonly type: string
    readonly recognizer: string
  }[]
  readonly exchanges: readonly ReplayedExchange[]
}

type Json = Readonly<Record<string, unknown>>

/** Longer results of tools are cut here: `--json` and `export` have all of it. */
const LONGEST_RESULT = 4000

/** An exchange for a terminal: what was asked, and the answer apart, because that has a pace of its own. */
export function exchangeText(
  exchange: ReplayedExchange,
  marks: Replayed['marks'],
  colours: boolean,
): { readonly before: string; readonly answer: string } {
  const mark = marker(marks, colours)
  const { number, at, thread, startedBy, model, outcome, system, tools, messages } = exchange
  const agent = thread === 0 ? '' : `, conversation ${thread}`
  const begun = startedBy === undefined ? '' : `, begun by ${startedBy}`
  const head = `── ${number} · ${at} · ${exchange.exchange} · ${outcome} · ${model ?? 'no model'}${agent}${begun}\n`
  const lines = [
    ...(system === undefined ? [] : [speech('system', textOf(system))]),
    ...(Array.isArray(tools) ? [`tools: ${tools.map(toolName).join(', ')}\n`] : []),
    ...messages.map(messageText),
  ]
  return { before: mark(head + lines.join('')), answer: mark(answerText(exchange)) }
}

function messageText(message: unknown): string {
  if (!isObject(message)) return speech('?', JSON.stringify(message))
  return speech(String(message['role']), textOf(message['content']))
}

function answerText({ answer }: ReplayedExchange): string {
  if (answer === null) return '(no answer is recorded)\n\n'
  const { end, status, brokenOff } = answer
  const why = brokenOff === undefined ? `${end}, ${status}` : `broken off: ${brokenOff}`
  const said = answer.content.length === 0 ? '' : speech('assistant', textOf(answer.content))
  return `${said}${end === 'complete' ? '' : `(${why})\n`}\n`
}

function speech(who: string, text: string): string {
  return `${who}: ${text.trimEnd().replaceAll('\n', '\n  ')}\n`
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return JSON.stringify(content) ?? ''
  return content.map(blockText).join('\n')
}

function blockText(block: unknown): string {
  if (!isObject(block)) return JSON.stringify(block) ?? ''
  const { type, text, thinking, name, input, content } = block
  if (type === 'text' && typeof text === 'string') return text
  if (type === 'thinking' && typeof thinking === 'string') return `(thinking) ${thinking}`
  if (type === 'tool_use') return `(calls ${String(name)}) ${JSON.stringify(input)}`
  if (type === 'tool_result') return `(result) ${shortened(textOf(content ?? ''))}`
  return shortened(`(${String(type)}) ${JSON.stringify(block)}`)
}

function shortened(text: string): string {
  const left = text.length - LONGEST_RESULT
  return left <= 0 ? text : `${text.slice(0, LONGEST_RESULT)}… (${left} characters more)`
}

function toolName(tool: unknown): string {
  return isObject(tool) ? String(tool['name']) : '?'
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const MASK = /\[[A-Z][A-Z0-9_.]*\]/g

/** Marks what was masked, with its type and what found it; and lets a terminal obey nothing of a payload. */
function marker(marks: Replayed['marks'], colours: boolean): (text: string) => string {
  const known = new Map(marks.map((mark) => [mark.mask, mark]))
  return (text) =>
    visible(text).replaceAll(MASK, (whole) => {
      const found = known.get(whole)
      if (found === undefined) return whole
      const by = found.recognizer === '' ? found.type : `${found.type} by ${found.recognizer}`
      return colours ? `\u001b[7m${whole}\u001b[27m\u001b[2m{${by}}\u001b[22m` : `${whole}{${by}}`
    })
}

/**
 * A streamed answer at its pace.
 * @param timing milliseconds and bytes of the stream, one after the other; text comes in proportion to the bytes
 */
export async function* paced(text: string, timing: readonly number[]): AsyncGenerator<string> {
  const total = timing.reduce((sum, value, at) => (at % 2 === 1 ? sum + value : sum), 0)
  let told = 0
  let bytes = 0
  const entries = total === 0 ? 0 : timing.length
  for (let at = 0; at + 1 < entries; at += 2) {
    await pause(timing[at])
    bytes += timing[at + 1] ?? 0
    const end = Math.floor((text.length * bytes) / total)
    yield text.slice(told, end)
    told = end
  }
  yield text.slice(told)
}

/** A part of a session as Markdown. What is text of others stands in blocks that it cannot leave. */
export function markdownOf({ session, marks, exchanges }: Replayed, first: boolean): string {
  const head = first
    ? [
        `# Session ${session.session}\n`,
        `${session.principal} on ${session.connection}, ${session.firstAt} to ${session.lastAt}, ${session.exchanges} exchanges.\n`,
        '| masked | type | found by |\n| --- | --- | --- |',
        `${marks.map(({ mask: text, type, recognizer }) => `| \`${text}\` | ${type} | ${recognizer} |`).join('\n')}\n`,
      ]
    : []
  return `${[...head, ...exchanges.map(exchangeMarkdown)].join('\n')}\n`
}

function exchangeMarkdown(exchange: ReplayedExchange): string {
  const { number, at, thread, startedBy, model, outcome, policyRevision, messages, system } =
    exchange
  const begun = startedBy === undefined ? '' : `, begun by ${startedBy}`
  const parts = [
    `## ${number}: ${at}\n`,
    `${exchange.exchange}, ${outcome}, ${model ?? 'no model'}, policy ${policyRevision}, conversation ${thread}${begun}\n`,
    ...(system === undefined ? [] : [`### system\n\n${fenced(textOf(system))}`]),
    ...messages.map((message) => {
      const { role, content } = isObject(message) ? message : { role: '?', content: message }
      return `### ${role === 'user' || role === 'assistant' ? role : 'other'}\n\n${fenced(textOf(content))}`
    }),
    `### answer\n\n${fenced(answerText(exchange).trimEnd())}`,
  ]
  return parts.join('\n')
}

/** A fence longer than any inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${visible(text)}\n${fence}\n`
}
