/** Header rules: an allow list in each direction, so that nothing unknown crosses. */

const TO_UPSTREAM =
  /^(?:anthropic-[a-z0-9-]+|user-agent|x-app|x-stainless-[a-z0-9-]+|x-claude-code-[a-z-]+)$/
const NEVER = new Set(['anthropic-api-key', 'anthropic-auth-token'])
const FROM_UPSTREAM =
  /^(?:content-type|request-id|retry-after|retry-after-ms|x-should-retry|anthropic-ratelimit-[a-z-]+|anthropic-priority-[a-z-]+)$/

/**
 * What of a client's headers goes upstream, lower-case names. Its credentials, its hop-by-hop headers, `expect` and
 * `accept-encoding` do not: the answer has to be read.
 * @param drop names that the connection leaves out besides
 */
export function requestHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  drop: readonly string[] = [],
): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || !TO_UPSTREAM.test(name) || NEVER.has(name)) continue
    if (drop.includes(name)) continue
    kept[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return kept
}

/** What of the upstream's headers goes to the client. */
export function responseHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && FROM_UPSTREAM.test(name)) kept[name] = value
  }
  return kept
}
