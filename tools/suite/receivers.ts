import { mochaOn } from './mocha.ts'
import type { Outcome, Tools } from './step.ts'

/** The audit log at receivers that others wrote; skipped, and told so, where Go or their sources are not to be had. */
export async function receiverTests(tools: Tools): Promise<Outcome> {
  const { code } = await tools.program('go', ['mod', 'download', '-C', 'test/receivers'])
  if (code !== 0) {
    return { passed: 0, failed: 0, report: '', skipped: 'no Go here, or no module proxy' }
  }
  return mochaOn(tools, 'receivers', 'test/receivers/**/*.test.ts')
}
