import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { openOpaWasm } from '../policy/adapters/opa-wasm.ts'
import { buildBundle, findOpa, testPolicies } from '../policy/build/index.ts'
import { runCases } from '../policy/review/index.ts'
import { attempt } from './policy-attempt.ts'
import { checkBuildFlags, withBuildFlags, writeSigned, type BuildFlags } from './policy-build.ts'
import { policyCheckCommand, reportCheck } from './policy-check.ts'
import { diffCommand } from './policy-diff.ts'
import { evalCommand } from './policy-eval.ts'

const shipped = fileURLToPath(new URL('../../policies/', import.meta.url))

/** Gives the exit code: 0 done, 1 the check failed. */
type Act = (dir: string, opa: string, flags: BuildFlags) => Promise<0 | 1>

/** `phigate policy build|check|test|eval|diff` */
export function policyCommand(): Command {
  const command = new Command('policy').description('build, check and test policies')
  withBuildFlags(add(command, 'build', 'compile the policies to DIR/bundle', build))
  command.addCommand(policyCheckCommand(shipped))
  add(command, 'test', 'run the tests beside the rules, with full coverage, and the cases', test)
  return command.addCommand(evalCommand(shipped)).addCommand(diffCommand())
}

function add(command: Command, name: string, description: string, act: Act): Command {
  return command
    .command(name)
    .description(description)
    .argument('[DIR]', 'policy directory', shipped)
    .action((dir: string, flags: BuildFlags) =>
      attempt(async () => {
        checkBuildFlags(flags)
        return act(resolve(dir), await findOpa({ env: process.env }), flags)
      }),
    )
}

async function build(dir: string, opa: string, flags: BuildFlags): Promise<0 | 1> {
  if ((await reportCheck(dir, opa, 'text')) !== 0) return 1
  const bundle = await buildBundle({ dir, opa })
  console.log(`revision ${bundle.revision}`)
  await writeSigned(bundle, flags)
  return 0
}

async function test(dir: string, opa: string): Promise<0 | 1> {
  const report = await testPolicies({ dir, opa })
  console.log(report.output)
  const cases = await testCases(dir, opa)
  const failed = report.failed + cases.failed
  if (report.failed === 0 && !report.covered) {
    console.log('coverage of the rules is below 100 percent')
  }
  console.log(`${report.passed + cases.passed} passed, ${failed} failed`)
  return failed === 0 && report.covered ? 0 : 1
}

/** The data-driven cases: OPA and the gateway's WASM must give the expected answer, and the same one. */
async function testCases(dir: string, opa: string): Promise<{ passed: number; failed: number }> {
  const results = await runCases({ dir, opa, engine: openOpaWasm })
  for (const { file, row, name, problem } of results) {
    console.log(
      problem === undefined ? `case ${name}: PASS` : `${file}:${row}: ${name}: FAIL: ${problem}`,
    )
  }
  const failed = results.filter(({ problem }) => problem !== undefined).length
  return { passed: results.length - failed, failed }
}
