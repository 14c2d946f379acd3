/** Who calls: a verified identity, never a token. */
export interface Principal {
  /** `issuer|subject`. */
  readonly id: string
  readonly kind: 'service_account' | 'person'
  readonly scopes: readonly string[]
  readonly groups: readonly string[]
  readonly onBehalfOf: string | null
  readonly purpose: string | null
}

/** A configured, named way to Claude. Its key is known to `forward/` alone. */
export interface Connection {
  readonly name: string
  readonly upstream: URL
  readonly labels: { readonly baa: boolean; readonly [label: string]: string | boolean | number }
  /** How long the upstream may take until the first byte of its answer, and between two bytes of it. */
  readonly timeoutMs: number
  /** The operations that may be asked of it; undefined for all. */
  readonly operations?: readonly string[]
  /** Names of models, or beginnings with a `*` behind; undefined for all. */
  readonly models?: readonly string[]
  /** Days that a session is kept after its last exchange; undefined for what holds for all. */
  readonly recordingDays?: number
  /** Headers, lower-case names, that are not forwarded although they could be. */
  readonly dropHeaders?: readonly string[]
}
