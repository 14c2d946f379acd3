import { isRecord, refusePolicyRoots } from './bundle.ts'
import { isExact } from './exact.ts'
import { PolicyError } from './policy-error.ts'

/**
 * Refuses policy data that would not mean in the engine what it says, or that the host would have to guess about.
 * @throws PolicyError naming the place
 */
export function checkData(data: Readonly<Record<string, unknown>>): void {
  refusePolicyRoots(data)
  for (const [name, value] of Object.entries(data)) {
    if (!isExact({ [name]: value })) {
      throw new PolicyError(
        `policy data under data.${name} holds a number that is not exact, a lone surrogate, or is nested too deep`,
      )
    }
  }
  const config = data['gateway_config']
  const shadow = isRecord(config) ? config['shadow'] : undefined
  if (shadow === undefined) return
  const sound = Array.isArray(shadow) && shadow.every((entry) => isShadowed(entry))
  if (!sound) throw new PolicyError('data.gateway_config.shadow is not a list of {team, code}')
}

/** One rule that is tried and not enforced, by its team and the code of its reason. */
function isShadowed(entry: unknown): boolean {
  if (!isRecord(entry) || Object.keys(entry).length !== 2) return false
  return [entry['team'], entry['code']].every((name) => typeof name === 'string' && name !== '')
}
