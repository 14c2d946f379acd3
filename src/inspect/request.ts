import type { MaskMemory } from '../domain/index.ts'
import { nameParts, NOTHING_KNOWN } from '../detect/index.ts'
import {
  encodeTable,
  patientDigests,
  prefixDigests,
  sha256Hex,
  type MasterKey,
  type SessionKeys,
} from '../mask/index.ts'
import {
  canonicalMessage,
  canonicalSystem,
  canonicalTools,
  parseRequest,
  type Feed,
  type ParsedRequest,
  type Unit,
} from '../messages/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Decision, PolicyInput, Profile, RequestFacts } from '../schema/index.ts'
import { countBy, findingFacts, patientsOf, policyInput, principalFacts } from './facts.ts'
import type { RequestJob, RequestVerdict } from './job.ts'
import { maskRequest, type MaskedRequest } from './mask-request.ts'
import { payloadOf, payloadPieces, reviewDigest } from './payload.ts'
import { withoutFound } from './public-facts.ts'
import { sessionOf, type Session } from './session.ts'
import { entryOf, inspectAnew, inspectReplayed, type InspectedUnit, type Issued } from './unit.ts'

/** What the inspection works with; given by the worker's composition root. */
export interface Inspector {
  readonly policy: Policy
  readonly memory: MaskMemory
  readonly master: MasterKey
  /** Nanoseconds, for the metrics of a decision. */
  readonly nanoseconds: () => number
}

/**
 * The part of the path that runs in a worker: parse -> profile -> detect -> plan masks -> facts -> decide -> mask.
 * @throws GatewayError `invalid-request`, and any Error of a stage: the exchange is refused then
 */
export async function inspectRequest(job: RequestJob, by: Inspector): Promise<RequestVerdict> {
  const parsed = parseRequest(job)
  const profile = by.policy.profile({
    version: 1,
    direction: 'request',
    connection: job.connection,
    principal: principalFacts(job.principal),
  })
  const session = sessionOf(job, parsed, by.master)
  const prefixed = parsed.units.filter((unit) => unit.node !== undefined)
  const prefixes = prefixDigests(
    session.keys,
    prefixed.map((unit) => feedOf(unit, parsed)),
  )
  const issued = await issuedBy(parsed, session.keys, by.memory)
  const stored = await by.memory.lookup(session.keys.scope, prefixes)
  const units = inspectUnits(parsed, profile, stored, issued)
  const masked = maskRequest(parsed, units, session.keys)
  const request: RequestFacts = {
    ...withoutFound(parsed.facts, units),
    session: session.label,
    acceptMasked: job.acceptMasked,
  }
  const patients = patientsOf(units, nameParts)
  const facts = policyInput(
    { ...job, direction: 'request', request },
    signalsOf(parsed, prefixes, by.policy),
    findingFacts(units, patients),
  )
  const started = by.nanoseconds()
  const decision = by.policy.decide(facts)
  const shared = {
    decision,
    facts,
    policyRevision: by.policy.revision,
    profile: profile.name,
    sessionLabel: session.label,
    patients: patients.map(patientDigests(by.master)),
    evaluationNs: by.nanoseconds() - started,
    ...summary(facts),
  }
  if (!isForwarded(decision)) {
    return { kind: 'refuse', ...shared, ...refusalOf(masked, profile, decision) }
  }
  if (masked.unmaskable) throw new Error('policy let pass what cannot be masked')
  const known = { keys: session.keys, prefixes, profile }
  const final = await rememberFirst(parsed, units, masked, known, by.memory)
  return {
    kind: 'forward',
    ...shared,
    ...forwardOf(job, parsed, final, session, prefixes, request),
  }
}

function isForwarded(decision: Decision): boolean {
  return decision.outcome === 'allow' || decision.outcome === 'mask'
}

function feedOf(unit: Unit, parsed: ParsedRequest): (update: Feed) => void {
  const node = unit.node
  return (update) => {
    if (node === undefined) return
    update(`${unit.kind}\n`)
    if (unit.kind === 'tools') canonicalTools(node, parsed.document, update)
    else if (unit.kind === 'system') canonicalSystem(node, parsed.document, update)
    else canonicalMessage(node, parsed.document, update)
  }
}

/** Law 8: a signed block passes unaltered only if the upstream issued it in this session. */
async function issuedBy(
  parsed: ParsedRequest,
  keys: SessionKeys,
  memory: MaskMemory,
): Promise<Issued> {
  const claims = parsed.units
    .flatMap((unit) => unit.uninspectable)
    .map((source) => source.issue)
    .filter((issue) => issue !== undefined)
  const digests = new Map(claims.map((claim) => [claim, issueDigest(keys, claim)]))
  const known = await memory.issued(keys.scope, [...digests.values()])
  return (source) => source.issue !== undefined && known.has(digests.get(source.issue) ?? '')
}

