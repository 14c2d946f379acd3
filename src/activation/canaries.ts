import type { MaskMemory, Principal } from '../domain/index.ts'
import {
  inspectRequest,
  type Inspector,
  type RequestJob,
  type RequestVerdict,
} from '../inspect/index.ts'
import { PolicyError } from '../policy/index.ts'
import { validate, type Canary } from '../schema/index.ts'

/** One canary that does not sing: its name, and what is not as it wants. Never a text. */
export interface CanaryFailure {
  readonly name: string
  readonly what: string
}

/**
 * Sends every canary of a bundle through the inspection, as a request would go, and compares.
 * @param data of the bundle; its canaries are under `canaries`
 * @param now RFC 3339, UTC
 * @throws PolicyError where the canaries cannot be read
 */
export async function runCanaries(
  data: Readonly<Record<string, unknown>>,
  by: Omit<Inspector, 'memory'>,
  now: string,
): Promise<{ readonly count: number; readonly failures: readonly CanaryFailure[] }> {
  const canaries = Object.entries(canariesIn(data))
  const failures: CanaryFailure[] = []
  for (const [name, canary] of canaries) {
    const what = await run(name, canary, { ...by, memory: NO_MEMORY }, now)
    failures.push(...what.map((one) => ({ name, what: one })))
  }
  return { count: canaries.length, failures }
}

function canariesIn(data: Readonly<Record<string, unknown>>): Readonly<Record<string, Canary>> {
  let canaries: Readonly<Record<string, Canary>>
  try {
    canaries = validate('canaries', data['canaries'] ?? {})
  } catch (error) {
    throw new PolicyError(`data.canaries ${error instanceof Error ? error.message : ''}`, error)
  }
  for (const [name, { text, request, want }] of Object.entries(canaries)) {
    if ((text === undefined) === (request === undefined)) {
      throw new PolicyError(`data.canaries.${name} must have either text or request`)
    }
    if (text === undefined && want.text !== undefined) {
      throw new PolicyError(`data.canaries.${name} has no text that want.text could be of`)
    }
  }
  return canaries
}

async function run(
  name: string,
  canary: Canary,
  by: Inspector,
  now: string,
): Promise<readonly string[]> {
  let verdict: RequestVerdict
  try {
    verdict = await inspectRequest(jobOf(name, canary, now), by)
  } catch (error) {
    return [`the inspection failed (${error instanceof Error ? error.name : 'unknown'})`]
  }
  return [...decided(verdict, canary.want), ...forwarded(verdict, canary)]
}

type Want = Canary['want']

function decided({ decision, masked }: RequestVerdict, want: Want): readonly string[] {
  const wrong: string[] = []
  if (decision.outcome !== want.outcome) {
    wrong.push(`the outcome is ${decision.outcome}, not ${want.outcome}`)
  }
  const codes = decision.reasons.map(({ code }) => code)
  if (want.reasons !== undefined && !equalSets(codes, want.reasons)) {
    wrong.push(`the reasons are ${codes.join(', ') || 'none'}, not ${want.reasons.join(', ')}`)
  }
  const counts = (of: Readonly<Record<string, number>>): string[] =>
    Object.entries(of).map(([type, count]) => `${type}=${count}`)
  if (want.masked !== undefined && !equalSets(counts(masked), counts(want.masked))) {
    wrong.push(`masked is ${counts(masked).join(' ') || 'nothing'}`)
  }
  return wrong
}

function forwarded(verdict: RequestVerdict, { text, want }: Canary): readonly string[] {
  const { present = [], absent = [] } = want
  const looks = want.text !== undefined || present.length > 0 || absent.length > 0
  if (!looks) return []
  if (verdict.kind !== 'forward') return ['nothing is forwarded that could be looked at']
  const body = starred(new TextDecoder().decode(verdict.body))
  const wrong: string[] = []
  // The body is ours: one user message, whose text stands in it once.
  if (text !== undefined && want.text !== undefined && body !== bodyOf(want.text)) {
    wrong.push('the text is not masked as want.text has it')
  }
  for (const [index, part] of present.entries()) {
    if (!body.includes(inJson(part))) wrong.push(`want.present[${index}] is not there`)
  }
  for (const [index, part] of absent.entries()) {
    if (body.includes(inJson(part))) wrong.push(`want.absent[${index}] is there`)
  }
  return wrong
}

/** Digests of placeholders depend on keys. */
function starred(text: string): string {
  return text.replaceAll(DIGEST, '$1_*]')
}

const DIGEST = /(\[[A-Z][A-Z0-9_]*?)_[0-9A-HJKMNP-TV-Z]{7,26}(?:\.[0-9A-HJKMNP-TV-Z]{7,13})*\]/g

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function equalSets(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted())
}

function bodyOf(text: string): string {
  return JSON.stringify({
    model: 'claude-sonnet-5-5',
    max_tokens: 64,
    messages: [{ role: 'user', content: text }],
  })
}

function jobOf(name: string, canary: Canary, now: string): RequestJob {
  const { text, request, connection, principal, acceptMasked = false } = canary
  const caller: Principal = {
    id: `phigate|canary-${name}`,
    kind: 'service_account',
    scopes: ['claude:invoke'],
    groups: [],
    onBehalfOf: null,
    purpose: null,
    ...principal,
  }
  return {
    operation: 'messages.create',
    body: new TextEncoder().encode(text === undefined ? JSON.stringify(request) : bodyOf(text)),
    headers: {},
    query: [],
    principal: caller,
    connection: connection ?? { name: 'claude', labels: { baa: true } },
    session: `canary-${name}`,
    acceptMasked,
    now,
    usage: { requestsLastMinute: 0, tokensToday: 0 },
  }
}

/** A canary leaves nothing behind, and finds nothing that another one left. */
const NO_MEMORY: MaskMemory = {
  lookup: async (_scope, prefixes) => prefixes.map(() => undefined),
  remember: async (_scope, entries) => entries.map(({ entry }) => entry),
  knows: async () => false,
  addIssued: async () => {},
  issued: async () => new Set(),
  close: () => {},
}
