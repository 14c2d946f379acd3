import type { MaskMemory, Principal } from '../../src/domain/index.ts'
import type { Inspector, MaskKeys, RequestJob, RequestVerdict } from '../../src/inspect/index.ts'
import type { MaskKey } from '../../src/mask/index.ts'
import { openPolicy, readBundle, type Policy } from '../../src/policy/index.ts'
import { openOpaWasm } from '../../src/policy/adapters/opa-wasm.ts'
import { DEFAULT_POLICY_DIR } from '../../src/config/index.ts'
import type { Profile } from '../../src/schema/index.ts'

export const MASK_KEY: MaskKey = { id: 'test', secret: new Uint8Array(32).fill(7) }

export const PRINCIPAL: Principal = {
  id: 'https://issuer.example|svc',
  kind: 'service_account',
  scopes: ['claude:invoke'],
  groups: [],
  onBehalfOf: null,
  purpose: null,
}

let shared: Policy | undefined

/** The policy that is committed. */
export function committedPolicy(): Policy {
  shared ??= openPolicy(readBundle(DEFAULT_POLICY_DIR), openOpaWasm)
  return shared
}

/** The committed policy with another profile for the requests. */
export function policyWith(change: (profile: Profile) => Profile): Policy {
  const policy = committedPolicy()
  return {
    ...policy,
    profile: (input) =>
      input.direction === 'request' ? change(policy.profile(input)) : policy.profile(input),
  }
}

export function inspector(
  memory: MaskMemory,
  policy: Policy = committedPolicy(),
  maskKeys: MaskKeys = [MASK_KEY],
): Inspector {
  return { policy, memory, maskKeys, patientKey: MASK_KEY, nanoseconds: () => 0 }
}

/** A request on its way to the inspection. */
export function requestJob(body: unknown, more: Partial<RequestJob> = {}): RequestJob {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    operation: 'messages.create',
    body: new TextEncoder().encode(text),
    headers: {},
    query: [],
    principal: PRINCIPAL,
    connection: { name: 'claude', labels: { baa: true } },
    session: 'session-1',
    acceptMasked: false,
    now: '2026-01-01T00:00:00.000Z',
    usage: { requestsLastMinute: 0, tokensToday: 0 },
    ...more,
  }
}

export type Forwarded = Extract<RequestVerdict, { kind: 'forward' }>

/** The verdict if the request goes on; the codes of the reasons make the error otherwise. */
export function forwarded(verdict: RequestVerdict): Forwarded {
  if (verdict.kind === 'forward') return verdict
  const codes = verdict.decision.reasons.map((reason) => reason.code)
  throw new Error(`refused: ${verdict.decision.outcome} ${codes.join(' ')}`)
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

/** Mask memory without a store. */
export function memoryInMemory(): MaskMemory {
  const entries = new Map<string, string>()
  const known = new Set<string>()
  return {
    lookup: async (scope, prefixes) => prefixes.map((prefix) => entries.get(`${scope} ${prefix}`)),
    remember: async (scope, given) =>
      given.map(({ prefix, entry }) => {
        const key = `${scope} ${prefix}`
        const holding = entries.get(key) ?? entry
        entries.set(key, holding)
        return holding
      }),
    knows: async (scope) => [...entries.keys()].some((key) => key.startsWith(`${scope} `)),
    addIssued: async (scope, digests) => {
      for (const digest of digests) known.add(`${scope} ${digest}`)
    },
    issued: async (scope, digests) => new Set(digests.filter((d) => known.has(`${scope} ${d}`))),
    close: () => {},
  }
}
