/** The part of the composition root that is about the audit log. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config/index.ts'
import type { AuditDesk } from './console/index.ts'
import type { AuditLog, Clock } from './domain/index.ts'
import { usableKeys, type Keyring } from './keyring/index.ts'
import {
  checkpointSigner,
  parseQuery,
  QUERY_NAMES,
  type AuditLogOptions,
  type LogSearch,
  type OwnAuditLog,
} from './record/index.ts'

type Labels = Readonly<Record<'id' | 'app' | 'version', string>>

/** The log of a data directory, signed with the active key. */
export function auditLogOf(
  { dataDir }: Config,
  keyring: Keyring,
  clock: Clock,
  labels: Labels,
): AuditLogOptions {
  const [{ id, secret }] = usableKeys(keyring, 'checkpoint')
  return {
    directory: join(dataDir, 'audit'),
    clock,
    labels,
    version: labels.version,
    sign: checkpointSigner({ id, secret: secret.reveal() }),
  }
}

/** Records the start, and which keys are others than at the start before: a change of the keyring holds from here on. */
export async function recordStart(
  audit: AuditLog,
  { dataDir }: Config,
  keyring: Keyring,
  labels: Labels,
): Promise<void> {
  const detail = `phigate ${labels.version}`
  await audit.append({ labels, custom: { kind: 'start', detail } })
  const file = join(dataDir, 'keys-seen.json')
  const before = seenIn(file)
  const now = new Map(keyring.keys.map(({ id, state }) => [id, state as string]))
  for (const change of before === undefined ? [] : changes(before, now)) {
    await audit.append({ labels, custom: { kind: 'key-change', detail: change } })
  }
  // Behind the records: a crash in between tells of a change twice, and never not at all.
  writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(now)), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Ids and states; undefined at the first start. */
function seenIn(file: string): ReadonlyMap<string, string> | undefined {
  try {
    const seen = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>
    return new Map(Object.entries(seen))
  } catch {
    return undefined
  }
}

function changes(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly string[] {
  const ids = [...new Set([...before.keys(), ...now.keys()])]
  return ids.flatMap((id) => {
    const [was, is] = [before.get(id), now.get(id)]
    return was === is ? [] : [`${id}: ${was ?? 'new'} -> ${is ?? 'gone'}`]
  })
}

/** Searches on the record: by whom and by which terms. What was searched for stays out of it: it may be anything. */
export function auditDesk(audit: OwnAuditLog, search: LogSearch, labels: Labels): AuditDesk {
  return {
    terms: QUERY_NAMES,
    async search(by, terms) {
      const query = parseQuery(terms)
      const used = Object.keys(terms).filter((name) => terms[name] !== '')
      const detail = used.length === 0 ? 'everything' : `by ${used.toSorted().join(', ')}`
      const custom = { kind: 'audit-read' as const, detail }
      const { seq } = await audit.append({ labels, requested_by: by.id, custom })
      return search.find(query, seq)
    },
  }
}
