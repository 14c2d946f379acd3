import { join } from 'node:path'
import { Command, Option } from 'commander'
import { GatewayError } from '../domain/index.ts'
import { logSearch, parseQuery, QUERY_NAMES } from '../record/index.ts'
import type { AuditRecord } from '../schema/index.ts'
import { openAuditIndex } from '../store/index.ts'
import { openConsoleClient } from './console-client.ts'
import { fail } from './process.ts'

interface SearchFlags {
  readonly files?: string
  readonly json?: boolean
  readonly user: string
}

/**
 * `phigate audit search`: through the console's API, where the search is recorded; or over files, for whoever has a copy
 * of them.
 */
export function searchCommand(): Command {
  const command = new Command('search')
    .description('find records, the newest first')
    .option('--files <dir>', 'a folder with a copy of the log, instead of asking the console')
    .option('--json', 'whole records, one a line')
    .addOption(new Option('--user <name>', 'demo mode: as whom').default('auditor'))
    .allowExcessArguments(false)
  for (const [name, meaning] of Object.entries(QUERY_NAMES)) {
    command.option(`--${dashed(name)} <text>`, meaning)
  }
  return command.action((flags: SearchFlags & Readonly<Record<string, string | undefined>>) =>
    run(flags),
  )
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

async function run(
  flags: SearchFlags & Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const asked = Object.fromEntries(
    Object.keys(QUERY_NAMES).flatMap((name) => {
      const value = flags[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const records =
    flags.files === undefined
      ? await fromConsole(flags.user, asked)
      : await fromFiles(flags.files, asked)
  for (const record of records) {
    process.stdout.write(`${flags.json === true ? JSON.stringify(record) : lineOf(record)}\n`)
  }
}

async function fromConsole(
  user: string,
  asked: Readonly<Record<string, string>>,
): Promise<readonly AuditRecord[]> {
  const client = await openConsoleClient(process.env, user)
  const path = `/api/audit?${new URLSearchParams(asked).toString()}`
  return ((await client.call('GET', path)) as { records: readonly AuditRecord[] }).records
}

async function fromFiles(
  directory: string,
  asked: Readonly<Record<string, string>>,
): Promise<readonly AuditRecord[]> {
  const index = openAuditIndex(':memory:')
  try {
    return await logSearch(directory, index).find(parseQuery(asked))
  } catch (error) {
    if (error instanceof GatewayError) fail('audit search', error.message)
    if (error instanceof Error && 'code' in error) {
      fail('audit search', `${join(directory)} cannot be read: ${String(error.code)}`, 1)
    }
    throw error
  } finally {
    index.close()
  }
}

function lineOf({
  timestamp,
  decision_id: id,
  requested_by: by,
  custom,
  result,
}: AuditRecord): string {
  const codes = result?.reasons.map(({ code }) => code).join(',')
  const what = result?.outcome ?? custom.end ?? custom.reviewStatus ?? custom.use ?? custom.detail
  const parts = [custom.seq, timestamp, custom.kind, what, by, custom.connection, id, codes]
  return parts.map((part) => part ?? '-').join('\t')
}