export function issueDigest(keys: SessionKeys, issue: string): string {
  return keys.digest('issued', issue).toString('hex')
}

function inspectUnits(
  parsed: ParsedRequest,
  profile: Profile,
  stored: readonly (string | undefined)[],
  issued: Issued,
): InspectedUnit[] {
  let knowledge = NOTHING_KNOWN
  return parsed.units.map((unit, index) => {
    const entry = unit.node === undefined ? undefined : stored[index]
    const inspected =
      entry === undefined
        ? inspectAnew(unit, knowledge, profile, issued)
        : inspectReplayed(unit, knowledge, entry, issued, profile)
    knowledge = inspected.knowledge
    return inspected
  })
}

/** Signals over every text of the user and the system prompt in the body, old messages included. */
function signalsOf(
  parsed: ParsedRequest,
  prefixes: readonly string[],
  policy: Policy,
): PolicyInput['signals'] {
  const signals = new Map<string, PolicyInput['signals'][number]>()
  for (const [index, unit] of parsed.units.entries()) {
    const message = prefixes[index]
    if (message === undefined) continue
    for (const segment of unit.segments) {
      if (segment.place !== 'text' || (segment.role !== 'user' && segment.role !== 'system'))
        continue
      for (const name of policy.signals(segment.role, segment.text)) {
        signals.set(`${name} ${index}`, { name, message: `hmac:${message}`, granted: false })
      }
    }
  }
  return [...signals.values()]
}

function summary(facts: PolicyInput): {
  masked: Record<string, number>
  kept: Record<string, number>
} {
  return {
    masked: countBy(facts.findings.filter((f) => f.operator !== 'keep')),
    kept: countBy(facts.findings.filter((f) => f.operator === 'keep')),
  }
}

const LARGEST_SANITIZED = 1024 * 1024

function refusalOf(
  masked: MaskedRequest,
  profile: Profile,
  decision: Decision,
): { removed: MaskedRequest['removed']; sanitized: string | undefined } {
  const offer =
    profile.offerSanitized &&
    decision.outcome === 'deny' &&
    masked.changed &&
    !masked.unmaskable &&
    masked.text.length <= LARGEST_SANITIZED
  return { removed: masked.removed, sanitized: offer ? masked.text : undefined }
}

/** Where the units of a request belong, and the rules for what is new in them. */
interface Placed {
  readonly keys: SessionKeys
  readonly prefixes: readonly string[]
  readonly profile: Profile
}

/**
 * Stores how the new units were masked. Where another request of the session was first with the same message, its mask
 * holds and this request is masked again with it.
 */
async function rememberFirst(
  parsed: ParsedRequest,
  units: readonly InspectedUnit[],
  masked: MaskedRequest,
  { keys, prefixes, profile }: Placed,
  memory: MaskMemory,
): Promise<MaskedRequest> {
  const entries = prefixes.map((prefix, index) => {
    const unit = units[index]
    if (unit === undefined) throw new Error('a prefix without its unit')
    return { prefix, unit, entry: entryOf(unit, masked.wide[index] ?? []) }
  })
  const fresh = entries.filter(({ unit }) => !unit.remembered)
  if (fresh.length === 0) return masked
  const holding = await memory.remember(keys.scope, fresh)
  if (fresh.every(({ entry }, index) => holding[index] === entry)) return masked
  const first = new Map(fresh.map(({ prefix }, index) => [prefix, holding[index]]))
  let knowledge = NOTHING_KNOWN
  const again = entries.map(({ prefix, unit, entry }) => {
    const seen = new Set(unit.uninspectable.map(({ source }) => source))
    const stored = first.get(prefix) ?? entry
    const passes: Issued = (source) => !seen.has(source)
    const replayed = inspectReplayed(unit.unit, knowledge, stored, passes, profile)
    knowledge = replayed.knowledge
    return replayed
  })
  return maskRequest(parsed, [...again, ...units.slice(again.length)], keys)
}

function forwardOf(
  job: RequestJob,
  parsed: ParsedRequest,
  masked: MaskedRequest,
  session: Session,
  prefixes: readonly string[],
  request: RequestFacts,
): Pick<
  Extract<RequestVerdict, { kind: 'forward' }>,
  'body' | 'bodySha256' | 'reviewDigest' | 'pieces' | 'context'
> {
  const body = masked.changed ? new TextEncoder().encode(masked.text) : parsed.body
  const { connection, principal, now, usage } = job
  const context = { principal, connection, request, session: session.id, now, usage }
  const payload = payloadOf(parsed, masked.text)
  return {
    body,
    bodySha256: sha256Hex(body),
    reviewDigest: reviewDigest(payload, job),
    pieces: payloadPieces(payload),
    context: {
      ...context,
      restore: encodeTable(masked.restore),
      prefix: prefixes.at(-1) ?? '',
    },
  }
}
