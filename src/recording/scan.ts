import type { RecordedAbout, RecordedInfo, SessionFilter } from '../domain/index.ts'
import type { Archive } from './archive.ts'
import { replayOf } from './replay.ts'

/** The texts that one exchange brought, each once in its session, as two Messages bodies. */
export interface ScanTexts {
  readonly exchange: string
  /** RFC 3339, UTC. */
  readonly at: string
  readonly about: RecordedAbout
  readonly upstreamRequestId: string | undefined
  /** What went to Claude. */
  readonly request: Uint8Array
  /** What Claude said, in answers and in messages that tell of earlier ones; undefined where nothing was. */
  readonly answer: Uint8Array | undefined
}

/** A session, and what is to be looked at in it. */
export interface ScanSession {
  readonly session: string
  readonly texts: AsyncGenerator<ScanTexts>
}

const SESSIONS_AT_ONCE = 100

/** The recorded sessions, the latest first, with their texts. */
export async function* scanTexts(
  archive: Archive,
  filter: SessionFilter,
): AsyncGenerator<ScanSession> {
  const labels: string[] = []
  for (let skip = 0; ; skip += SESSIONS_AT_ONCE) {
    const rows = await archive.sessions({ ...filter, skip, most: SESSIONS_AT_ONCE })
    labels.push(...rows.map(({ session }) => session))
    if (rows.length === 0) break
  }
  for (const session of new Set(labels)) yield { session, texts: textsOf(archive, session) }
}

async function* textsOf(archive: Archive, session: string): AsyncGenerator<ScanTexts> {
  const found = await archive.open(session)
  if (found === undefined) return
  const replay = replayOf(found.reader)
  const threads = new Set<number>()
  for (let number = 0; number < replay.count; number += 1) {
    const exchange = await replay.exchange(number)
    const { system, tools, messages, answer, thread } = exchange
    const isFirst = !threads.has(thread)
    threads.add(thread)
    const rest = isFirst ? await restOf(archive, session, exchange.exchange) : {}
    const said = messages.filter(isAssistant)
    const asked = messages.filter((message) => !isAssistant(message))
    const given = answer === null || answer.content.length === 0 ? [] : [assistant(answer.content)]
    const info: RecordedInfo = answer ?? {}
    yield {
      exchange: exchange.exchange,
      at: exchange.at,
      about: exchange,
      upstreamRequestId: info.upstreamRequestId,
      request: bodyOf({
        ...rest,
        ...(system === undefined ? {} : { system }),
        ...(tools === undefined ? {} : { tools }),
        messages: asked,
      }),
      answer:
        said.length + given.length === 0 ? undefined : bodyOf({ messages: [...said, ...given] }),
    }
  }
}

/** What stands beside tools, system prompt and messages: settings and metadata, the same in all of a thread. */
async function restOf(archive: Archive, session: string, exchange: string): Promise<object> {
  const bytes = await archive.bytes(session, exchange)
  const {
    system: _system,
    tools: _tools,
    messages: _messages,
    ...rest
  } = JSON.parse(Buffer.from(bytes?.request ?? '{}').toString('utf8')) as Record<string, unknown>
  return rest
}

function isAssistant(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'role' in message &&
    message.role === 'assistant'
  )
}

function assistant(content: readonly unknown[]): object {
  return { role: 'assistant', content: content.filter((block) => typeof block === 'object') }
}

function bodyOf(body: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body))
}
