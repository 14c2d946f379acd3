import type { ConnectionFile } from '../schema/index.ts'
import type { ConnectionConfig, ConnectionKey } from './config.ts'
import { isPrivate, secretOf, type Source } from './source.ts'

/** The Claude API may think for minutes before it answers without a stream. */
export const DEFAULT_TIMEOUT_MS = 600_000

/** A connection as the file has it; what is wrong with it is added to the source's problems. */
export function connectionOf(
  file: ConnectionFile,
  where: string,
  from: Source,
): ConnectionConfig | undefined {
  const [active, ...others] = keysOf(file.keys, `${where}/keys`, from)
  const upstream = upstreamUrl(file.upstream, `${where}/upstream`, from)
  if (active === undefined || upstream === undefined) return undefined
  return {
    name: file.name,
    upstream,
    labels: file.labels,
    timeoutMs: file.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    keys: [active, ...others],
    ...(file.operations === undefined ? {} : { operations: file.operations }),
    ...(file.recordingDays === undefined ? {} : { recordingDays: file.recordingDays }),
    ...(file.models === undefined ? {} : { models: file.models }),
    ...(file.headers?.drop === undefined ? {} : { dropHeaders: file.headers.drop }),
  }
}

function keysOf(keys: ConnectionFile['keys'], path: string, from: Source): ConnectionKey[] {
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) {
    from.problems.push({ path, message: 'must not have an id twice' })
  }
  return keys.flatMap((key, index) => {
    const secret = secretOf(key, `${path}/${index}`, from)
    return secret === undefined ? [] : [{ id: key.id, secret }]
  })
}

function upstreamUrl(text: string, path: string, from: Source): URL | undefined {
  const url = new URL(text)
  if (!isPrivate(url)) {
    from.problems.push({ path, message: 'must be https, or http on loopback' })
    return undefined
  }
  if (url.username + url.password + url.search + url.hash !== '') {
    const message = 'must be scheme, host and path alone: a key goes into /keys'
    from.problems.push({ path, message })
    return undefined
  }
  return url
}

/** Checks what connections are only together. @returns the name of the default one */
export function defaultOf(
  connections: readonly ConnectionFile[],
  named: string | undefined,
  from: Source,
): string {
  const names = connections.map(({ name }) => name)
  if (new Set(names).size !== names.length) {
    from.problems.push({ path: '/connections', message: 'has a name twice; each must be unique' })
  }
  const name = named ?? names[0] ?? ''
  if (named !== undefined && !names.includes(named)) {
    const message = `must be the name of a connection: ${names.join(', ')}`
    from.problems.push({ path: '/defaultConnection', message })
  }
  return name
}
