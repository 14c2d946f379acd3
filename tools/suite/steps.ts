import { browserTests } from './chromium.ts'
import { coverageFloors } from './coverage.ts'
import { mochaTests } from './mocha.ts'
import { bundleIsCurrent, policyCheck, regoTests } from './policy.ts'
import { receiverTests } from './receivers.ts'
import { oneCheck, type Step, type Tools } from './step.ts'

/** Everything that has to hold of this repository, the quick before the slow. */
export const STEPS: readonly Step[] = [
  check('generated types', ['node', 'tools/generate-types.ts', '--check']),
  check('types', ['tsc', '--noEmit', '-p', '.']),
  check('lint', ['oxlint', '--type-aware']),
  check('format', ['prettier', '--check', '--log-level', 'warn', '.']),
  check('imports', ['depcruise', 'src', 'test', 'tools']),
  check('dead code', ['knip']),
  check('dead code in an installation', ['knip', '--production', '--files', '--dependencies']),
  { name: 'policies', kind: 'check', run: policyCheck },
  { name: 'policy bundle', kind: 'check', run: bundleIsCurrent },
  { name: 'rego', kind: 'test', run: regoTests },
  { name: 'mocha', kind: 'test', run: mochaTests },
  { name: 'coverage', kind: 'test', run: coverageFloors },
  { name: 'browser', kind: 'test', run: browserTests },
  { name: 'receivers', kind: 'test', run: receiverTests },
]

function check(name: string, [command = '', ...args]: readonly string[]): Step {
  return {
    name,
    kind: 'check',
    async run({ program }: Tools) {
      const { code, output } = await program(command, args)
      return oneCheck(code === 0, output.trim())
    },
  }
}
