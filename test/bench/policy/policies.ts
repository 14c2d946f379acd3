import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PolicyInput } from '../../../src/schema/index.ts'
import { findingIn, policyInput } from '../../unit/policy/facts.ts'

const shipped = fileURLToPath(new URL('../../../policies/', import.meta.url))

/** Teams, and the rules of each: 33 together. */
const TEAMS = ['access', 'privacy', 'research'] as const
const FINDINGS = 20

/** Rules of the kinds that teams write: limits, lists, findings by type and place, signals, a look-up in data. */
function rulesOf(team: string): readonly string[] {
  const deny = (code: string): string =>
    `deny contains {"code": "${team}-${code}", "message": "Refused by ${team}."}`
  const ask = (code: string): string =>
    `require_approval contains {"code": "${team}-${code}", "message": "Ask ${team}.", ` +
    '"approval": {"groups": ["officers"], "min": 1, "scope": "session", "ttlSeconds": 60}}'
  return [
    `allow contains {"code": "${team}", "message": "Granted by ${team}."} if {\n\t"claude:invoke" in input.principal.scopes\n}`,
    `${deny('place')} if {\n\tsome finding in input.findings\n\tfinding.place in {"key", "header", "query"}\n}`,
    `${deny('type')} if {\n\tsome finding in input.findings\n\tfinding.type in {"BIOMETRIC", "PHOTO"}\n\tfinding.role == "user"\n}`,
    `${ask('unsure')} if {\n\tsome finding in input.findings\n\tfinding.score < 0.2\n\tnot finding.operator == "keep"\n}`,
    `${ask('signal')} if {\n\tsome signal in input.signals\n\tsignal.name == "full-chart-summary"\n\tnot signal.granted\n}`,
    `${ask('patients')} if input.patients > 50`,
    `${deny('bulk')} if input.request.characters > 5000000`,
    `${deny('model')} if not input.request.model in {"claude-test", "claude-other"}`,
    `${deny('baa')} if {\n\tcount(input.findings) > 0\n\tnot input.connection.labels.baa\n}`,
    `${deny('tool')} if {\n\tsome tool in input.request.tools\n\ttool in {"WebFetch", "WebSearch"}\n}`,
    `${deny('suspended')} if data.directory.people[input.principal.id].suspended`,
  ]
}

/**
 * Writes the shipped gateway and profiles with 33 rules of three teams, and a directory of people as data.
 * @param dataBytes about how large that directory is as JSON
 */
export function writePolicies(dir: string, dataBytes: number): void {
  cpSync(shipped, dir, { recursive: true })
  for (const path of ['teams', 'bundle', 'cases']) {
    rmSync(join(dir, path), { recursive: true, force: true })
  }
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
  for (const team of TEAMS) {
    write(`teams/${team}/${team}.rego`, `package teams.${team}\n\n${rulesOf(team).join('\n\n')}\n`)
  }
  write('directory/data.json', JSON.stringify({ people: people(dataBytes) }))
}

export const RULES = TEAMS.reduce((sum, team) => sum + rulesOf(team).length, 0)

function people(bytes: number): Record<string, unknown> {
  const entries: Record<string, unknown> = {}
  const person = { suspended: false, groups: ['clinicians', 'ward-4'], site: 'north' }
  const each = JSON.stringify({ 'https://issuer.example|person-000000': person }).length
  for (let number = 0; number < bytes / each; number += 1) {
    entries[`https://issuer.example|person-${String(number).padStart(6, '0')}`] = person
  }
  return entries
}

/** Facts with 20 findings, which would be masked. */
export function factsWithFindings(): PolicyInput {
  const findings = Array.from({ length: FINDINGS }, (_, index) => ({
    ...findingIn('text'),
    path: `/messages/${index}/content/0/text`,
    type: (['PERSON', 'DATE', 'US_SSN', 'PHONE'] as const)[index % 4] ?? 'PERSON',
  }))
  const totals = { PERSON: 5, DATE: 5, US_SSN: 5, PHONE: 5 }
  return policyInput({
    findings,
    totals,
    masking: { fields: FINDINGS, byType: totals },
    patients: 2,
  })
}
