/** What is on disk. */
import { join } from 'node:path'
import type { Config } from '../config/index.ts'
import type { MaskKeys } from '../inspect/index.ts'
import { usableKeys, type Key, type Keyring } from '../keyring/index.ts'
import { openAuditLog } from '../record/adapters/winston-log.ts'
import type { OwnAuditLog } from '../record/index.ts'
import { openRecordingStore, type OpenRecordings } from '../recording/index.ts'
import type { KeyPurpose } from '../schema/index.ts'
import { openRecordingIndex, openStore, type Store } from '../store/index.ts'
import { auditLogOf } from './auditing.ts'
import { clock, VERSION, type Labels, log } from './process.ts'

export interface Storage {
  readonly audit: OwnAuditLog
  readonly recordings: OpenRecordings
  readonly file: string
  readonly store: Store
  close(): Promise<void>
}

export async function openStorage(
  config: Config,
  keyring: () => Keyring,
  labels: Labels,
): Promise<Storage> {
  // First, because it makes the folder private and keeps a second process out of it.
  const audit = await openAuditLog({
    ...auditLogOf(config, keyring, clock, labels),
    onHealth: saying('audit-log'),
    onSigning: saying('audit-signing'),
  })
  const file = join(config.dataDir, 'phigate.db')
  const store = openStore(file)
  const index = openRecordingIndex(join(config.dataDir, 'recordings.db'))
  const recordings = await openRecordingStore({
    directory: join(config.dataDir, 'recordings'),
    index,
    keys: () => keysOf(keyring(), 'recording'),
    onHealth: saying('recordings'),
  })
  return {
    audit,
    recordings,
    file,
    store,
    async close() {
      await audit.close()
      await recordings.close()
      index.close()
      store.close()
    },
  }
}

/** Whoever runs the gateway is told on stderr when it can write no more, and when it can again. */
function saying(what: string): (state: string, problem: string) => void {
  return (state, problem) => log(`${what}-${state}`, problem === '' ? {} : { problem })
}

export async function closeStorage(storage: Storage, labels: Labels): Promise<void> {
  await storage.audit
    .append({ labels, custom: { kind: 'stop', detail: `phigate ${VERSION}` } })
    .catch(() => log('stop-not-recorded', {}))
  await storage.close()
}

/** As plain data, because the keys cross a thread boundary. */
export function keysOf(keyring: Keyring, purpose: KeyPurpose): MaskKeys {
  const [active, ...accepted] = usableKeys(keyring, purpose)
  const plain = ({ id, secret }: Key): MaskKeys[number] => ({ id, secret: secret.reveal() })
  return [plain(active), ...accepted.map(plain)]
}
