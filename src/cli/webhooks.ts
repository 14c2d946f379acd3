import { Command, Option } from 'commander'
import { KeyringError, readKeyring, usableKeys } from '../keyring/index.ts'
import { webhookSecret } from '../notify/index.ts'
import { openConsoleClient } from './console-client.ts'
import { addPlaces, placesOf, type PlaceFlags } from './data-dir.ts'
import { fail } from './process.ts'

interface Listed {
  readonly endpoints: readonly { readonly url: string; readonly events: readonly string[] }[]
  readonly undelivered: readonly {
    readonly id: string
    readonly url: string
    readonly state: string
    readonly attempts: number
    readonly problem: string | null
    readonly nextAt: string | null
  }[]
}

/** `phigate webhooks`: who is notified, what they have not got, and the secret that a receiver checks signatures with. */
export function webhooksCommand(): Command {
  return new Command('webhooks')
    .description('notifications of reviews')
    .addCommand(
      new Command('list')
        .description('receivers, and what could not be delivered')
        .addOption(new Option('--user <name>', 'demo mode: as whom').default('admin'))
        .action(async ({ user }: { user: string }) => {
          const client = await openConsoleClient(process.env, user)
          list((await client.call('GET', '/api/webhooks')) as Listed)
        }),
    )
    .addCommand(
      new Command('resend')
        .description('try again what was given up: one notification, or all of them')
        .argument('[id]', 'as list shows it')
        .addOption(new Option('--user <name>', 'demo mode: as whom').default('admin'))
        .action(async (id: string | undefined, { user }: { user: string }) => {
          const client = await openConsoleClient(process.env, user)
          const asked = id === undefined ? {} : { id }
          const { resent } = (await client.call('POST', '/api/webhooks/resend', asked)) as {
            resent: number
          }
          process.stdout.write(`${resent} sent again\n`)
        }),
    )
    .addCommand(
      addPlaces(new Command('secret'))
        .description('the secret of one receiver, alone on stdout')
        .argument('<url>', 'as in phigate.yaml')
        .action(secret),
    )
}

function list({ endpoints, undelivered }: Listed): void {
  for (const { url, events } of endpoints) {
    process.stdout.write(`${url}\t${events.join(',')}\n`)
  }
  for (const { id, url, state, attempts, problem, nextAt } of undelivered) {
    const line = [id, state, `${attempts} attempts`, problem ?? '', nextAt ?? '', url]
    process.stdout.write(`${line.join('\t')}\n`)
  }
}

function secret(url: string, flags: PlaceFlags): void {
  if (!URL.canParse(url)) fail('webhooks', 'the address must be a URL')
  const { keyring } = placesOf(flags, 'webhooks')
  try {
    const [key] = usableKeys(readKeyring(keyring), 'webhook')
    process.stdout.write(`${webhookSecret({ secret: key.secret.reveal() }, new URL(url).href)}\n`)
  } catch (error) {
    if (error instanceof KeyringError) fail('webhooks', error.message, 1)
    throw error
  }
}
