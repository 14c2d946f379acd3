import type { RetentionDesk } from '../../src/console/index.ts'

/** Where nothing is kept, held or removed. */
export const noRetention: RetentionDesk = {
  days: 2192,
  recordingDays: () => ({ claude: 90 }),
  holds: () => [],
  run: async () => ({
    files: 0,
    kept: 'nothing is old enough',
    recordings: { sessions: [], held: [], segments: 0 },
  }),
  hold: async (asked) => ({ ...asked, id: 'hold_1', at: 0 }),
  release: async () => {},
}
