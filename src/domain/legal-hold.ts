/** A legal hold: while it stands, nothing of its time is removed. */
export interface LegalHold {
  readonly id: string
  readonly reason: string
  readonly by: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The time that is held, up to and without the second; all of it when not given. */
  readonly from?: number
  readonly to?: number
  /** Of recordings only those of this session, this caller and this connection; all when none of them is given. */
  readonly session?: string
  readonly principal?: string
  readonly connection?: string
}
