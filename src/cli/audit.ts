import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { verifyLog, type Head, type Verification } from '../record/index.ts'

interface VerifyFlags {
  readonly dataDir: string
  readonly expectHead?: Head
}

/** `phigate audit`: what can be said about the audit log from its files alone. */
export function auditCommand(): Command {
  const audit = withExitCodes(new Command('audit')).description('examine the audit log')
  const verify = withExitCodes(new Command('verify'))
    .description('check every record of the audit log and its chain')
    .addOption(
      new Option('--data-dir <dir>', 'where the gateway keeps its data')
        .env('PHIGATE_DATA_DIR')
        .default('.phigate'),
    )
    .addOption(
      new Option(
        '--expect-head <seq:hash>',
        'a head noted earlier, which the log must contain',
      ).argParser(parseHead),
    )
    .allowExcessArguments(false)
    .action(async (flags: VerifyFlags) => {
      process.exitCode = await runVerify(flags)
    })
  return audit.addCommand(verify)
}

/** Errors of usage end with 2; commander's own code for them is 1, which says that a check failed. */
function withExitCodes(command: Command): Command {
  return command.exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2)
  })
}

async function runVerify({ dataDir, expectHead }: VerifyFlags): Promise<number> {
  const path = join(dataDir, 'audit', 'audit.ndjson')
  try {
    const result = await verifyLog(path, expectHead === undefined ? {} : { expectHead })
    report(result)
    return result.ok ? 0 : 1
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    console.error(`${path} cannot be read: ${code}`)
    return 1
  }
}

function report(result: Verification): void {
  if (!result.ok) {
    console.log(
      `bad: ${result.path} line ${result.line}, record ${result.seq} expected: ${result.problem}`,
    )
    return
  }
  console.log(`ok: ${result.records} records, head ${result.head.seq}:${result.head.hash}`)
  if (result.torn) {
    console.log('torn: a write behind the last record was cut short or is under way')
  }
}

function parseHead(text: string): Head {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (seq === undefined || hash === undefined) {
    throw new InvalidArgumentError('It must be SEQ:HASH, a number and 64 hex digits.')
  }
  return { seq: Number(seq), hash }
}
