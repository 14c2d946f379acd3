/** What a reload changes. */
import { liveConfig, type Config, type LiveConfig } from '../config/index.ts'
import type { AuditLog } from '../domain/index.ts'
import { createHttpProxyUpstream } from '../forward/adapters/http-proxy.ts'
import type { Upstream } from '../forward/index.ts'
import type { GatewaySettings } from '../gateway/index.ts'
import type { Metrics } from '../metrics/index.ts'
import { meteredUpstream } from './metering.ts'
import { type Labels, log } from './process.ts'

export type Live = LiveConfig<GatewaySettings>

export function goLive(config: Config, audit: AuditLog, labels: Labels, metrics: Metrics): Live {
  return liveConfig(config, {
    make: (next) => settingsOf(next, metrics),
    retire: ({ upstream }) => upstream.retire(),
    record: (detail) => audit.append({ labels, custom: { kind: 'config-activation', detail } }),
    log,
  })
}

function settingsOf(config: Config, metrics: Metrics): GatewaySettings {
  return {
    connections: new Map(config.connections.map((connection) => [connection.name, connection])),
    defaultConnection: config.defaultConnection,
    upstream: meteredUpstream(upstreamOf(config), metrics),
    bodyBytes: config.limits.bodyBytes,
  }
}

function upstreamOf(config: Config): Upstream {
  return createHttpProxyUpstream(
    config.connections.map(({ name, upstream: url, timeoutMs, keys: [active] }) => ({
      name,
      url,
      timeoutMs,
      credential: () => ({ 'x-api-key': active.secret.reveal() }),
    })),
  )
}
