/**
 * Whether every string in a JSON value is well-formed UTF-16. The policy engine aborts on a lone surrogate, which any
 * client can send.
 */
export function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, member]) => key.isWellFormed() && isWellFormed(member))
}
