import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestGateway } from './gateway.ts'

/** A review as the API shows it, as far as tests look. */
export interface Shown {
  readonly id: string
  readonly status: string
  readonly principal: string
  readonly reviewDigest: string
  readonly totals: Readonly<Record<string, number>>
  readonly grant: { readonly status: string; readonly used: number } | null
  readonly payload?: { readonly messages: readonly { readonly content: string }[] }
}

/** The console of a test's gateway, asked as one of the demo's people. */
export interface ConsoleCaller {
  get(path: string): Promise<Response>
  post(path: string, body: unknown): Promise<Response>
  /** The reviews of a status. */
  reviews(status: string): Promise<readonly Shown[]>
  /** Waits until so many reviews are pending; the newest first. */
  pending(count?: number): Promise<readonly Shown[]>
  /** The status of the answer. */
  answer(id: string, verb: 'approve' | 'deny' | 'revoke', reason?: string): Promise<number>
}

export async function consoleAs(gateway: TestGateway, user: string): Promise<ConsoleCaller> {
  const token = await gateway.issuer.token(user)
  return consoleWith(gateway, token)
}

export function consoleWith(gateway: TestGateway, token: string): ConsoleCaller {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const url = (path: string): URL => new URL(path, gateway.server.consoleUrl)
  const caller: ConsoleCaller = {
    get: (path) => fetch(url(path), { headers }),
    post: (path, body) => fetch(url(path), { method: 'POST', headers, body: JSON.stringify(body) }),
    async reviews(status) {
      const answer = await caller.get(`/api/reviews?status=${status}`)
      assert.equal(answer.status, 200)
      return ((await answer.json()) as { reviews: Shown[] }).reviews
    },
    async pending(count = 1) {
      for (;;) {
        const reviews = await caller.reviews('pending')
        if (reviews.length >= count) return reviews
        await pause(20)
      }
    },
    async answer(id, verb, reason = 'seen') {
      const answer = await caller.post(`/api/reviews/${id}/${verb}`, { reason })
      await answer.text()
      return answer.status
    },
  }
  return caller
}
