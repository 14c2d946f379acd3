import { isDeepStrictEqual } from 'node:util'
import type { Config } from './config.ts'

/** What a running gateway takes over; everything else is bound to what was opened at the start. */
const RELOADABLE = [
  'connections',
  'defaultConnection',
  'limits',
  'approvals',
  'recordingDays',
] as const

const FIXED = {
  listen: '/listen',
  console: '/console',
  dataDir: '/dataDir',
  policyDir: '/policyDir',
  policy: '/policy',
  keyringFile: '/keyring/file',
  issuers: '/issuers',
  allowedHosts: '/allowedHosts',
  signIn: '/console/signIn',
  webhooks: '/webhooks',
  audit: '/audit',
  metrics: '/metrics',
  roster: '/roster',
  logExchanges: '/log/exchanges',
} as const satisfies Readonly<Record<Exclude<keyof Config, (typeof RELOADABLE)[number]>, string>>

export interface Reloaded {
  readonly config: Config
  /** Paths of changed settings that wait for a restart. */
  readonly ignored: readonly string[]
}

/** The running configuration with what of the next one can be taken over. */
export function reloaded(running: Config, next: Config): Reloaded {
  const names = Object.keys(FIXED) as (keyof typeof FIXED)[]
  const { connections, defaultConnection, limits, approvals, recordingDays } = next
  const kept = recordingDays === undefined ? {} : { recordingDays }
  return {
    config: { ...running, connections, defaultConnection, limits, approvals, ...kept },
    ignored: names
      .filter((name) => !isDeepStrictEqual(running[name], next[name]))
      .map((name) => FIXED[name]),
  }
}
