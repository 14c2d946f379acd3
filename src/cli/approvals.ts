import { setTimeout as pause } from 'node:timers/promises'
import { Command, Option } from 'commander'
import { openConsoleClient, type ConsoleClient } from './console-client.ts'

interface Listed {
  readonly id: string
  readonly status: string
  readonly principal: string
  readonly connection: string
  readonly model: string | null
  readonly scope: string
  readonly reasons: readonly { readonly code: string; readonly message: string }[]
  readonly totals: Readonly<Record<string, number>>
  readonly patients: number
  readonly needs: readonly { readonly groups: readonly string[]; readonly missing: number }[]
  readonly approvals: readonly {
    readonly by: string
    readonly verdict: string
    readonly reason: string
    readonly at: string
  }[]
  readonly createdAt: string
  readonly expiresAt: string
  readonly url: string
  readonly payload?: unknown
}

const WATCH_MS = 2000

const VERBS = [
  ['approve', 'approve a review, or say that it was right to break the glass'],
  ['deny', 'deny a review, or say that it was wrong to break the glass'],
  ['renew', 'allow once more what was allowed once, where nobody knows what became of it'],
  ['revoke', 'take back what was granted'],
] as const

/** `phigate approvals`: what waits for a person, and how a person answers; through the console's API. */
export function approvalsCommand(): Command {
  const approvals = new Command('approvals').description('see and answer what waits for approval')
  approvals
    .addCommand(
      asWhom('list')
        .description('reviews, the newest first')
        .option(
          '--status <status>',
          'pending, afterwards (the glass was broken), outcome-unknown, approved, denied, expired, cancelled or all',
          'pending',
        )
        .option('--watch', 'go on, and print each new one')
        .action((flags: { user: string; status: string; watch?: boolean }) => list(flags)),
    )
    .addCommand(
      asWhom('show')
        .description('one review, with the masked payload')
        .argument('<id>')
        .action(async (id: string, { user }: { user: string }) => {
          show((await (await clientOf(user)).call('GET', pathOf(id))) as Listed)
        }),
    )
  for (const [verb, what] of VERBS) {
    approvals.addCommand(
      asWhom(verb)
        .description(what)
        .argument('<id>')
        .requiredOption('--reason <text>', 'why: goes into the audit log')
        .action(async (id: string, { user, reason }: { user: string; reason: string }) => {
          const client = await clientOf(user)
          const review = (await client.call('POST', `${pathOf(id)}/${verb}`, { reason })) as Listed
          process.stdout.write(`${review.id} ${review.status}${missing(review)}\n`)
        }),
    )
  }
  return approvals
}

function asWhom(name: string): Command {
  return new Command(name).addOption(
    new Option('--user <name>', 'demo mode: as whom').default('reviewer'),
  )
}

async function list(flags: { user: string; status: string; watch?: boolean }): Promise<void> {
  const path = `/api/reviews${flags.status === 'all' ? '' : `?status=${flags.status}`}`
  const seen = new Set<string>()
  for (;;) {
    // Anew each time: a token lives for minutes, a watch for hours.
    const client = await clientOf(flags.user)
    const { reviews } = (await client.call('GET', path)) as { reviews: readonly Listed[] }
    for (const review of reviews.toReversed()) {
      if (seen.has(review.id)) continue
      seen.add(review.id)
      process.stdout.write(`${lineOf(review)}\n`)
    }
    if (flags.watch !== true) return
    await pause(WATCH_MS)
  }
}

function lineOf(review: Listed): string {
  const { id, status, createdAt, principal, connection, scope, reasons } = review
  const why = reasons.map(({ message }) => message).join(' ')
  return `${id} ${status} ${createdAt} ${principal} on ${connection} (${scope})${missing(review)}: ${why}`
}

function missing({ status, needs }: Listed): string {
  if (status !== 'pending') return ''
  const open = needs.filter((need) => need.missing > 0)
  return `, needs ${open.map((need) => `${need.missing} of ${need.groups.join(' or ')}`).join(' and ')}`
}

function show(review: Listed): void {
  const { totals, patients, approvals, expiresAt, url, payload } = review
  const found = Object.entries(totals).map(([type, count]) => `${type}=${count}`)
  const lines = [
    lineOf(review),
    `  found    ${found.join(' ') || 'nothing'}; ${patients} patients`,
    `  expires  ${expiresAt}`,
    `  page     ${url}`,
    ...approvals.map(
      ({ at, by, verdict, reason }) => `  ${verdict.padEnd(8)} ${at} ${by}: ${reason}`,
    ),
    ...(payload === undefined ? [] : ['', JSON.stringify(payload, undefined, 2)]),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function pathOf(id: string): string {
  return `/api/reviews/${encodeURIComponent(id)}`
}

function clientOf(user: string): Promise<ConsoleClient> {
  return openConsoleClient(process.env, user)
}
