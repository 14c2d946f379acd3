import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncDirectory } from './durable-file.ts'

/** Where the next version is written. Who cannot finish it leaves the version before as it was. */
const draftOf = (path: string): string => `${path}.new`

/**
 * Puts a text (mode 0600) in the place of a file: a reader sees the old one or the new one, whole, after a crash too.
 * One caller at a time for one path. Resolves when the new one is on disk.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = draftOf(path)
  try {
    const handle = await open(draft, 'w', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncDirectory(dirname(path))
}

/** The same, done when it returns. The parts are written one behind the other. */
export function replaceFileSync(path: string, ...parts: readonly (Uint8Array | string)[]): void {
  const draft = draftOf(path)
  try {
    writeFileDurably(draft, ...parts)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  syncDirectorySync(dirname(path))
}

/** Writes a file (mode 0600); its content is on disk when this returns, its name once the directory is synced. */
export function writeFileDurably(path: string, ...parts: readonly (Uint8Array | string)[]): void {
  const handle = openSync(path, 'w', 0o600)
  try {
    for (const part of parts) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part
      for (let at = 0; at < bytes.byteLength;) at += writeSync(handle, bytes, at)
    }
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes the names in a directory survive a crash. */
export function syncDirectorySync(directory: string): void {
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
