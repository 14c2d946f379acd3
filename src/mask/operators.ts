import type { EntityType, Operator } from '../schema/index.ts'
import type { PlaceholderBook } from './placeholder.ts'

export interface Masked {
  readonly text: string
  readonly wide: boolean
}

/** What stands in the place of a value; undefined where it stays. */
export function applyOperator(
  operator: Operator,
  type: EntityType,
  value: string,
  wide: boolean,
  book: PlaceholderBook,
): Masked | undefined {
  switch (operator) {
    case 'keep':
      return undefined
    case 'placeholder': {
      const named = book.name(type, value, wide)
      return { text: named.placeholder, wide: named.wide }
    }
    case 'hash':
      return { text: book.hash(type, value), wide: false }
    // A scalar cannot be withheld alone; what cannot be forwarded at all leaves nothing but its type.
    case 'withhold':
    case 'redact':
      return { text: `[${type}]`, wide: false }
  }
}

/**
 * The text block that stands in for a source that cannot be read: the same on every turn. Its digest stands in a
 * placeholder, which is never searched: the model may quote it, and a client may send it.
 */
export function withheldText(kind: string, digest: string): string {
  return `${kind} withheld by policy [UNINSPECTABLE_${digest}]`
}
