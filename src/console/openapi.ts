import type { Principal } from '../domain/index.ts'
import type { Action } from './permissions.ts'

/** Who asks for what. Only routes that need a permission have a caller. */
export interface Call {
  readonly principal: Principal
  /** The parsed JSON; undefined where there was none. */
  readonly body: unknown
  /** What stands in the path for a name after a colon. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | undefined>>
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal
}

/** One route of the console's API: what serves it and what describes it are made from this. */
export interface Route {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly summary: string
  /** What the caller needs; null serves everybody. */
  readonly action: Action | null
  /** JSON Schema of the answer. */
  readonly answer: object
  /** JSON Schema of what is sent. */
  readonly body?: object
  /** Names of what may stand behind the question mark, each with what it means. */
  readonly query?: Readonly<Record<string, string>>
  /** Why it may refuse, besides what follows from its permission, its parameters and its body. */
  readonly refusals?: Readonly<Partial<Record<404 | 409, string>>>
  readonly respond: (call: Call) => unknown
}

/** Where a change by a session brings the token of its forms. */
export const CSRF_HEADER = 'x-phigate-csrf'

const ERROR_SCHEMA = {
  type: 'object',
  required: ['type', 'request_id', 'error'],
  properties: {
    type: { const: 'error' },
    request_id: { type: 'string' },
    error: {
      type: 'object',
      required: ['type', 'message'],
      properties: { type: { type: 'string' }, message: { type: 'string' } },
    },
  },
}

/**
 * The OpenAPI 3.1 description of the given routes.
 * @param cookie name of the session's cookie; undefined where nobody can sign in
 */
export function describe(
  routes: readonly Route[],
  server: URL,
  version: string,
  cookie: string | undefined,
): object {
  return {
    openapi: '3.1.0',
    info: { title: 'phigate console', version },
    servers: [{ url: server.href }],
    components: {
      securitySchemes: {
        console: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        ...(cookie === undefined ? {} : bySession(cookie)),
      },
      schemas: { Error: ERROR_SCHEMA },
    },
    paths: Object.fromEntries(
      Object.entries(Object.groupBy(routes, ({ path }) => path.replaceAll(/:(\w+)/g, '{$1}'))).map(
        ([path, all = []]) => [
          path,
          Object.fromEntries(
            all.map((route) => [route.method, operation(route, cookie !== undefined)]),
          ),
        ],
      ),
    ),
  }
}

function bySession(name: string): object {
  return {
    session: {
      type: 'apiKey',
      in: 'cookie',
      name,
      description: 'Of a browser that has signed in at /sign-in. Without an Authorization header.',
    },
    csrf: {
      type: 'apiKey',
      in: 'header',
      name: CSRF_HEADER,
      description:
        'The token that the forms of the session bring along; its sign-in has to be young.',
    },
  }
}

/** Who may call: by a token, or by a session, which needs more for a change. */
function securityOf({ action, method }: Route, sessions: boolean): readonly object[] {
  if (action === null) return []
  const session = method === 'get' ? { session: [] } : { session: [], csrf: [] }
  return [{ console: [] }, ...(sessions ? [session] : [])]
}

function operation(route: Route, sessions: boolean): object {
  const { path, summary, action, answer, body, query = {}, refusals: own = {} } = route
  const error = (description: string): object => ({
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  })
  const refusals = {
    401: error('No valid access token for the console.'),
    403: error('The caller may not do this.'),
    503: error('The issuer of access tokens cannot be reached.'),
  }
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => parameter(name, 'path'))
  const asked = Object.entries(query).map(([name, text]) => parameter(name, 'query', text))
  return {
    summary,
    ...(named.length + asked.length === 0 ? {} : { parameters: [...named, ...asked] }),
    security: securityOf(route, sessions),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: answer } } },
      421: error('The Host header names another host.'),
      ...(action === null ? {} : refusals),
      ...(body === undefined && asked.length === 0
        ? {}
        : { 400: error('What was sent is not what it must be: the message names it.') }),
      ...(named.length === 0 ? {} : { 404: error('There is none that the caller may see.') }),
      ...Object.fromEntries(Object.entries(own).map(([status, why]) => [status, error(why)])),
    },
  }
}

function parameter(name = '', where: 'path' | 'query', description?: string): object {
  return {
    name,
    in: where,
    required: where === 'path',
    schema: { type: 'string' },
    ...(description === undefined ? {} : { description }),
  }
}
