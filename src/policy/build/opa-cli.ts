import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PolicyError } from '../policy-error.ts'
import { downloadOpa, RELEASES_URL, type ReleasePins } from './opa-download.ts'
import { OPA_MODULE, pinnedOpaVersion, whyNotOpa } from './opa-version.ts'
import { run as realRun, type Environment, type Run } from './run.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

export interface FindOpaOptions {
  /** Reads PATH, PHIGATE_OPA, PHIGATE_OPA_URL and PHIGATE_OPA_SHA256; handed on to the commands that are run. */
  readonly env: Environment
  /** Where a binary that was built or downloaded is kept. */
  readonly cacheDir?: string
  /** Directory of the go.mod that pins OPA. */
  readonly toolsDir?: string
  readonly pins?: ReleasePins
  readonly run?: Run
  /** `linux-x64`: Node's platform and architecture. */
  readonly platform?: string
}

interface Search {
  readonly env: Environment
  readonly run: Run
  readonly version: string
  readonly toolsDir: string
  readonly platform: string
  /** Absolute path of the cached binary. */
  readonly cached: string
}

/**
 * The path of an OPA binary of exactly the pinned version: `$PHIGATE_OPA`, `opa` on PATH, the cached one, one built
 * with Go from tools/go.mod, or the official release checked against a pinned digest.
 * @throws PolicyError that names each way and why it failed
 */
export async function findOpa(options: FindOpaOptions): Promise<string> {
  const search = prepare(options)
  const { env, version, run } = search
  const named = env['PHIGATE_OPA']
  if (named !== undefined && named !== '') {
    const path = resolve(named)
    const why = await whyNotOpa(path, version, run, env)
    if (why !== undefined) throw new PolicyError(`the binary that PHIGATE_OPA names ${why}`)
    return path
  }
  const onPath = await fromPath(search)
  if (onPath.found !== undefined) return onPath.found
  if (await isCached(search)) return search.cached
  const noBuild = await attempt(() => buildWithGo(search))
  if (noBuild === undefined) return search.cached
  const noDownload = await attempt(() => download(search, options.pins))
  if (noDownload === undefined) return search.cached
  throw new PolicyError(
    `OPA ${version} is needed and was not found. ` +
      `1. Existing binary: PHIGATE_OPA is not set, and ${onPath.why}. ` +
      `2. Build with Go from tools/go.mod: ${noBuild}. ` +
      `3. Download of the official release: ${noDownload}.`,
  )
}

function prepare(options: FindOpaOptions): Search {
  const toolsDir = resolve(options.toolsDir ?? join(repository, 'tools'))
  const version = pinnedOpaVersion(toolsDir)
  const platform = options.platform ?? `${process.platform}-${process.arch}`
  const cacheDir = resolve(options.cacheDir ?? join(repository, '.cache'))
  const cached = join(cacheDir, 'opa', version, executable(platform))
  return { env: options.env, run: options.run ?? realRun, version, toolsDir, platform, cached }
}

function executable(platform: string): string {
  return platform.startsWith('win32') ? 'opa.exe' : 'opa'
}

async function fromPath(search: Search): Promise<{ found?: string; why: string }> {
  let why = 'there is no opa on PATH'
  for (const directory of (search.env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(directory, executable(search.platform))
    if (directory === '' || !isExecutable(candidate)) continue
    const wrong = await whyNotOpa(candidate, search.version, search.run, search.env)
    if (wrong === undefined) return { found: candidate, why: '' }
    why = `opa on PATH ${wrong}`
  }
  return { why }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function isCached({ cached, version, run, env }: Search): Promise<boolean> {
  return existsSync(cached) && (await whyNotOpa(cached, version, run, env)) === undefined
}

async function buildWithGo({ env, run, version, toolsDir, cached }: Search): Promise<void> {
  const temporary = `${cached}.${process.pid}.tmp`
  mkdirSync(dirname(cached), { recursive: true })
  try {
    const flags = ['-mod=readonly', '-trimpath', '-ldflags=-s -w', '-o', temporary, OPA_MODULE]
    const built = await run('go', ['build', '-C', toolsDir, ...flags], {
      env,
      timeoutMs: 1_200_000,
    })
    if (built.code !== 0) throw new PolicyError(`go build failed (${firstLine(built.stderr)})`)
    const why = await whyNotOpa(temporary, version, run, env)
    if (why !== undefined) throw new PolicyError(`the binary built ${why}`)
    renameSync(temporary, cached)
  } finally {
    rmSync(temporary, { force: true })
  }
}

async function download(search: Search, given: ReleasePins | undefined): Promise<void> {
  const { env, run, version, platform, cached } = search
  const pins = given ?? readPins(search.toolsDir)
  await downloadOpa({
    version,
    platform,
    pins,
    operatorPin: env['PHIGATE_OPA_SHA256'],
    baseUrl: (env['PHIGATE_OPA_URL'] ?? RELEASES_URL).replace(/\/+$/, ''),
    target: cached,
  })
  const why = await whyNotOpa(cached, version, run, env)
  if (why === undefined) return
  rmSync(cached, { force: true })
  throw new PolicyError(`the binary downloaded ${why}`)
}

function readPins(toolsDir: string): ReleasePins {
  const text = readFileSync(join(toolsDir, 'opa-releases.json'), 'utf8')
  return JSON.parse(text) as ReleasePins
}

/** Why the act failed, or undefined where it did not. */
async function attempt(act: () => Promise<void>): Promise<string | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'it failed'
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
