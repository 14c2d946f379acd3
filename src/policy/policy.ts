import {
  validate,
  type Decision,
  type PolicyInput,
  type Profile,
  type ProfileInput,
  type Role,
} from '../schema/index.ts'
import { freezeDeep, isRecord, type PolicyBundle } from './bundle.ts'
import { checkData } from './check-data.ts'
import { difference, policyFailure, settle } from './decide.ts'
import type { EngineFactory, Entrypoint, PolicyEngine } from './engine.ts'
import { PolicyError } from './policy-error.ts'
import { compileSignals } from './signals.ts'
import { isExact } from './exact.ts'

/** The policy decision point: one bundle, two questions, and the signals. */
export interface Policy {
  readonly revision: string
  /**
   * Which types are masked how. Equal inputs get the same frozen object.
   * @throws PolicyError on any failure
   */
  profile(input: ProfileInput): Profile
  /** What happens with the exchange. It never throws: every failure is a deny with code `policy-failure`. */
  decide(input: PolicyInput): Decision
  /** Names of the signals that the text gives in this role. */
  signals(role: Role, text: string): readonly string[]
}

export interface PolicyOptions {
  /** The engine is replaced when evaluations took more than this. */
  readonly memoryLimitBytes?: number
  /** Profiles kept; the one unused for longest goes first. */
  readonly cachedProfiles?: number
  /** Told why a decision became a policy failure. */
  readonly onFailure?: (error: PolicyError) => void
}

/**
 * Opens a bundle for evaluation.
 * @throws PolicyError when the bundle cannot be used
 */
export function openPolicy(
  bundle: PolicyBundle,
  engineFactory: EngineFactory,
  options: PolicyOptions = {},
): Policy {
  checkData(bundle.data)
  const signals = compileSignals(bundle.data)
  const ask = asker(
    withoutCanaries(bundle),
    engineFactory,
    options.memoryLimitBytes ?? 32 * 1024 * 1024,
  )
  const profiles = new Map<string, Profile>()
  const inShadow = hasShadow(bundle)
  const settled = (input: PolicyInput): Decision => {
    try {
      return askDecision(ask, input)
    } catch (error) {
      report(options.onFailure, error)
      return policyFailure()
    }
  }
  return {
    revision: bundle.revision,
    signals,
    profile(input) {
      try {
        const key = JSON.stringify(input)
        const profile = profiles.get(key) ?? askProfile(ask, input)
        remember(profiles, key, profile, options.cachedProfiles ?? 1000)
        return profile
      } catch (error) {
        throw wrap('policy gave no usable profile', error)
      }
    },
    decide(input) {
      const decision = settled(input)
      if (!inShadow) return decision
      const shadow = difference(decision, settled({ ...input, shadowEnforced: true }))
      return shadow === undefined ? decision : { ...decision, shadow }
    },
  }
}

/** They are for the gateway alone, and would only take the engine's memory. */
function withoutCanaries(bundle: PolicyBundle): PolicyBundle {
  const { canaries: _, ...data } = bundle.data
  return { ...bundle, data }
}

function hasShadow({ data }: PolicyBundle): boolean {
  const config = data['gateway_config']
  const shadow = isRecord(config) ? config['shadow'] : undefined
  return Array.isArray(shadow) && shadow.length > 0
}

type Ask = (entrypoint: Entrypoint, input: unknown) => unknown

function asker(bundle: PolicyBundle, engineFactory: EngineFactory, limit: number): Ask {
  let engine: PolicyEngine | undefined = engineFactory(bundle)
  return (entrypoint, input) => {
    if (!isExact(input)) throw new PolicyError('policy input holds a value that JSON cannot carry')
    engine ??= engineFactory(bundle)
    try {
      return engine.evaluate(entrypoint, input)
    } finally {
      // The memory of an engine never shrinks, so one greedy evaluation would be paid for ever after.
      if (engine.memoryBytes() > limit) engine = undefined
    }
  }
}

function askProfile(ask: Ask, input: ProfileInput): Profile {
  const checked = validate('profile-input', input)
  return freezeDeep(validate('profile', ask('gateway/profile', checked)))
}

function askDecision(ask: Ask, input: PolicyInput): Decision {
  const checked = validate('policy-input', input)
  return settle(validate('decision', ask('gateway/decision', checked)), checked)
}

function remember(
  profiles: Map<string, Profile>,
  key: string,
  profile: Profile,
  most: number,
): void {
  profiles.delete(key)
  profiles.set(key, profile)
  for (const oldest of profiles.keys()) {
    if (profiles.size <= most) return
    profiles.delete(oldest)
  }
}

function wrap(message: string, thrown: unknown): PolicyError {
  return thrown instanceof PolicyError ? thrown : new PolicyError(message, thrown)
}

function report(onFailure: PolicyOptions['onFailure'], thrown: unknown): void {
  try {
    onFailure?.(wrap('policy gave no usable decision', thrown))
  } catch {
    // Whoever listens must not turn a deny into an exception.
  }
}
