import { GatewayError } from '../domain/index.ts'
import type { Operation } from '../messages/index.ts'

export interface Route {
  /** Undefined for the default connection. */
  readonly connection: string | undefined
  readonly operation: Operation
  /** Path below the upstream's own. */
  readonly path: string
  /** The model that the path names. */
  readonly model?: string
  readonly query: readonly (readonly [name: string, value: string])[]
}

const CONNECTION = /^\/c\/([a-z][a-z0-9-]{0,62})(\/.*)$/
const MODEL = /^\/v1\/models\/([A-Za-z0-9][A-Za-z0-9._-]{0,99})$/

/** Surfaces of the API that keep data at the upstream or run code there: known, and closed. */
const CLOSED =
  /^\/v1\/(?:messages\/batches|files|skills|agents|environments|sessions|deployments|deployment_runs|vaults|memory_stores|webhooks|dreams|tunnels|organizations|user_profiles|complete|experimental)(?:\/|$)/

/**
 * Matches by path alone; the query goes along and is inspected.
 * @throws GatewayError `not-found`, `surface-closed`
 */
export function routeOf(method: string, url: string): Route {
  // Joined, not resolved: `//host/path` would give up its first part, and a target that names a host is a proxy's.
  const target = url.startsWith('/') ? URL.parse(`http://gateway.invalid${url}`) : null
  if (target === null) throw new GatewayError('not-found', `no such route for ${method}`)
  const { pathname, searchParams } = target
  const match = CONNECTION.exec(pathname)
  const connection = match?.[1]
  const path = match?.[2] ?? pathname
  const query = [...searchParams]
  const operation = operationOf(method, path)
  const [, model] = MODEL.exec(path) ?? []
  if (operation !== undefined) {
    return { connection, operation, path, query, ...(model === undefined ? {} : { model }) }
  }
  if (CLOSED.test(path)) {
    throw new GatewayError('surface-closed', 'Blocked by policy: this part of the API is closed.')
  }
  throw new GatewayError('not-found', `no such route for ${method}`)
}

function operationOf(method: string, path: string): Operation | undefined {
  switch (`${method} ${path}`) {
    case 'POST /v1/messages':
      return 'messages.create'
    case 'POST /v1/messages/count_tokens':
      return 'messages.count_tokens'
    case 'GET /v1/models':
      return 'models.list'
    default:
      return method === 'GET' && MODEL.test(path) ? 'models.get' : undefined
  }
}
