import type { LimitOverride, PrincipalLimits } from '../schema/index.ts'

/** Who is limited: counts of one principal on one connection are its own. */
export interface Caller {
  readonly principal: string
  readonly connection: string
}

/** The configured limits; one that is not given is off. */
export interface LimitRules {
  readonly perPrincipal: PrincipalLimits
  readonly overrides: readonly LimitOverride[]
}

/** The limits that hold for a caller: of the overrides that fit, a later one goes before an earlier one. */
export function limitsFor(rules: LimitRules, caller: Caller): PrincipalLimits {
  let limits: PrincipalLimits = rules.perPrincipal
  for (const { principal, connection, ...more } of rules.overrides) {
    const fits =
      (principal ?? caller.principal) === caller.principal &&
      (connection ?? caller.connection) === caller.connection
    if (fits) limits = { ...limits, ...more }
  }
  return limits
}
