import { reach, type MaskMemory } from '../domain/index.ts'
import { DETECTOR_VERSION, Learning, nameParts, type Roster } from '../detect/index.ts'
import {
  encodeTable,
  patientDigests,
  prefixDigests,
  sha256Hex,
  type MaskKey,
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
import type { PolicyInput, Profile, RequestFacts } from '../schema/index.ts'
import { countBy, findingFacts, patientsOf, policyInput, principalFacts } from './facts.ts'
import type { RefuseVerdict, RequestJob, RequestVerdict } from './job.ts'
import { maskRequest } from './mask-request.ts'
import { payloadOf, payloadPieces, reviewDigest } from './payload.ts'
import { withoutFound } from './public-facts.ts'
import { rememberFirst } from './remember.ts'
import { sideCallOf } from './side-call.ts'
import { signalsOf } from './signals.ts'
import { sessionOf, type MaskKeys, type Session } from './session.ts'
import type { Decided, Inspected, Masked } from './stages.ts'
import { maskedReason } from './reason.ts'
import { explainedIn } from './explanation.ts'
import { inspectAnew, inspectReplayed, type Issued } from './unit.ts'

/** What the inspection works with; given by the worker's composition root. */
export interface Inspector {
  readonly policy: Policy
  readonly memory: MaskMemory
  readonly maskKeys: MaskKeys
  /** Names patients for counting, equal in all sessions. */
  readonly patientKey: MaskKey
  /** The known people now; looked at once an exchange. */
  readonly roster?: () => Roster | undefined
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
  const session = await sessionOf(job, parsed, by.maskKeys, by.memory)
  const prefixed = parsed.units.filter((unit) => unit.node !== undefined)
  const prefixes = prefixDigests(
    session.keys,
    prefixed.map((unit) => feedOf(unit, parsed)),
  )
  const issued = await issuedBy(parsed, session.keys, by.memory)
  const stored = await by.memory.lookup(session.keys.scope, prefixes)
  const roster = by.roster?.()
  const inspected = inspectUnits(parsed, profile, stored, issued, roster)
  const patients = patientsOf(inspected.units, nameParts)
  const signals = signalsOf(parsed, prefixes, by.policy)
  const facts = factsOf(job, inspected, session, signals, patients)
  const started = by.nanoseconds()
  const decided = decide(inspected, facts, by.policy)
  const shared = {
    decision: decided.decision,
    facts,
    policyRevision: by.policy.revision,
    profile: profile.name,
    detector: detectorName(roster),
    sessionLabel: session.label,
    patients: patients.map(patientDigests(by.patientKey)),
    evaluationNs: by.nanoseconds() - started,
    ...summary(facts),
  }
  const masked = maskRequest(decided, session.keys)
  const { outcome } = decided.decision
  if (outcome === 'deny') {
    return { kind: 'refuse', ...shared, ...refusalOf(masked, profile, facts, by.policy) }
  }
  if (masked.unmaskable) throw new Error('policy let pass what cannot be masked')
  const known = { keys: session.keys, prefixes, profile }
  const final = await rememberFirst(decided, masked, known, by.memory)
  const forward = forwardOf(job, parsed, final, session, prefixes, facts)
  if (outcome !== 'require-approval') return { kind: 'forward', ...shared, ...forward }
  const about = {
    anchor: anchorOf(parsed, prefixes, session, facts),
    frame: frameOf(session, facts),
    side: sideCallOf(job, parsed, facts, by.policy),
  }
  const reason = job.reason === undefined ? null : maskedReason(job.reason, profile, roster)
  return { kind: 'hold', ...shared, ...forward, ...about, reason }
}

/**
 * What a person asked for, as far as the session goes: answers and tool results that follow do not change it. The
 * prefix covers tools and system prompt, because they stand before the messages.
 */
function anchorOf(
  parsed: ParsedRequest,
  prefixes: readonly string[],
  session: Session,
  { request }: PolicyInput,
): string {
  const last = parsed.units.findLastIndex((unit) =>
    unit.segments.some(
      ({ place, role }) => place === 'text' && (role === 'user' || role === 'system'),
    ),
  )
  const { model, betas, features, serverTools, mcpServers } = request
  const asked = [prefixes[last] ?? '', model, betas, features, serverTools, mcpServers]
  return session.keys.digest('anchor', JSON.stringify(asked)).toString('hex')
}

/** What sub-agents share with the agent that calls them. */
function frameOf({ keys }: Session, { request }: PolicyInput): string {
  const { betas, features, serverTools, mcpServers } = request
  return keys
    .digest('frame', JSON.stringify([betas, features, serverTools, mcpServers]))
    .toString('hex')
}

function detectorName(roster: Roster | undefined): string {
  return roster === undefined
    ? DETECTOR_VERSION
    : `${DETECTOR_VERSION} with roster ${roster.version}`
}

function factsOf(
  job: RequestJob,
  { parsed, units }: Inspected,
  session: Session,
  signals: PolicyInput['signals'],
  patients: readonly string[],
): PolicyInput {
  const request: RequestFacts = {
    ...withoutFound(parsed.facts, units),
    session: session.label,
    acceptMasked: job.acceptMasked,
  }
  const found = findingFacts(units, patients)
  return policyInput({ ...job, direction: 'request', request }, signals, found)
}

function decide(inspected: Inspected, facts: PolicyInput, policy: Policy): Decided {
  return reach<Decided>({ inspected, decision: policy.decide(facts) })
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
  roster: Roster | undefined,
): Inspected {
  const learning = new Learning()
  let isFirst = profile.explainPlaceholders === true
  const units = parsed.units.map((unit, index) => {
    const entry = unit.node === undefined ? undefined : stored[index]
    const inspected =
      entry === undefined
        ? inspectAnew(unit, learning, profile, issued, roster)
        : inspectReplayed(unit, learning, entry, issued, profile, roster)
    const explains = isFirst && entry === undefined
    const explained = explains ? explainedIn(inspected) : inspected.explained
    if (explained !== undefined) isFirst = false
    return { ...inspected, explained }
  })
  return reach<Inspected>({ parsed, units })
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

/** What a refused caller can do: nothing is offered that policy would refuse again. */
function refusalOf(
  masked: Masked,
  profile: Profile,
  facts: PolicyInput,
  policy: Policy,
): Pick<RefuseVerdict, 'removed' | 'acceptable' | 'sanitized'> {
  const { changed, unmaskable, removed, text } = masked
  const acceptable = changed && !unmaskable && passesMasked(facts, policy)
  const offer = acceptable && profile.offerSanitized && text.length <= LARGEST_SANITIZED
  return { removed, acceptable, sanitized: offer ? text : undefined }
}

function passesMasked(facts: PolicyInput, policy: Policy): boolean {
  if (facts.request.acceptMasked) return false
  const accepted = { ...facts, request: { ...facts.request, acceptMasked: true } }
  return policy.decide(accepted).outcome !== 'deny'
}

function forwardOf(
  job: RequestJob,
  parsed: ParsedRequest,
  masked: Masked,
  session: Session,
  prefixes: readonly string[],
  { request }: PolicyInput,
): Pick<
  Extract<RequestVerdict, { kind: 'forward' }>,
  'body' | 'bodySha256' | 'reviewDigest' | 'pieces' | 'marks' | 'context'
> {
  const { connection, principal, now, usage } = job
  const { id, maskKey } = session
  const context = { principal, connection, request, session: id, maskKey, now, usage }
  const payload = payloadOf(parsed, masked.text)
  return {
    body: masked.body,
    bodySha256: sha256Hex(masked.body),
    reviewDigest: reviewDigest(payload, job),
    pieces: payloadPieces(payload, masked.body),
    marks: masked.marks,
    context: {
      ...context,
      restore: encodeTable(masked.restore),
      prefix: prefixes.at(-1) ?? '',
    },
  }
}
