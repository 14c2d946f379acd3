import type { Clock, ReviewStore, UnchainedRecord } from '../domain/index.ts'
import type { Review } from '../schema/index.ts'
import type { SealKey } from './seal.ts'

export interface ApprovalsOptions {
  readonly store: ReviewStore
  readonly record: (record: UnchainedRecord) => Promise<unknown>
  readonly clock: Clock
  readonly labels: Readonly<Record<string, string>>
  /** The active one first. */
  readonly keys: () => readonly [SealKey, ...SealKey[]]
  readonly newId: () => string
  readonly randomBytes: (count: number) => Uint8Array
  /** How long a review may be answered. */
  readonly lifeMs: () => number
  /** Whose request it counts as besides the caller's own: the owners of a service account. */
  readonly ownersOf: (principal: string) => readonly string[]
  /** Whether somebody is locked out: they answer nothing either. */
  readonly isBlocked: (principal: string) => boolean
  /**
   * Told of every change that the log has. One that it fails at, or that a crash keeps from it, it is told again.
   */
  readonly onChange?: (review: Review) => Promise<void>
  /** Told when reviews could not be kept up to date, and when they can again. */
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
  /** Milliseconds between two looks at what is due or owed; a second when not given. */
  readonly sweepMs?: number
}
