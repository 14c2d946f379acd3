import { lstatSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Who holds a folder. `started` tells a process from a later one that was given the same number. */
interface Holder {
  readonly pid: number
  readonly started: string | undefined
}

/** A folder that this process alone writes to. */
export interface FolderLock {
  release(): void
}

/**
 * Takes a folder for this process by a file `audit.lock` that only one can create. A lock whose process is gone is
 * taken over.
 *
 * Processes are told by their number on this machine: two containers that share a volume do not see each other's.
 * The audit log notices that case at its next write, because the file is then longer than it left it.
 * @throws Error when a living process holds the folder
 */
export function lockFolder(directory: string): FolderLock {
  const path = join(directory, 'audit.lock')
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) })
  if (!create(path, mine)) {
    refuseIfHeld(path)
    removeStale(path, mine)
    if (!create(path, mine)) throw new Error(`${path} was taken by another process just now`)
  }
  return {
    release: () => {
      if (readIfThere(path) === mine) unlinkSync(path)
    },
  }
}

function create(path: string, content: string): boolean {
  try {
    // Flushed, or a power cut would leave a lock that names nobody.
    writeFileSync(path, content, { flag: 'wx', mode: 0o600, flush: true })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (syscallOf(error) === 'open') throw error
    // Made, and not written: the disk is full. The next start must not find a lock that names nobody.
    rmSync(path, { force: true })
    throw new Error(`${path} cannot be written: ${String(codeOf(error))}`, { cause: error })
  }
}

function refuseIfHeld(path: string): void {
  const content = readIfThere(path)
  if (content === undefined) return
  const holder = parseHolder(content)
  // Its process ended between making the file and writing it, or the power did.
  if (content === '' && isOld(path)) return
  if (holder === undefined) {
    throw new Error(`${path} names no process; delete it if no gateway uses this folder`)
  }
  if (isAlive(holder)) {
    throw new Error(
      `${path} is held by process ${holder.pid}, which is running; one folder serves one gateway`,
    )
  }
}

/** Of several that saw the same stale lock, one removes it: a later one would remove the new lock of an earlier one. */
function removeStale(path: string, mine: string): void {
  const guard = `${path}.takeover`
  if (!create(guard, mine)) {
    throw new Error(`${guard}: another process takes the folder over; delete the file if none does`)
  }
  try {
    refuseIfHeld(path)
    rmSync(path, { force: true })
  } finally {
    unlinkSync(guard)
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Between making the lock and writing it are microseconds. */
const UNWRITTEN_MS = 10_000

function isOld(path: string): boolean {
  const made = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs
  return made === undefined || Date.now() - made > UNWRITTEN_MS
}

/** POSIX has `pid_t` signed, and no system that Node runs on gives it more than 32 bits. */
const MAX_PID = 0x7f_ff_ff_ff

function parseHolder(content: string): Holder | undefined {
  try {
    const value = JSON.parse(content) as { pid?: unknown; started?: unknown }
    const { pid, started } = value
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid)) return undefined
    if (pid < 1 || pid > MAX_PID) return undefined
    return { pid, started: typeof started === 'string' ? started : undefined }
  } catch {
    return undefined
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: there is such a process, it belongs to somebody else.
    if (codeOf(error) === 'ESRCH') return false
  }
  const started = startOf(holder.pid)
  if (started === 'ended') return false
  return holder.started === undefined || started === undefined || holder.started === started
}

/** When a process started, in the kernel's ticks; undefined where the system does not tell, `ended` for a zombie. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the command in parentheses and may hold anything: count from behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'ended' : fields[19]
  } catch {
    return undefined
  }
}

function syscallOf(error: unknown): unknown {
  return error instanceof Error && 'syscall' in error ? error.syscall : undefined
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
