import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { mochaOn } from './mocha.ts'
import type { Outcome, Tools } from './step.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The system's Chromium: `CHROMIUM`, else the first of its names on the path; undefined where there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM: given, PATH = '' } = env
  if (given !== undefined && given !== '') return given
  const places = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return places.find((place) => existsSync(place))
}

/** The console's pages in a real browser; skipped, and told so, where the machine has none. */
export async function browserTests(tools: Tools): Promise<Outcome> {
  if (findChromium() === undefined) {
    return { passed: 0, failed: 0, report: '', skipped: 'no Chromium here: set CHROMIUM' }
  }
  return mochaOn(tools, 'browser', 'test/browser/**/*.test.ts')
}
