/** The times of each day at which a job may run. */
export interface DailyWindow {
  /** `22:00-04:00`; the end is no part of it. */
  readonly window: string
  /** As the IANA time zone database names it; UTC when not given. */
  readonly timeZone?: string
}

const WINDOW = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/

/** Whether it names times at all. */
export function isDailyWindow({ window, timeZone }: DailyWindow): boolean {
  return WINDOW.test(window) && (timeZone === undefined || clockOf(timeZone) !== undefined)
}

/** @param now milliseconds since the epoch */
export function isWithinWindow({ window, timeZone = 'UTC' }: DailyWindow, now: number): boolean {
  const clock = clockOf(timeZone)
  if (clock === undefined || !WINDOW.test(window)) return false
  // Written alike, times of a day compare as texts do.
  const [from = '', to = ''] = window.split('-')
  const at = clock.format(now)
  return from <= to ? from <= at && at < to : from <= at || at < to
}

/**
 * Undefined for a zone that nobody knows. The hour that comes twice in autumn is in a window both times; the one that
 * spring leaves out is in none.
 */
function clockOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  try {
    return new Intl.DateTimeFormat('en', { ...hours, timeZone })
  } catch {
    return undefined
  }
}
