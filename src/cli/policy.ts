import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { buildBundle, findOpa, testPolicies } from '../policy/build/index.ts'
import { PolicyError } from '../policy/index.ts'
import { checkBuildFlags, withBuildFlags, writeSigned, type BuildFlags } from './policy-build.ts'
import { policyCheckCommand, reportCheck } from './policy-check.ts'

const shipped = fileURLToPath(new URL('../../policies/', import.meta.url))

/** Exit code: 0 done, 1 the check failed, 2 usage or configuration error. */
type Act = (dir: string, opa: string, flags: BuildFlags) => Promise<0 | 1>

/** `phigate policy build|check|test [DIR]` */
export function policyCommand(): Command {
  const command = new Command('policy').description('build, check and test policies')
  withBuildFlags(add(command, 'build', 'compile the policies to DIR/bundle', build))
  command.addCommand(policyCheckCommand(shipped))
  add(command, 'test', 'run the tests beside the rules, with full coverage', test)
  return command
}

function add(command: Command, name: string, description: string, act: Act): Command {
  return command
    .command(name)
    .description(description)
    .argument('[DIR]', 'policy directory', shipped)
    .action(async (dir: string, flags: BuildFlags) => {
      process.exitCode = await attempt(act, resolve(dir), flags)
    })
}

async function attempt(act: Act, dir: string, flags: BuildFlags): Promise<0 | 1 | 2> {
  try {
    checkBuildFlags(flags)
    return await act(dir, await findOpa({ env: process.env }), flags)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    console.error(error.message)
    return 2
  }
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
  const sound = report.failed === 0
  if (sound && !report.covered) console.log('coverage of the rules is below 100 percent')
  console.log(`${report.passed} passed, ${report.failed} failed`)
  return sound && report.covered ? 0 : 1
}
