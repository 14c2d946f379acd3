/** Objects and lists in each other, at most: the module's own parser runs out of stack far above it. */
const DEEPEST = 200

/**
 * Whether a JSON value means the same inside the policy engine as outside. The engine aborts on a lone surrogate, which
 * any client can send; it rounds integers above 2^53, and what JSON cannot write (NaN, 1e400) becomes null there.
 */
export function isExact(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value === 'number') {
    return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)
  }
  if (typeof value === 'object' && value !== null) {
    if (depth === DEEPEST) return false
    return Object.entries(value).every(
      ([key, member]) => key.isWellFormed() && isExact(member, depth + 1),
    )
  }
  // What JSON leaves out is not there for the engine either.
  return typeof value === 'boolean' || value === null || value === undefined
}
