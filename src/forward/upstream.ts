import type { Cleared } from './cleared.ts'

/** An answer whose body is still on its way. */
export interface UpstreamAnswer {
  readonly status: number
  /** The upstream's headers that the client may see. */
  readonly headers: Readonly<Record<string, string>>
  readonly contentType: string
  /**
   * The body, in the network's chunks; ends or throws exactly once.
   * Throws GatewayError `upstream-cut` or `upstream-timeout`.
   */
  readonly body: AsyncIterable<Uint8Array>
  /** Lets go of the connection when the body is not read to its end. */
  discard(): void
}

export interface Upstream {
  /**
   * Sends a cleared request.
   * @param signal aborted when the client has gone: the upstream's connection is closed then
   * @throws GatewayError `upstream-refused`, `upstream-cut`, `upstream-timeout`, `upstream-garbage`
   */
  send(cleared: Cleared, signal: AbortSignal): Promise<UpstreamAnswer>
  /** Another took its place: what is under way ends as it may, and no connection is kept for later. */
  retire(): void
  close(): void
}

/** A connection with its key. The key has no other way out than the header it is set in. */
export interface UpstreamConnection {
  readonly name: string
  readonly url: URL
  readonly timeoutMs: number
  readonly credential: () => Readonly<Record<string, string>>
}
