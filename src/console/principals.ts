import { GatewayError, type Block } from '../domain/index.ts'
import type { Call, Route } from './openapi.ts'

/** What a caller uses now on one connection. */
export interface PrincipalUse {
  readonly principal: string
  readonly connection: string
  readonly requestsLastMinute: number
  readonly concurrent: number
  readonly tokensToday: number
  readonly patientsToday: number
}

/** Principals as the composition root gives them to the console; blocking and unblocking are recorded there. */
export interface PrincipalsDesk {
  list(): { readonly blocks: readonly Block[]; readonly uses: readonly PrincipalUse[] }
  block(block: Omit<Block, 'at'>): Promise<void>
  unblock(unblocking: Omit<Block, 'at'>): Promise<void>
}

const TEXT = { type: 'string', minLength: 1, maxLength: 500 }
const ID = { ...TEXT, description: 'issuer|subject' }
const ASKED = {
  type: 'object',
  required: ['id', 'reason'],
  additionalProperties: false,
  properties: { id: ID, reason: { ...TEXT, description: 'Why: goes into the audit log.' } },
}
/** What a person need not say twice: letting somebody in again explains itself. */
const NO_REASON = 'no reason given'
const DONE = { type: 'object', properties: { id: ID, blocked: { type: 'boolean' } } }
const LISTED = {
  type: 'object',
  properties: {
    principals: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'blocked', 'connections'],
        properties: {
          id: ID,
          blocked: {
            type: ['object', 'null'],
            properties: { reason: TEXT, by: ID, at: { type: 'string', format: 'date-time' } },
          },
          connections: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                connection: { type: 'string' },
                requestsLastMinute: { type: 'integer' },
                concurrent: { type: 'integer' },
                tokensToday: { type: 'integer' },
                patientsToday: { type: 'integer' },
              },
            },
          },
        },
      },
    },
  },
}

/** Who calls, who is blocked, and how to change that. */
export function principalRoutes(desk: PrincipalsDesk): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/principals',
      summary: 'Principals that called since the start, and those that are blocked.',
      action: 'principals:read',
      answer: LISTED,
      respond: () => ({ principals: listed(desk) }),
    },
    {
      method: 'post',
      path: '/api/principals/block',
      summary: 'Blocks a principal at once; its open exchanges are ended.',
      action: 'principals:write',
      body: ASKED,
      answer: DONE,
      respond: async (call) => {
        const asked = askedFor(call)
        await desk.block({ ...asked, by: call.principal.id })
        return { id: asked.id, blocked: true }
      },
    },
    {
      method: 'post',
      path: '/api/principals/unblock',
      summary: 'Lets a blocked principal in again.',
      action: 'principals:write',
      body: { ...ASKED, required: ['id'] },
      answer: DONE,
      refusals: { 404: 'No such principal is blocked.' },
      respond: async (call) => {
        const asked = askedFor(call, NO_REASON)
        if (!desk.list().blocks.some(({ id }) => id === asked.id)) {
          throw new GatewayError('not-found', 'No such principal is blocked')
        }
        await desk.unblock({ ...asked, by: call.principal.id })
        return { id: asked.id, blocked: false }
      },
    },
  ]
}

function listed(desk: PrincipalsDesk): readonly object[] {
  const { blocks, uses } = desk.list()
  const ids = new Set([...blocks.map(({ id }) => id), ...uses.map((use) => use.principal)])
  return [...ids].toSorted().map((id) => {
    const block = blocks.find((one) => one.id === id)
    return {
      id,
      blocked:
        block === undefined
          ? null
          : { reason: block.reason, by: block.by, at: new Date(block.at).toISOString() },
      connections: uses.flatMap(({ principal, ...use }) => (principal === id ? [use] : [])),
    }
  })
}

function askedFor(
  { body }: Call,
  otherwise?: string,
): { readonly id: string; readonly reason: string } {
  const {
    id,
    reason = otherwise,
    ...more
  } = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  if (!isText(id) || !isText(reason) || Object.keys(more).length > 0) {
    throw new GatewayError('invalid-request', 'The body must be {"id","reason"}, two texts')
  }
  return { id, reason }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= TEXT.maxLength
}
