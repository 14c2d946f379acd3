import { GatewayError } from '../domain/index.ts'
import type { ApprovalsOptions } from './approvals-options.ts'
import { seal, unseal } from './seal.ts'

/** The body of a review as it is stored. */
export function sealedPayload(
  id: string,
  payload: Uint8Array,
  { keys, randomBytes }: Pick<ApprovalsOptions, 'keys' | 'randomBytes'>,
): Uint8Array {
  return seal(keys()[0], id, randomBytes(12), payload)
}

/**
 * The masked body that was asked about; empty where it was shredded with its session, or its key was retired.
 * @throws GatewayError `not-found`
 */
export async function payloadOf(
  id: string,
  { store, keys }: Pick<ApprovalsOptions, 'store' | 'keys'>,
): Promise<Uint8Array> {
  const sealed = await store.payload(id)
  if (sealed === undefined) throw new GatewayError('not-found', 'No such review')
  return sealed.byteLength === 0 ? sealed : (unseal(keys(), id, sealed) ?? new Uint8Array(0))
}
