import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { createGateway, createRecentRefusals, createUnseenBytes } from '../gateway/index.ts'
import { crockford } from '../mask/index.ts'
import type { Live } from './live.ts'
import { clock, log } from './process.ts'
import { holdTimesOf } from './reviewing.ts'
import type { Rooms } from './rooms.ts'

export function gatewayFor(live: Live, rooms: Rooms, draining: () => boolean): RequestListener {
  const { audit, recordings, lanes, callers, labels, limiting, admission, approvals } = rooms
  const config = live.config()
  return createGateway({
    settings: () => live.settings(),
    lanes: () => lanes.exchange(),
    audit,
    recordings,
    approvals,
    get holdTimes() {
      return holdTimesOf(live.config())
    },
    reviewUrl: rooms.reviewUrl,
    clock,
    labels,
    log,
    draining,
    authenticate: (headers) => callers.authenticate(headers),
    admission,
    limiter: limiting.limiter,
    blocks: limiting.blocks,
    unseen: createUnseenBytes(),
    refusals: createRecentRefusals(clock),
    newDecisionId: () => `dec_${crockford(randomBytes(17), 26)}`,
    allowedHosts: config.allowedHosts === undefined ? undefined : new Set(config.allowedHosts),
    notReady: () => {
      const ready = {
        policy: lanes.ready(),
        audit: audit.healthy(),
        recordings: recordings.healthy(),
        issuer: callers.ready(),
      }
      return Object.entries(ready).flatMap(([name, is]) => (is ? [] : [name]))
    },
    warnings: () =>
      [
        rooms.roster().warning,
        rooms.log.signing().state === 'failing' ? 'audit-unsigned' : undefined,
      ].filter((warning) => warning !== undefined),
  })
}
