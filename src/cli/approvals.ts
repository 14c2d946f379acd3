import { setTimeout as pause } from 'node:timers/promises'
import { Command, Option } from 'commander'
import { GatewayError, visible } from '../domain/index.ts'
import { openConsoleClient, type ConsoleClient } from './console-client.ts'

interface Listed {
  readonly id: string
  readonly status: string
  readonly principal: string
  readonly onBehalfOf: string | null
  readonly purpose: string | null
  readonly connection: string
  readonly session: string
  readonly model: string | null
  readonly scope: string
  readonly reviewDigest: string
  readonly policyRevision: string
  readonly requestReason: string | null
  readonly signals: readonly string[]
  readonly grant: { readonly status: string; readonly until: string; readonly used: number } | null
  readonly reasons: readonly { readonly code: string; readonly message: string }[]
  readonly totals: Readonly<Record<string, number>>
  readonly patients: number
  readonly needs: readonly { readonly groups: readonly string[]; readonly missing: number }[]
  /** Persons are told. */
  readonly approvals?: readonly {
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
  const look = async (): Promise<readonly Listed[]> => {
    // Anew each time: a token lives for minutes, a watch for hours.
    const client = await clientOf(flags.user)
    return ((await client.call('GET', path)) as { reviews: readonly Listed[] }).reviews
  }
  for (let reviews = await look(); ; reviews = await again(look)) {
    for (const review of reviews.toReversed()) {
      if (seen.has(review.id)) continue
      seen.add(review.id)
      process.stdout.write(`${lineOf(review)}\n`)
    }
    if (flags.watch !== true) return
  }
}

/** After a while, and until it works: a console that is started anew is there again in a moment. */
async function again<T>(look: () => Promise<T>): Promise<T> {
  for (let failed = false; ; failed = true) {
    await pause(WATCH_MS)
    try {
      return await look()
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code === 'invalid-request') throw error
      if (!failed) process.stderr.write(`phigate approvals: ${error.message}; still watching\n`)
    }
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
  const { totals, patients, approvals = [], expiresAt, url, payload, signals, grant } = review
  const found = Object.entries(totals).map(([type, count]) => `${type}=${count}`)
  const lines = [
    lineOf(review),
    ...(review.requestReason === null ? [] : [`  reason   ${onOneLine(review.requestReason)}`]),
    ...(review.onBehalfOf === null ? [] : [`  for      ${review.onBehalfOf}`]),
    ...(review.purpose === null ? [] : [`  purpose  ${review.purpose}`]),
    `  model    ${review.model ?? 'none'}`,
    `  session  ${review.session}`,
    ...(signals.length === 0 ? [] : [`  signals  ${signals.join(' ')}`]),
    `  found    ${found.join(' ') || 'nothing'}; ${patients} patients`,
    `  policy   ${review.policyRevision}`,
    `  digest   ${review.reviewDigest}`,
    `  expires  ${expiresAt}`,
    `  page     ${url}`,
    ...(grant === null
      ? []
      : [`  grant    ${grant.status} until ${grant.until}, used ${grant.used} times`]),
    ...approvals.map(
      ({ at, by, verdict, reason }) => `  ${verdict.padEnd(8)} ${at} ${by}: ${onOneLine(reason)}`,
    ),
    ...(payload === undefined ? [] : ['', visible(JSON.stringify(payload, undefined, 2))]),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** What people wrote: a line break in it must not make a line that looks like one of ours. */
function onOneLine(text: string): string {
  return visible(text.replaceAll(/\s+/g, ' '))
}

function pathOf(id: string): string {
  return `/api/reviews/${encodeURIComponent(id)}`
}

function clientOf(user: string): Promise<ConsoleClient> {
  return openConsoleClient(process.env, user)
}
