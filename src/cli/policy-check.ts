import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import {
  checkPolicies,
  findOpa,
  policyWarnings,
  printViolation,
  type Violation,
} from '../policy/build/index.ts'
import { PolicyError } from '../policy/index.ts'

type Format = 'text' | 'json'

/** `phigate policy check [DIR] [--format text|json]` */
export function policyCheckCommand(shipped: string): Command {
  return new Command('check')
    .description('check format, types and the contract of the rules, and data against its schema')
    .argument('[DIR]', 'policy directory', shipped)
    .addOption(
      new Option('--format <FORMAT>', 'of what is found').choices(['text', 'json']).default('text'),
    )
    .action(async (dir: string, { format }: { format: Format }) => {
      process.exitCode = await check(resolve(dir), format)
    })
}

async function check(dir: string, format: Format): Promise<0 | 1 | 2> {
  try {
    const opa = await findOpa({ env: process.env })
    return await reportCheck(dir, opa, format)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    console.error(error.message)
    return 2
  }
}

/**
 * Prints what is wrong with a policy directory: text on stderr, JSON on stdout.
 * @returns the exit code
 * @throws PolicyError where the directory is not one of policy
 */
export async function reportCheck(dir: string, opa: string, format: Format): Promise<0 | 1> {
  const violations = await checkPolicies({ dir, opa })
  const warned = policyWarnings(dir, new Date().toISOString().slice(0, 10))
  if (format === 'json') {
    console.log(
      JSON.stringify({ ok: violations.length === 0, violations, warnings: warned }, null, 2),
    )
  } else {
    for (const violation of violations) console.error(printViolation(violation))
    for (const warning of warned) console.error(printWarning(warning))
  }
  return violations.length === 0 ? 0 : 1
}

function printWarning(warning: Violation): string {
  return `warning: ${printViolation(warning)}`
}
