import { isDeepStrictEqual } from 'node:util'
import { PURPOSES, type Key } from './key.ts'
import { KeyringError } from './keyring-error.ts'
import { readKeyring } from './keyring-file.ts'
import { usableKeys, type Keyring } from './keyring.ts'

/** The keyring that runs. It is replaced as a whole, never changed. */
export interface LiveKeyring {
  now(): Keyring
  /**
   * Takes over what stands in the file, all of it or nothing: what is wrong leaves the last good keyring in place.
   * Never rejects; reloads run one after the other.
   */
  reload(): Promise<void>
}

export interface LiveKeyringOptions {
  readonly file: string
  /**
   * Makes ready what holds keys of its own, then calls `commit`, then lets it work. Where it rejects nothing has changed.
   * @param commit makes the change durable in the log; from then on `now` is the next keyring
   */
  readonly takeOver: (next: Keyring, commit: () => Promise<void>) => Promise<void>
  /** Makes records of the changes, as `changesOf` tells them. */
  readonly record: (next: Keyring) => Promise<unknown>
  /** Makes a record of a refusal. */
  readonly refused: (detail: string) => Promise<unknown>
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}

export function liveKeyring(start: Keyring, options: LiveKeyringOptions): LiveKeyring {
  const { file, takeOver, record, refused, log } = options
  let keyring = start
  let last = Promise.resolve()
  const attempt = async (): Promise<void> => {
    const next = readKeyring(file)
    checkSuccessor(keyring, next)
    const changes = changesOf(statesOf(keyring), statesOf(next))
    if (changes.length === 0) return
    await takeOver(next, async () => {
      await record(next)
      keyring = next
    })
    log('keyring-reloaded', { changes: changes.join(', ') })
  }
  const keepLastGood = async (error: unknown): Promise<void> => {
    const problems = error instanceof KeyringError ? error.message : 'it could not be taken over'
    log('keyring-reload-failed', { problems, running: 'the last good keyring' })
    await refused('keyring refused: the last good one goes on').catch(() =>
      log('reload-not-recorded', {}),
    )
  }
  return {
    now: () => keyring,
    reload() {
      last = last.then(attempt).catch(keepLastGood)
      return last
    },
  }
}

/**
 * What a running gateway cannot take over: whatever was made with a key would be lost without anybody having said so.
 * @throws KeyringError naming the key
 */
function checkSuccessor(before: Keyring, next: Keyring): void {
  const ids = new Map(next.keys.map((key) => [key.id, key]))
  for (const key of before.keys) {
    const is = ids.get(key.id)
    if (is === undefined) checkRemoved(key)
    else if (!isSame(key, is)) {
      throw new KeyringError(
        `${key.id} is another key than before: a new key needs an id of its own`,
      )
    }
  }
  const used = new Set(before.keys.filter(isActive).map(({ purpose }) => purpose))
  for (const purpose of PURPOSES) if (used.has(purpose)) usableKeys(next, purpose)
}

function checkRemoved({ id, purpose, state }: Key): void {
  if (state === 'retired') return
  throw new KeyringError(
    `${id} was removed while it was ${state} for ${purpose}: retire it first (phigate keys retire ${id})`,
  )
}

function isActive({ state }: Key): boolean {
  return state === 'active'
}

function isSame(a: Key, b: Key): boolean {
  return a.purpose === b.purpose && isDeepStrictEqual(a.secret.reveal(), b.secret.reveal())
}

/** Ids and states. */
export function statesOf({ keys }: Keyring): ReadonlyMap<string, string> {
  return new Map(keys.map(({ id, state }) => [id, state]))
}

/** Keys that are others than before, each as `ID: state -> state`. */
export function changesOf(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly string[] {
  const ids = [...new Set([...before.keys(), ...now.keys()])]
  return ids.flatMap((id) => {
    const [was, is] = [before.get(id), now.get(id)]
    return was === is ? [] : [`${id}: ${was ?? 'new'} -> ${is ?? 'gone'}`]
  })
}
