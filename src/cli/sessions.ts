import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { ReplayedAnswer, ReplayedExchange } from '../domain/index.ts'
import { openConsoleClient, type ConsoleClient } from './console-client.ts'
import {
  exchangeText,
  markdownOf,
  paced,
  type Replayed,
  type SessionShown,
} from './session-text.ts'
import { scan } from './sessions-scan.ts'

interface ReplayFlags {
  readonly user: string
  readonly from: number
  readonly limit: number
  readonly json?: boolean
  readonly timing?: boolean
}

type ScanFlags = Readonly<Record<string, string>>

interface ExportFlags {
  readonly user: string
  readonly format: 'ndjson' | 'markdown'
  readonly output?: string
}

/** Exchanges that are asked for at a time. */
const PAGE = 100

/** `phigate sessions`: what was recorded; through the console's API, so that each reading is permitted and recorded. */
export function sessionsCommand(): Command {
  const sessions = new Command('sessions').description(
    'see what was recorded, destroy it, have a conversation masked anew',
  )
  sessions
    .addCommand(
      asWhom('list', 'auditor')
        .description('recorded sessions, the latest first')
        .option('--principal <id>', 'of this caller (issuer|subject)')
        .option('--connection <name>', 'on this connection')
        .option('--from <time>', 'with an exchange at or after this time (RFC 3339)')
        .option('--to <time>', 'with an exchange before this time')
        .option('--limit <count>', 'how many', '100')
        .action((flags: Record<string, string>) => list(flags)),
    )
    .addCommand(
      asWhom('show', 'auditor')
        .description('one session: its exchanges, without their texts')
        .argument('<id>')
        .action((id: string, { user }: { user: string }) => show(id, user)),
    )
    .addCommand(
      asWhom('replay', 'auditor')
        .description('one session as a conversation, masked as it was')
        .argument('<id>')
        .option('--from <number>', 'begin with this exchange', count, 0)
        .option('--limit <count>', 'so many exchanges', count, Infinity)
        .option('--json', 'as data, an exchange a line')
        .option('--timing', 'print streamed answers at the pace at which they came')
        .action((id: string, flags: ReplayFlags) => replay(id, flags)),
    )
    .addCommand(
      asWhom('export', 'auditor')
        .description('a whole session as a file; recorded as an export')
        .argument('<id>')
        .addOption(
          new Option('--format <format>', 'how').choices(['ndjson', 'markdown']).default('ndjson'),
        )
        .option('--output <file>', 'where to; a file that must not exist')
        .action((id: string, flags: ExportFlags) => exportSession(id, flags)),
    )
    .addCommand(
      asWhom('body', 'auditor')
        .description('what was forwarded in one exchange, byte for byte')
        .argument('<id>')
        .argument('<exchange>', 'its decision id')
        .option('--answer', 'the answer as it was recorded')
        .action((id: string, exchange: string, flags: { user: string; answer?: boolean }) =>
          body(id, exchange, flags),
        ),
    )
    .addCommand(
      asWhom('scan', 'auditor')
        .description(
          "look at what was recorded with today's detectors; 1 when something slipped through",
        )
        .option('--session <id>', 'in this session')
        .option('--principal <id>', 'of this caller (issuer|subject)')
        .option('--connection <name>', 'on this connection')
        .option('--from <time>', 'with an exchange at or after this time (RFC 3339)')
        .option('--to <time>', 'with an exchange before this time')
        .option('--json', 'the report as data')
        .action(async ({ user, json, ...filter }: ScanFlags) => {
          process.exitCode = await scan(() => clientOf(user ?? ''), filter, json !== undefined)
        }),
    )
    .addCommand(
      asWhom('end', 'reviewer')
        .description('forget how a session was masked: its next request is masked anew, all of it')
        .argument('<id>')
        .requiredOption('--reason <text>', 'why: goes into the audit log')
        .action(async (id: string, { user, reason }: { user: string; reason: string }) => {
          await (await clientOf(user)).call('POST', `${pathOf(id)}/end`, { reason })
          process.stdout.write(`${id} ended\n`)
        }),
    )
    .addCommand(
      asWhom('shred', 'reviewer')
        .description('destroy the key of a session: nobody reads its recording again')
        .argument('<id>')
        .requiredOption('--reason <text>', 'why: goes into the audit log')
        .action(async (id: string, { user, reason }: { user: string; reason: string }) => {
          await (await clientOf(user)).call('POST', `${pathOf(id)}/shred`, { reason })
          process.stdout.write(`${id} shredded\n`)
        }),
    )
  return sessions
}

function asWhom(name: string, user: string): Command {
  return new Command(name).addOption(
    new Option('--user <name>', 'demo mode: as whom').default(user),
  )
}

