import { mkdirSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { GatewayError, toError } from '../domain/index.ts'
import { KeyringError, readKeyring, usableKeys } from '../keyring/index.ts'
import { openAuditLog } from '../record/adapters/winston-log.ts'
import {
  checkpointSigner,
  parseQuery,
  QUERY_NAMES,
  verifyFolder,
  writeEvidence,
  type AuditQuery,
  type Evidence,
} from '../record/index.ts'
import { openConsoleClient } from './console-client.ts'
import { addPlaces, placesOf, type PlaceFlags, type Places } from './data-dir.ts'
import { addAttachments, writeIndex } from './evidence-package.ts'
import { fail } from './process.ts'
import { publicKeys } from './public-keys.ts'
import { exportSession } from './sessions.ts'

interface EvidenceFlags extends PlaceFlags {
  readonly out: string
  readonly why: string
  readonly user: string
  readonly publicKeys?: string
  readonly recordings?: boolean
  readonly unrecorded?: boolean
}

type Terms = Readonly<Record<string, string | undefined>>

/**
 * `phigate audit evidence`: records with the proof of their chain, and what is needed to read and check them in years.
 * The export is on record before anything is written.
 */
export function evidenceCommand(): Command {
  const command = addPlaces(new Command('evidence'))
    .description('write a package of records that can be read and verified without phigate')
    .requiredOption('--out <dir>', 'a folder that is not there yet')
    .requiredOption('--why <text>', 'what for: goes into the audit log')
    .option('--recordings', 'the masked recordings of the sessions as well, through the console')
    .option('--public-keys <file>', "what `keys public` printed; else the keyring's")
    .option('--unrecorded', 'the data directory is a copy: the export cannot be recorded')
    .addOption(new Option('--user <name>', 'demo mode: as whom').default('auditor'))
    .allowExcessArguments(false)
  for (const [name, meaning] of Object.entries(QUERY_NAMES)) {
    if (name === 'before' || name === 'limit') continue
    command.option(`--${name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} <text>`, meaning)
  }
  return command.action((flags: EvidenceFlags & Terms) => run(flags))
}

async function run(flags: EvidenceFlags & Terms): Promise<void> {
  const { out } = flags
  const places = placesOf(flags, 'audit evidence')
  const { dataDir, keyring } = places
  const asked = Object.fromEntries(
    Object.keys(QUERY_NAMES).flatMap((name) =>
      flags[name] === undefined ? [] : [[name, flags[name]]],
    ),
  )
  const query = queryOf(asked)
  const keys = publicKeys(flags.publicKeys, keyring)
  if (keys === undefined) {
    fail('audit evidence', 'there are no public keys: give --public-keys or --config')
  }
  try {
    mkdirSync(out, { mode: 0o700 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    fail('audit evidence', `${out} cannot be made: ${code}`)
  }
  let evidence: Evidence | undefined
  let recordedAs: number | undefined
  try {
    recordedAs =
      flags.unrecorded === true ? undefined : await recordExport(flags, places, Object.keys(asked))
    evidence = await writeEvidence(join(dataDir, 'audit'), query, out)
  } finally {
    // Nothing was begun: the next try needs the place.
    if (evidence === undefined) rmSync(out, { recursive: true })
  }
  if (evidence === undefined) fail('audit evidence', 'no record fits', 1)
  const missing = await addAttachments(out, dataDir, keys, evidence.revisions)
  if (flags.recordings === true)
    missing.push(...(await addRecordings(out, flags.user, evidence.sessions)))
  const verified = await verifyFolder(out, { keys, package: true })
  if (!verified.ok) {
    fail('audit evidence', `${verified.path} line ${verified.line}: ${verified.problem}`, 1)
  }
  writeIndex(out, { asked, reason: flags.why, recordedAs, evidence, missing })
  const { records, omitted } = evidence
  process.stdout.write(
    `${out}: ${records} records, ${omitted} left out by their digests; see INDEX.md\n`,
  )
  for (const one of missing) process.stdout.write(`missing: ${one}\n`)
}

function queryOf(asked: Terms): AuditQuery {
  try {
    return parseQuery(asked)
  } catch (error) {
    if (error instanceof GatewayError) fail('audit evidence', error.message)
    throw error
  }
}

/** By whoever writes the log: the gateway where one runs, else this command. @returns the record's number */
async function recordExport(
  { why, user }: EvidenceFlags,
  places: Places,
  terms: readonly string[],
): Promise<number> {
  let noKeyring: KeyringError | undefined
  try {
    return await recordHere(places, why, terms)
  } catch (error) {
    // Whoever has no keyring needs none where a gateway runs.
    if (error instanceof KeyringError) noKeyring = error
    else if (!/ is held by process /.test(toError(error).message)) throw error
  }
  try {
    const client = await openConsoleClient(process.env, user)
    const body = { reason: why, terms }
    return ((await client.call('POST', '/api/audit/exports', body)) as { seq: number }).seq
  } catch (error) {
    if (noKeyring === undefined) throw error
    throw new GatewayError(
      'internal',
      `the export cannot be recorded: ${noKeyring.message}; ${toError(error).message}`,
    )
  }
}

async function recordHere(
  { dataDir, keyring }: Places,
  reason: string,
  terms: readonly string[],
): Promise<number> {
  const [{ id, secret }] = usableKeys(readKeyring(keyring), 'checkpoint')
  const log = await openAuditLog({
    directory: join(dataDir, 'audit'),
    clock: { now: () => Date.now() },
    labels: { app: 'phigate' },
    sign: checkpointSigner({ id, secret: secret.reveal() }),
  })
  try {
    const detail = `by ${terms.toSorted().join(', ') || 'nothing'}: ${reason}`
    const custom = { kind: 'audit-export' as const, detail }
    const by = `local|${userInfo().username}`
    return (await log.append({ labels: { app: 'phigate' }, requested_by: by, custom })).seq
  } finally {
    await log.close()
  }
}

/** @returns what could not be had */
async function addRecordings(
  out: string,
  user: string,
  sessions: readonly string[],
): Promise<readonly string[]> {
  const missing: string[] = []
  mkdirSync(join(out, 'recordings'), { mode: 0o700 })
  for (const [number, session] of sessions.entries()) {
    // Names of sessions are digests of ours, but a file is named by its number all the same.
    const output = join(out, 'recordings', `${number + 1}.ndjson`)
    try {
      await exportSession(session, { user, format: 'ndjson', output })
    } catch (error) {
      missing.push(`recording of session ${session}: ${toError(error).message}`)
    }
  }
  return missing
}
