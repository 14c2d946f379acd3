/** The state of a bundle, in the field names of OPA's status API. Times are RFC 3339, UTC. */
export interface BundleStatus {
  readonly name: string
  readonly active_revision?: string
  readonly last_successful_activation?: string
  readonly last_successful_request?: string
  readonly last_request?: string
  /** Set while the last bundle that was tried is not the active one. */
  readonly code?: 'bundle_error'
  readonly message?: string
  readonly errors?: readonly string[]
  /** Of the active bundle; ours. */
  readonly digest?: string
  readonly serial?: number
  readonly canaries?: number
}
