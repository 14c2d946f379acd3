import type { Principal } from '../domain/index.ts'
import type { Action } from './permissions.ts'

/** Who asks for what. Only routes that need a permission have a caller. */
export interface Call {
  readonly principal: Principal
  /** The parsed JSON; undefined where there was none. */
  readonly body: unknown
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
  readonly respond: (call: Call) => unknown
}

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

/** The OpenAPI 3.1 description of the given routes. */
export function describe(routes: readonly Route[], server: URL, version: string): object {
  return {
    openapi: '3.1.0',
    info: { title: 'phigate console', version },
    servers: [{ url: server.href }],
    components: {
      securitySchemes: {
        console: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: { Error: ERROR_SCHEMA },
    },
    paths: Object.fromEntries(
      routes.map((route) => [route.path, { [route.method]: operation(route) }]),
    ),
  }
}

function operation({ summary, action, answer, body }: Route): object {
  const error = (description: string): object => ({
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  })
  const refusals = {
    401: error('No valid access token for the console.'),
    403: error('The caller may not do this.'),
    503: error('The issuer of access tokens cannot be reached.'),
  }
  return {
    summary,
    security: action === null ? [] : [{ console: [] }],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: answer } } },
      421: error('The Host header names another host.'),
      ...(action === null ? {} : refusals),
      ...(body === undefined ? {} : { 400: error('The body is not what it must be.') }),
    },
  }
}
