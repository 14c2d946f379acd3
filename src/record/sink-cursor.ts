import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makePrivateDirectory, replaceFile } from '../durable/index.ts'
import { ZERO_HASH } from './chain.ts'

/** How far a sink has acknowledged the log. */
export interface Cursor {
  /** The last record that it has. */
  readonly seq: number
  /** The hash of that record, which the next one has to name. */
  readonly hash: string
  /** The file that its next record stands in, by its first record, and where in it. */
  readonly first: number
  readonly offset: number
  /** Bytes of the checkpoints that it has. */
  readonly checkpoints: number
}

const BEGINNING: Cursor = { seq: 0, hash: ZERO_HASH, first: 1, offset: 0, checkpoints: 0 }

/** @throws Error when the file is there and holds no cursor: to begin anew would send everything again */
export function readCursor(path: string): Cursor {
  if (!existsSync(path)) return BEGINNING
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>
    const number = (name: string): number => {
      const given = value[name]
      if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 0) return given
      throw new Error(`${name} is no number`)
    }
    const hash = String(value['hash'])
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('hash is no hash')
    return {
      seq: number('seq'),
      hash,
      first: number('first'),
      offset: number('offset'),
      checkpoints: number('checkpoints'),
    }
  } catch (cause) {
    throw new Error(`${path} holds no cursor; delete it to send the log from its beginning`, {
      cause,
    })
  }
}

/** Replaces a cursor; a reader sees the old one or the new one, whole, after a crash too. */
export async function writeCursor(path: string, cursor: Cursor): Promise<void> {
  await makePrivateDirectory(dirname(path))
  await replaceFile(path, JSON.stringify(cursor))
}
