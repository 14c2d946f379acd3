import { setTimeout as pause } from 'node:timers/promises'
import type { ScanReport } from '../console/index.ts'
import type { ConsoleClient } from './console-client.ts'

const LOOK_MS = 300

/**
 * Scans what was recorded and prints what slipped through.
 * @param client made anew for each call: a token lives for minutes
 * @returns the exit code: 1 when something was found, the scan failed, or the session that was asked for is not there
 */
export async function scan(
  client: () => Promise<ConsoleClient>,
  filter: Readonly<Record<string, string>>,
  json: boolean,
): Promise<number> {
  const { id } = (await (await client()).call('POST', '/api/scans', filter)) as { id: string }
  let report: ScanReport
  do {
    await pause(LOOK_MS)
    report = (await (await client()).call('GET', `/api/scans/${id}`)) as ScanReport
  } while (report.state === 'running')
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : textOf(report))
  if (report.state === 'failed') process.stderr.write('the scan failed: what is told is not all\n')
  if (filter['session'] !== undefined && report.sessions === 0) {
    process.stderr.write('no such session is recorded: nothing was looked at\n')
    return 1
  }
  return report.state === 'done' && report.found.length === 0 ? 0 : 1
}

function textOf({ sessions, exchanges, revisions, found }: ScanReport): string {
  const under =
    revisions === null ? '' : `, policy ${revisions.policyRevision}, detector ${revisions.detector}`
  const lines = [
    `${exchanges} exchanges of ${sessions} sessions looked at${under}`,
    summaryOf({ sessions, found }),
    ...found.flatMap(sessionLines),
    ...(found.length === 0
      ? []
      : ['', 'What must not stay: phigate sessions shred SES --reason TEXT']),
  ]
  return `${lines.join('\n')}\n`
}

function summaryOf({ sessions, found }: Pick<ScanReport, 'sessions' | 'found'>): string {
  if (sessions === 0) return 'no recorded session fits'
  if (found.length === 0) return 'nothing would be masked today that was not'
  const callers = new Set(found.map(({ principal }) => principal))
  const connections = new Set(found.map(({ connection }) => connection))
  const patients = new Set(found.flatMap((session) => session.patients))
  return `${found.length} sessions of ${callers.size} callers on ${connections.size} connections, ${patients.size} patients`
}

function sessionLines(session: ScanReport['found'][number]): string[] {
  const { principal, onBehalfOf, connection, types, patients, first, last } = session
  const who = onBehalfOf === null ? principal : `${principal} for ${onBehalfOf}`
  return [
    '',
    `${session.session} ${who} on ${connection}, ${first} to ${last}`,
    `  ${countsOf(types)}; patients: ${patients.join(' ') || 'none'}`,
    ...session.exchanges.map(({ exchange, at, upstreamRequestId, passedUnder, findings }) => {
      const what = findings.map(
        ({ direction, type, recognizer, role, count }) =>
          `${type}=${count} by ${recognizer || 'a rule'} in ${direction === 'answer' ? 'the answer' : role}`,
      )
      const upstream = upstreamRequestId === undefined ? '' : `, upstream ${upstreamRequestId}`
      const under = `then policy ${passedUnder.policyRevision}, profile ${passedUnder.profile}, detector ${passedUnder.detector}`
      return `  ${exchange} ${at}${upstream}: ${what.join(', ')}; ${under}`
    }),
  ]
}

function countsOf(types: Readonly<Record<string, number>>): string {
  return Object.entries(types)
    .map(([type, count]) => `${type}=${count}`)
    .join(' ')
}
