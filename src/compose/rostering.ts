/** The part of the composition root that tells of the roster: how old it is, and whether it can be read. */
import { DEFAULT_ROSTER_DAYS, rosterIn, type Config } from '../config/index.ts'
import type { RosterStatus } from '../console/index.ts'
import type { Clock } from '../domain/index.ts'
import { liveRosterInfo, rosterWarning, type RosterInfo } from '../roster/index.ts'

export interface RosterReport {
  readonly info: RosterInfo | undefined
  /** Only where a connection takes patients' data. */
  readonly warning: string | undefined
}

/** Looked at when it is asked for: a file that cannot be read is as good as none. */
export function rosterReport(config: () => Config, clock: Clock): () => RosterReport {
  const { dataDir, roster } = config()
  const { file = rosterIn(dataDir), maxAgeDays = DEFAULT_ROSTER_DAYS } = roster ?? {}
  const read = liveRosterInfo(file)
  return () => {
    let info: RosterInfo | undefined
    try {
      info = read()
    } catch {
      return { info, warning: 'roster-unreadable' }
    }
    const wanted = config().connections.some(({ labels }) => labels.baa)
    return { info, warning: wanted ? rosterWarning(info, maxAgeDays, clock.now()) : undefined }
  }
}

export function rosterStatus({ info, warning }: RosterReport): RosterStatus {
  return {
    ...(info === undefined
      ? {}
      : { version: info.version, people: info.people, importedAt: info.importedAt }),
    ...(warning === undefined ? {} : { warning }),
  }
}
