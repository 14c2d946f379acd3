/** The part of the composition root that is about reviews: who waits how long, how reviewers sign in, and who is told. */
import { randomBytes } from 'node:crypto'
import {
  openApprovals,
  type Approvals,
  type ApprovalsOptions,
  type SealKey,
} from '../approve/index.ts'
import type { Config, SignInConfig } from '../config/index.ts'
import type { ConsoleOptions, RecordingsDesk, SignInDesk } from '../console/index.ts'
import { GatewayError, type Clock, type DeliveryStore } from '../domain/index.ts'
import { createSignIn, type SignInAccess, type SignInSecrets } from '../identity/index.ts'
import { usableKeys, type Keyring } from '../keyring/index.ts'
import { crockford } from '../mask/index.ts'
import {
  openNotifier,
  type Notifier,
  type NotifierOptions,
  type Post,
  type WebhookKey,
} from '../notify/index.ts'

/**
 * The desk of reviews.
 * @param config read anew each time: a reload changes it
 * @param keys for the payloads, the active one first
 */
export function openReviewing(
  config: () => Config,
  keys: () => readonly [SealKey, ...SealKey[]],
  more: Pick<
    ApprovalsOptions,
    'store' | 'record' | 'clock' | 'labels' | 'log' | 'onChange' | 'isBlocked'
  >,
): Promise<Approvals> {
  return openApprovals({
    ...more,
    keys,
    newId: () => `rev_${crockford(randomBytes(17), 26)}`,
    randomBytes,
    lifeMs: () => config().approvals.reviewSeconds * 1000,
    ownersOf: (principal) => config().approvals.owners.get(principal) ?? [],
  })
}

/** How long an exchange waits for its review. */
export function holdTimesOf({
  approvals,
}: Config): Readonly<Record<'quietMs' | 'streamMs' | 'silentMs' | 'pingMs', number>> {
  const { quietSeconds, streamSeconds, silentSeconds, pingSeconds } = approvals
  return {
    quietMs: quietSeconds * 1000,
    streamMs: streamSeconds * 1000,
    silentMs: silentSeconds * 1000,
    pingMs: pingSeconds * 1000,
  }
}

/** Recordings, whose sessions end with what was asked and granted in them. */
export function endingReviews(desk: RecordingsDesk, approvals: Approvals): RecordingsDesk {
  const ending =
    (act: RecordingsDesk['end']): RecordingsDesk['end'] =>
    async (session, reason, by) => {
      await act(session, reason, by)
      await approvals.endSession(session, by, reason)
    }
  return {
    ...desk,
    end: ending((...args) => desk.end(...args)),
    shred: ending((...args) => desk.shred(...args)),
  }
}

/** Where the console is heard, as far as that is known before it is: port 0 takes any free one. */
export function addressOf({ console: { host, port, tls } }: Config): URL {
  const name = host.includes(':') ? `[${host}]` : host
  return new URL(`${tls === undefined ? 'http' : 'https'}://${name}:${port}`)
}

/** Sign-in as the console wants it; undefined where nobody can sign in. */
export function signInFor(
  signIn: SignInConfig | undefined,
  publicUrl: URL,
  access: (client: SignInConfig) => SignInAccess,
  clock: Clock,
  /** Hears of every sign-in that the issuer's answer did not end well. */
  onRefused: (issuer: string) => void,
): ConsoleOptions['signIn'] {
  if (signIn === undefined) return undefined
  const { issuer, idleSeconds, lifeSeconds, freshSeconds } = signIn
  const desk: SignInDesk<SignInSecrets> = createSignIn(
    {
      redirectUri: new URL('/sign-in/callback', publicUrl),
      maxAgeSeconds: freshSeconds,
      claims: issuer.claims,
      requiredClaims: issuer.requiredClaims,
      clock,
    },
    access(signIn),
  )
  const times = {
    idleMs: idleSeconds * 1000,
    lifeMs: lifeSeconds * 1000,
    freshMs: freshSeconds * 1000,
  }
  const counted: typeof desk = {
    ...desk,
    async finish(callback, secrets) {
      try {
        return await desk.finish(callback, secrets)
      } catch (error) {
        const refused = error instanceof GatewayError && error.code === 'unauthenticated'
        if (refused) onRefused(issuer.url.href)
        throw error
      }
    },
  }
  return { desk: counted, times }
}

/** Hosts that the console answers for, when it has another address for people than its listener. */
export function consoleHosts(
  { allowedHosts, approvals }: Config,
  listener: URL,
): readonly string[] | undefined {
  const { publicUrl } = approvals
  if (allowedHosts !== undefined || publicUrl === undefined) return allowedHosts
  return [...new Set([publicUrl.hostname, listener.hostname, 'localhost', '127.0.0.1', '[::1]'])]
}

/** The queue of notifications, signed with the keys of the keyring. */
export function openNotifying(
  { webhooks = [] }: Config,
  store: DeliveryStore,
  keyring: () => Keyring,
  more: Pick<NotifierOptions, 'clock' | 'reviewUrl' | 'log'>,
): Promise<Notifier> {
  const keys = (): readonly WebhookKey[] =>
    usableKeys(keyring(), 'webhook').map(({ secret }) => ({ secret: secret.reveal() }))
  return openNotifier({ endpoints: webhooks, store, keys, post, ...more })
}

/** A redirect is not followed: what is signed for one address is not for another. */
const post: Post = async (url, headers, body, signal) => {
  const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
  await answer.body?.cancel()
  return answer.status
}
