import type { Adapter, AdapterPayload } from 'oidc-provider'

/**
 * What the demo's issuer remembers of sign-ins: sessions, codes, grants. Bounded, because nobody tidies up a demo; the
 * oldest go first.
 */
const MOST_ENTRIES = 2000

/** A store of one model of the issuer's, in memory. */
export function inMemory(): Adapter {
  const kept = new Map<string, AdapterPayload>()
  return {
    async upsert(id, payload) {
      kept.delete(id)
      kept.set(id, payload)
      const [oldest] = kept.keys()
      if (kept.size > MOST_ENTRIES && oldest !== undefined) kept.delete(oldest)
    },
    find: async (id) => kept.get(id),
    findByUid: async (uid) => kept.values().find((payload) => payload.uid === uid),
    findByUserCode: async () => undefined,
    async consume(id) {
      const payload = kept.get(id)
      if (payload !== undefined) kept.set(id, { ...payload, consumed: true })
    },
    async destroy(id) {
      kept.delete(id)
    },
    async revokeByGrantId(grantId) {
      for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id)
    },
  }
}
