import type { RequestListener } from 'node:http'
import type { SignInConfig } from '../config/index.ts'
import { createConsole, type AuditStatus } from '../console/index.ts'
import type { AuditLog } from '../domain/index.ts'
import { openidSignIn } from '../identity/adapters/openid-sign-in.ts'
import type { Identity, SignInAccess } from '../identity/index.ts'
import { openBlockDesk } from '../limits/index.ts'
import type { Activating } from './activating.ts'
import { auditDesk } from './auditing.ts'
import type { Live } from './live.ts'
import { loadOf } from './metering.ts'
import { clock, VERSION } from './process.ts'
import { consoleHosts, endingReviews, signInFor } from './reviewing.ts'
import type { Rooms } from './rooms.ts'
import { rosterStatus } from './rostering.ts'

export function consoleFor(
  live: Live,
  listenerUrl: URL,
  reviewers: Identity,
  policy: Activating,
  rooms: Rooms,
): RequestListener {
  const { audit, labels, limiting, approvals, archiving, notifier } = rooms
  const config = live.config()
  const publicUrl = config.approvals.publicUrl ?? listenerUrl
  const allowedHosts = consoleHosts(config, listenerUrl)
  const startedAt = clock.now()
  const desk = openBlockDesk({
    blocks: limiting.blocks,
    audit,
    clock,
    labels,
    issuers: config.issuers.map(({ url }) => url),
  })
  return createConsole({
    identity: reviewers,
    clock,
    publicUrl,
    bundles: () => policy.status(),
    history: () => policy.history(),
    principals: {
      list: () => ({ blocks: limiting.blocks.list(), uses: limiting.limiter.uses() }),
      ...desk,
      block: async (block) => {
        await desk.block(block)
        await approvals.cancelAll(block.id, block.by, block.reason)
      },
    },
    reviews: { approvals, url: rooms.reviewUrl, clock },
    recordings: endingReviews(archiving.desk, approvals),
    scans: rooms.scans,
    webhooks: notifier,
    audit: auditDesk(rooms.log, rooms.search, labels),
    retention: rooms.retaining.desk,
    signIn: signInFor(config.signIn, publicUrl, signInAccess, clock, (issuer) =>
      rooms.refused.count('sign-in', issuer),
    ),
    status: () => ({
      version: VERSION,
      startedAt,
      audit: auditStatus(audit, rooms),
      load: loadOf(rooms, live.config().limits.perPrincipal),
      roster: rosterStatus(rooms.roster()),
    }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
  })
}

function auditStatus(audit: AuditLog, { log: own, sinks }: Rooms): AuditStatus {
  const { seq, time } = own.checkpoint() ?? {}
  return {
    healthy: audit.healthy(),
    ...(seq === undefined || time === undefined ? {} : { checkpoint: { seq, time } }),
    signing: own.signing(),
    sinks: sinks.statuses(),
  }
}

function signInAccess({ issuer, clientId, clientSecret, scopes }: SignInConfig): SignInAccess {
  const secret = (): string => clientSecret.reveal()
  return openidSignIn({ issuer: issuer.url, clientId, clientSecret: secret, scopes, clock })
}
