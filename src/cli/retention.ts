import { Command, Option } from 'commander'
import { openConsoleClient, type ConsoleClient } from './console-client.ts'

interface Run {
  readonly files: number
  readonly removed?: { readonly first: number; readonly last: number }
  readonly kept: string
  readonly recordings: {
    readonly sessions: number
    readonly held: number
    readonly bytes: number
    readonly connections: Readonly<Record<string, number>>
    readonly files: number
  }
}

interface Hold {
  readonly id: string
  readonly reason: string
  readonly by: string
  readonly at: string
  readonly from?: string
  readonly to?: string
  readonly session?: string
  readonly principal?: string
  readonly connection?: string
}

/** `phigate retention`: what is removed when it is old enough, and what is held; through the console's API. */
export function retentionCommand(): Command {
  const retention = new Command('retention').description(
    'how long audit log and recordings are kept',
  )
  retention
    .addCommand(
      asAdmin('status')
        .description('the time that it is kept, and the legal holds')
        .action(async ({ user }: { user: string }) => {
          const client = await clientOf(user)
          const { days, recordingDays, holds } = (await client.call('GET', '/api/retention')) as {
            days: number
            recordingDays: Readonly<Record<string, number>>
            holds: readonly Hold[]
          }
          const each = Object.entries(recordingDays).map(([name, time]) => `${name} ${time}`)
          say(
            `kept for ${days} days`,
            `recordings, in days: ${each.join(', ')}`,
            ...holds.map(lineOf),
          )
        }),
    )
    .addCommand(
      asAdmin('run')
        .description('remove what is old enough: whole files of the log, and sessions')
        .option('--dry-run', 'say what would be removed')
        .action(async ({ user, dryRun }: { user: string; dryRun?: boolean }) => {
          const client = await clientOf(user)
          const body = { dryRun: dryRun === true }
          const { files, removed, kept, recordings } = (await client.call(
            'POST',
            '/api/retention/run',
            body,
          )) as Run
          const records =
            removed === undefined ? '' : `, records ${removed.first} to ${removed.last}`
          const what = dryRun === true ? 'would remove' : 'removed'
          say(`${what} ${files} files${records}; ${kept}`, `${what} ${overOf(recordings)}`)
        }),
    )
    .addCommand(
      asAdmin('hold')
        .description('place a legal hold: nothing of its time is removed while it stands')
        .requiredOption('--reason <text>', 'why: goes into the audit log')
        .option('--from <time>', 'what is of this time or later; everything when not given')
        .option('--to <time>', 'what is before this time')
        .option('--session <id>', 'of recordings only this session')
        .option('--principal <id>', 'of recordings only those of this caller (issuer|subject)')
        .option('--connection <name>', 'of recordings only those on this connection')
        .action(
          async ({
            user,
            ...body
          }: {
            user: string
            reason: string
            from?: string
            to?: string
            session?: string
            principal?: string
            connection?: string
          }) => {
            const client = await clientOf(user)
            say(lineOf((await client.call('POST', '/api/retention/holds', body)) as Hold))
          },
        ),
    )
    .addCommand(
      asAdmin('release')
        .description('end a legal hold')
        .argument('<id>')
        .requiredOption('--reason <text>', 'why: goes into the audit log')
        .action(async (id: string, { user, reason }: { user: string; reason: string }) => {
          const client = await clientOf(user)
          const path = `/api/retention/holds/${encodeURIComponent(id)}/release`
          await client.call('POST', path, { reason })
          say(`${id} released`)
        }),
    )
  return retention
}

function asAdmin(name: string): Command {
  return new Command(name)
    .addOption(new Option('--user <name>', 'demo mode: as whom').default('admin'))
    .allowExcessArguments(false)
}

function clientOf(user: string): Promise<ConsoleClient> {
  return openConsoleClient(process.env, user)
}

function overOf({ sessions, held, bytes, connections, files }: Run['recordings']): string {
  const each = Object.entries(connections).map(([name, count]) => `${name}=${count}`)
  const of = each.length === 0 ? '' : ` (${each.join(' ')})`
  return `${sessions} sessions${of}, ${bytes} bytes, ${files} files of recordings; ${held} on legal hold`
}

function lineOf(hold: Hold): string {
  const { id, reason, by, at, from, to, session, principal, connection } = hold
  const of = [session, principal, connection].filter((name) => name !== undefined)
  const what = of.length === 0 ? 'everything' : of.join(' ')
  return [id, at, by, `${from ?? 'ever'} to ${to ?? 'ever'}`, what, reason].join('\t')
}

function say(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}
