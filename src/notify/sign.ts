import { createHmac, hkdfSync } from 'node:crypto'

/** A key of the keyring for webhooks. */
export interface WebhookKey {
  readonly secret: Uint8Array
}

/**
 * The secret that phigate shares with one receiver: of its own for each address (HKDF-SHA-256), so that no receiver can
 * speak to another as phigate.
 */
function secretFor({ secret }: WebhookKey, endpoint: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `webhook\0${endpoint}`, 32))
}

/** The secret as Standard Webhooks writes it, for the receiver's configuration. */
export function webhookSecret(key: WebhookKey, endpoint: string): string {
  return `whsec_${secretFor(key, endpoint).toString('base64')}`
}

/**
 * The headers of a delivery (Standard Webhooks 1.0.0): HMAC-SHA-256 over id, time stamp and body, one signature for
 * each key that is still accepted, so that receivers can change over while a key is rotated.
 * @param now milliseconds since the epoch
 */
export function signedHeaders(
  keys: readonly WebhookKey[],
  { id, endpoint, body }: { readonly id: string; readonly endpoint: string; readonly body: string },
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const signatures = keys.map((key) => {
    const mac = createHmac('sha256', secretFor(key, endpoint))
    return `v1,${mac.update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}
