import { createHash, randomUUID } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PieceKind, Recorded } from '../../src/domain/index.ts'
import { keyringIn } from '../../src/config/index.ts'
import { readKeyring, usableKeys } from '../../src/keyring/index.ts'
import { openFrame, readHeader } from '../../src/recording/frame.ts'
import { SLOT_BYTES, unwrapSlot } from '../../src/recording/key-slots.ts'
import { unpacked } from '../../src/recording/packing.ts'
import type { RecordingKeys } from '../../src/recording/index.ts'

export const TEST_KEYS: RecordingKeys = [{ id: 'recording-1', secret: new Uint8Array(32).fill(7) }]

/** A request or an answer of pieces, to be recorded. */
export function recorded(
  session: string,
  texts: readonly (string | readonly [PieceKind, string])[],
  more: Partial<Recorded> = {},
): Recorded {
  const parts = texts.map((text) =>
    typeof text === 'string' ? (['message', text] as const) : text,
  )
  let start = 0
  const pieces = parts.map(([kind, text]) => {
    const bytes = Buffer.from(text)
    const piece = { kind, start, end: start + bytes.length, digest: sha256(bytes) }
    start = piece.end
    return piece
  })
  return {
    session,
    exchange: `dec_${randomUUID()}`,
    direction: 'request',
    at: Date.UTC(2026, 10, 22),
    about: {
      principal: 'https://issuer.example|svc',
      onBehalfOf: null,
      connection: 'claude',
      operation: 'messages.create',
      model: 'claude-test',
      profile: 'standard',
      policyRevision: 'revision',
      detector: '2',
    },
    info: {},
    bytes: Buffer.from(parts.map(([, text]) => text).join('')),
    pieces,
    marks: [],
    ...more,
  }
}

/** The recording keys of a data folder's keyring. */
export function recordingKeysOf(dataDir: string): RecordingKeys {
  const [active, ...accepted] = usableKeys(readKeyring(keyringIn(dataDir)), 'recording').map(
    ({ id, secret }) => ({ id, secret: secret.reveal() }),
  )
  if (active === undefined) throw new Error('no recording key')
  return [active, ...accepted]
}

/** Everything that the recordings of a data folder hold, decrypted: what is said of each frame, and its texts. */
export function recordedTexts(dataDir: string): string {
  const directory = join(dataDir, 'recordings')
  if (!existsSync(join(directory, 'keys'))) return ''
  const keys = recordingKeysOf(dataDir)
  const slots = readFileSync(join(directory, 'keys'))
  const keyOf = (slot: number): KeyObject | undefined => {
    const bytes = slots.subarray(slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES)
    return unwrapSlot(bytes, slot, keys)?.key
  }
  const texts: string[] = []
  for (const name of readdirSync(directory).filter((file) => file.endsWith('.bin'))) {
    const bytes = readFileSync(join(directory, name))
    for (let at = 0; ;) {
      const header = readHeader(bytes, at)
      if (header === undefined || at + header.length > bytes.length) break
      const key = keyOf(header.slot)
      const frame = bytes.subarray(at, at + header.length)
      if (key !== undefined)
        texts.push(unpacked(openFrame(key, frame)).subarray(4).toString('utf8'))
      at += header.length
    }
  }
  return texts.join('\n')
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Text that no packing makes much smaller: what takes room takes it on disk as well. */
export function bulky(name: string, bytes: number): string {
  let text = ''
  for (let part = 0; text.length < bytes; part += 1) text += sha256(Buffer.from(`${name} ${part}`))
  return text.slice(0, bytes)
}
