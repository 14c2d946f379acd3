import { Command, Option } from 'commander'
import { openConsoleClient, type ConsoleClient } from './console-client.ts'

interface Listed {
  readonly principals: readonly {
    readonly id: string
    readonly blocked: { readonly reason: string; readonly by: string; readonly at: string } | null
    readonly connections: readonly {
      readonly connection: string
      readonly requestsLastMinute: number
      readonly concurrent: number
      readonly tokensToday: number
      readonly patientsToday: number
    }[]
  }[]
}

/** `phigate principals`: who calls, and who may not; through the console's API. */
export function principalsCommand(): Command {
  const principals = new Command('principals').description('see and block who calls')
  principals
    .addCommand(
      asWhom('list')
        .description('who called since the start, and who is blocked')
        .action(async ({ user }: { user: string }) => {
          const answer = await (await clientOf(user)).call('GET', '/api/principals')
          for (const line of linesOf(answer as Listed)) process.stdout.write(`${line}\n`)
        }),
    )
    .addCommand(
      changing('block')
        .description('lock a principal out at once, its open exchanges too')
        .action((id: string, flags: { user: string; reason: string }) =>
          change('block', id, flags),
        ),
    )
    .addCommand(
      changing('unblock')
        .description('let a principal in again')
        .action((id: string, flags: { user: string; reason: string }) =>
          change('unblock', id, flags),
        ),
    )
  return principals
}

function asWhom(name: string): Command {
  return new Command(name).addOption(
    new Option('--user <name>', 'demo mode: as whom').default('admin'),
  )
}

function changing(name: string): Command {
  return asWhom(name)
    .argument('<id>', 'issuer|subject, as `principals list` and the audit log print it')
    .option('--reason <text>', 'why: goes into the audit log', 'no reason given')
}

async function change(
  what: 'block' | 'unblock',
  id: string,
  { user, reason }: { readonly user: string; readonly reason: string },
): Promise<void> {
  await (await clientOf(user)).call('POST', `/api/principals/${what}`, { id, reason })
  process.stdout.write(`${what}ed ${id}\n`)
}

function clientOf(user: string): Promise<ConsoleClient> {
  return openConsoleClient(process.env, user)
}

function linesOf({ principals }: Listed): readonly string[] {
  return principals.flatMap(({ id, blocked, connections }) => [
    blocked === null ? id : `${id} blocked ${blocked.at} by ${blocked.by}: ${blocked.reason}`,
    ...connections.map(
      (use) =>
        `  ${use.connection}: ${use.requestsLastMinute} requests in the last minute, ` +
        `${use.concurrent} now; today ${use.tokensToday} tokens, ${use.patientsToday} patients`,
    ),
  ])
}