function count(text: string): number {
  const number = Number(text)
  if (text !== '' && Number.isSafeInteger(number) && number >= 0) return number
  throw new InvalidArgumentError('It must be a number from 0 on.')
}

async function list({ user = '', ...flags }: Record<string, string>): Promise<void> {
  const query = new URLSearchParams(flags)
  const client = await clientOf(user)
  const answer = await client.call('GET', `/api/sessions?${query.toString()}`)
  const { sessions } = answer as { sessions: readonly SessionShown[] }
  for (const one of sessions) process.stdout.write(`${lineOf(one)}\n`)
}

function lineOf(session: SessionShown): string {
  const { exchanges, threads, firstAt, lastAt, principal, connection } = session
  const many = threads > 1 ? `, ${threads} conversations` : ''
  return `${session.session} ${lastAt} ${principal} on ${connection}: ${exchanges} exchanges${many} since ${firstAt}`
}

async function show(id: string, user: string): Promise<void> {
  let told = false
  for await (const { session, exchanges } of parts(id, { user, from: 0, limit: Infinity }, '')) {
    if (!told) process.stdout.write(`${lineOf(session)}\n`)
    told = true
    for (const { number, at, exchange, thread, model, outcome, answer } of exchanges) {
      const end = answer === null ? 'no answer' : endOf(answer)
      const line = [number, at, exchange, `conversation ${thread}`, model, outcome, end]
      process.stdout.write(`  ${line.join(' ')}\n`)
    }
  }
}

function endOf({ end, status, brokenOff }: ReplayedAnswer): string {
  return brokenOff === undefined ? `${end} ${status}` : `broken off: ${brokenOff}`
}

async function replay(id: string, flags: ReplayFlags): Promise<void> {
  const colours = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
  for await (const { exchanges, marks } of parts(id, flags, '')) {
    for (const exchange of exchanges) {
      if (flags.json === true) process.stdout.write(`${JSON.stringify(exchange)}\n`)
      else await say(exchange, marks, colours, flags.timing === true)
    }
  }
}

async function say(
  exchange: ReplayedExchange,
  marks: Replayed['marks'],
  colours: boolean,
  timing: boolean,
): Promise<void> {
  const { before, answer } = exchangeText(exchange, marks, colours)
  process.stdout.write(before)
  const entries = timing ? exchange.answer?.timing : undefined
  for await (const piece of paced(answer, entries ?? [])) process.stdout.write(piece)
}

/** Writes a session to a file, or to standard output. @throws Error with what the console said */
export async function exportSession(
  id: string,
  { user, format, output }: ExportFlags,
): Promise<void> {
  const fd = output === undefined ? 1 : openSync(output, 'wx', 0o600)
  let whole = false
  try {
    let first = true
    for await (const part of parts(id, { user, from: 0, limit: Infinity }, '/export')) {
      const { session, marks, exchanges } = part
      if (format === 'markdown') writeSync(fd, markdownOf(part, first))
      else {
        const head = first ? [{ session, marks }] : []
        for (const line of [...head, ...exchanges]) writeSync(fd, `${JSON.stringify(line)}\n`)
      }
      first = false
    }
    whole = true
  } finally {
    if (output !== undefined) closeSync(fd)
    // A part of a session would be taken for all of it.
    if (output !== undefined && !whole) rmSync(output)
  }
}

async function body(
  id: string,
  exchange: string,
  { user, answer }: { user: string; answer?: boolean },
): Promise<void> {
  const path = `${pathOf(id)}/exchanges/${encodeURIComponent(exchange)}`
  const bytes = (await (await clientOf(user)).call('GET', path)) as {
    readonly request: string
    readonly answer: string | null
  }
  process.stdout.write(answer === true ? (bytes.answer ?? '') : bytes.request)
}

/** A session, a part at a time. */
async function* parts(
  id: string,
  { user, from, limit }: Pick<ReplayFlags, 'user' | 'from' | 'limit'>,
  how: '' | '/export',
): AsyncGenerator<Replayed> {
  let at = from
  for (;;) {
    const most = Math.min(PAGE, from + limit - at)
    // Anew each time: a token lives for minutes.
    const client = await clientOf(user)
    const path = `${pathOf(id)}${how}?from=${at}&limit=${most}`
    const part = (await client.call('GET', path)) as Replayed
    yield part
    at += part.exchanges.length
    if (part.exchanges.length < most || at >= from + limit) return
  }
}

function pathOf(id: string): string {
  return `/api/sessions/${encodeURIComponent(id)}`
}

function clientOf(user: string): Promise<ConsoleClient> {
  return openConsoleClient(process.env, user)
}
