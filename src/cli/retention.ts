import { Command, Option } from 'commander'
import { openConsoleClient, type ConsoleClient } from './console-client.ts'

interface Run {
  readonly files: number
  readonly removed?: { readonly first: number; readonly last: number }
  readonly kept: string
}

interface Hold {
  readonly id: string
  readonly reason: string
  readonly by: string
  readonly at: string
  readonly from?: string
  readonly to?: string
}

/** `phigate retention`: what is removed when it is old enough, and what is held; through the console's API. */
export function retentionCommand(): Command {
  const retention = new Command('retention').description('how long the audit log is kept')
  retention
    .addCommand(
      asAdmin('status')
        .description('the time that it is kept, and the legal holds')
        .action(async ({ user }: { user: string }) => {
          const client = await clientOf(user)
          const { days, holds } = (await client.call('GET', '/api/retention')) as {
            days: number
            holds: readonly Hold[]
          }
          say(`kept for ${days} days`, ...holds.map(lineOf))
        }),
    )
    .addCommand(
      asAdmin('run')
        .description('remove what is old enough, in whole files')
        .option('--dry-run', 'say what would be removed')
        .action(async ({ user, dryRun }: { user: string; dryRun?: boolean }) => {
          const client = await clientOf(user)
          const body = { dryRun: dryRun === true }
          const { files, removed, kept } = (await client.call(
            'POST',
            '/api/retention/run',
            body,
          )) as Run
          const records =
            removed === undefined ? '' : `, records ${removed.first} to ${removed.last}`
          say(`${dryRun === true ? 'would remove' : 'removed'} ${files} files${records}; ${kept}`)
        }),
    )
    .addCommand(
      asAdmin('hold')
        .description('place a legal hold: nothing of its time is removed while it stands')
        .requiredOption('--reason <text>', 'why: goes into the audit log')
        .option('--from <time>', 'what is of this time or later; everything when not given')
        .option('--to <time>', 'what is before this time')
        .action(
          async ({
            user,
            ...body
          }: {
            user: string
            reason: string
            from?: string
            to?: string
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

function lineOf({ id, reason, by, at, from, to }: Hold): string {
  return [id, at, by, `${from ?? 'ever'} to ${to ?? 'ever'}`, reason].join('\t')
}

function say(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}
