import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Problem } from './config-error.ts'
import { Secret } from './config.ts'

/** Where the parts of one configuration come from, and what was found wrong so far. */
export interface Source {
  /** The folder that relative paths start at: the file's own. */
  readonly base: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly problems: Problem[]
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host)
}

/** Whether nobody on the network can read along. */
export function isPrivate(url: URL): boolean {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(host))
}

/** The content of a file that holds a secret; undefined, and a problem, when there is none. */
function secretFile(name: string, path: string, from: Source): string | undefined {
  const file = resolve(from.base, name)
  try {
    const text = readFileSync(file, 'utf8').trim()
    if (text !== '') return text
    from.problems.push({ path, message: `names an empty file: ${file}` })
  } catch {
    from.problems.push({ path, message: `names a file that cannot be read: ${file}` })
  }
  return undefined
}

/** The secret that a file or a variable holds, by exactly one of the two. */
export function secretOf(
  source: { readonly file?: string; readonly env?: string },
  path: string,
  from: Source,
): Secret | undefined {
  const { file, env } = source
  if ((file === undefined) === (env === undefined)) {
    from.problems.push({ path, message: 'must have either file or env' })
    return undefined
  }
  const [at, text] =
    file === undefined
      ? [`${path}/env`, variable(env ?? '', `${path}/env`, from)]
      : [`${path}/file`, secretFile(file, `${path}/file`, from)]
  if (text === undefined) return undefined
  // It goes into a header. A certificate, or two keys in one file, would not.
  if (/^[\x21-\x7e]+$/.test(text)) return new Secret(text)
  from.problems.push({ path: at, message: 'must hold one line of visible ASCII characters' })
  return undefined
}

function variable(name: string, path: string, from: Source): string | undefined {
  const text = from.environment[name]?.trim()
  if (text !== undefined && text !== '') return text
  const is = text === undefined ? 'is not set' : 'is empty'
  from.problems.push({ path, message: `names the environment variable ${name}, which ${is}` })
  return undefined
}
