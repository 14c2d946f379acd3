/** What the issuer says about itself. */
export interface IssuerMetadata {
  /** The issuer's name exactly as it spells it: what `iss` is compared with. */
  readonly issuer: string
  readonly jwksUri: URL
}

/** The claims of a token whose signature, issuer, audience and times hold. */
export type Claims = Readonly<Record<string, unknown>>

/** What a token is held against. None of it may be left out. */
export interface TokenRules {
  readonly issuer: string
  readonly audience: string
  readonly algorithms: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly clockToleranceSeconds: number
}

/** The keys an issuer publishes at one moment. */
export interface KeySet {
  /** Equal if and only if the keys are equal. */
  readonly digest: string
  /** @throws TokenRefusal */
  verify(token: string, rules: TokenRules): Promise<Claims>
}

/** The way to the issuer: given by the composition root, so that this folder knows neither library nor network. */
export interface IssuerAccess {
  /** Finds the issuer's metadata. Rejects when it cannot be had, or not before the signal aborts. */
  discover(issuer: URL, signal: AbortSignal): Promise<IssuerMetadata>
  /** Fetches the published keys. Rejects when they cannot be had, or not before the signal aborts. */
  fetchKeys(jwksUri: URL, signal: AbortSignal): Promise<KeySet>
}
