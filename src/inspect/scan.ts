import type { Principal } from '../domain/index.ts'
import { DETECTOR_VERSION, Learning, nameParts } from '../detect/index.ts'
import { patientDigests } from '../mask/index.ts'
import { parseRequest } from '../messages/index.ts'
import type { ConnectionFacts, Profile } from '../schema/index.ts'
import { patientsOf, principalFacts } from './facts.ts'
import type { Inspector } from './request.ts'
import { inspectAnew } from './unit.ts'

/** What was recorded, to be looked at with today's detectors. Plain data: it crosses a thread boundary. */
export interface ScanJob {
  /** A Messages body of the texts to be looked at. */
  readonly body: Uint8Array
  /** Of an answer what policy leaves in answers is left. */
  readonly direction: 'request' | 'response'
  readonly principal: Pick<Principal, 'id' | 'onBehalfOf'>
  readonly connection: ConnectionFacts
}

/** What would be masked today: how often, never what. */
export interface ScanFinding {
  readonly type: string
  readonly recognizer: string
  readonly role: string
  readonly count: number
}

export interface ScanVerdict {
  readonly findings: readonly ScanFinding[]
  /** Patients among them as keyed digests, equal in all sessions. */
  readonly patients: readonly string[]
  readonly policyRevision: string
  readonly detector: string
  readonly profile: string
}

/**
 * Looks at recorded texts as if they came now: what is found, and would not be left, slipped through when it was
 * recorded. Masks are never found; groups and scopes of the caller are not recorded, so its profile is that of a caller without
 * any.
 * @throws GatewayError `invalid-request` when the body is no Messages body
 */
export function scanRecorded(
  job: ScanJob,
  by: Pick<Inspector, 'policy' | 'patientKey' | 'roster'>,
): ScanVerdict {
  const parsed = parseRequest({
    operation: 'messages.create',
    body: job.body,
    headers: {},
    query: [],
  })
  const profile = profileOf(job, by)
  const roster = by.roster?.()
  const units = parsed.units.map((unit) => {
    const inspected = inspectAnew(unit, new Learning(), profile, () => true, roster)
    return { ...inspected, spans: inspected.spans.filter(({ operator }) => operator !== 'keep') }
  })
  const counts = new Map<string, ScanFinding>()
  for (const { unit, spans } of units) {
    for (const { type, recognizer = '', segment } of spans) {
      const role = unit.segments[segment]?.role ?? ''
      const name = `${type} ${recognizer} ${role}`
      const count = (counts.get(name)?.count ?? 0) + 1
      counts.set(name, { type, recognizer, role, count })
    }
  }
  return {
    findings: [...counts.values()],
    patients: patientsOf(units, nameParts).map(patientDigests(by.patientKey)),
    policyRevision: by.policy.revision,
    detector:
      roster === undefined ? DETECTOR_VERSION : `${DETECTOR_VERSION} with roster ${roster.version}`,
    profile: profile.name,
  }
}

function profileOf(
  { direction, principal, connection }: ScanJob,
  { policy }: Pick<Inspector, 'policy'>,
): Profile {
  const caller = { kind: 'service_account', scopes: [], groups: [], purpose: null } as const
  return policy.profile({
    version: 1,
    direction,
    connection,
    principal: principalFacts({ ...caller, ...principal }),
  })
}
