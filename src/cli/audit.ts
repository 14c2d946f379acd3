import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { addPlaces, placesOf, type PlaceFlags } from './data-dir.ts'
import { publicKeys } from './public-keys.ts'
import { verifyFolder, type Head, type Verification } from '../record/index.ts'
import { evidenceCommand } from './audit-evidence.ts'
import { patientCommand } from './audit-patient.ts'
import { reportCommand } from './audit-report.ts'
import { searchCommand } from './audit-search.ts'
import { progressOf } from './progress.ts'

interface VerifyFlags extends PlaceFlags {
  readonly expectHead?: Head
  readonly checkpoint?: string
  readonly publicKeys?: string
  readonly package?: string
}

/** `phigate audit`: what can be said about the audit log from its files alone. */
export function auditCommand(): Command {
  const audit = withExitCodes(new Command('audit')).description('examine the audit log')
  const verify = addPlaces(withExitCodes(new Command('verify')))
    .description('check every record of the audit log and its chain')
    .addOption(
      new Option(
        '--expect-head <seq:hash>',
        'a head noted earlier, which the log must contain',
      ).argParser(parseHead),
    )
    .option('--package <dir>', 'a package of evidence, instead of the log of a data directory')
    .option('--checkpoint <file>', 'checkpoints noted earlier, which the log must extend')
    .option(
      '--public-keys <file>',
      "what `keys public` printed; without it the gateway's own keyring",
    )
    .allowExcessArguments(false)
    .action(async (flags: VerifyFlags) => {
      process.exitCode = await runVerify(flags)
    })
  audit.addCommand(verify)
  audit.addCommand(withExitCodes(searchCommand()))
  audit.addCommand(withExitCodes(evidenceCommand()))
  audit.addCommand(withExitCodes(reportCommand()))
  return audit.addCommand(withExitCodes(patientCommand()))
}

/** Errors of usage end with 2; commander's own code for them is 1, which says that a check failed. */
function withExitCodes(command: Command): Command {
  return command.exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2)
  })
}

async function runVerify(flags: VerifyFlags): Promise<number> {
  const { expectHead, checkpoint, publicKeys: keyFile } = flags
  const { dataDir, keyring } = placesOf(flags, 'audit verify')
  const directory = flags.package ?? join(dataDir, 'audit')
  const progress = progressOf('records')
  try {
    const keys = publicKeys(keyFile, keyring)
    if (keys === undefined && checkpoint !== undefined) {
      console.error('there are no public keys: give --public-keys or --config')
      return 2
    }
    const result = await verifyFolder(directory, {
      keys,
      earlier: checkpoint,
      expectHead,
      package: flags.package !== undefined,
      onProgress: progress.at,
    })
    progress.done()
    report(result, keys !== undefined)
    return result.ok ? 0 : 1
  } catch (error) {
    progress.done()
    if (error instanceof Error && error.name === 'KeyringError') {
      console.error(error.message)
      return 2
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    console.error(`${directory} cannot be read: ${code}`)
    return 1
  }
}

function report(result: Verification, signatures: boolean): void {
  if (!result.ok) {
    console.log(
      `bad: ${result.path} line ${result.line}, record ${result.seq} expected: ${result.problem}`,
    )
    return
  }
  const { records, head, covered, torn } = result
  console.log(`ok: ${records} records, head ${head.seq}:${head.hash}`)
  if (!signatures)
    console.log('unsigned: no public keys, so no signature was looked at (--public-keys, --config)')
  else if (covered === 0) console.log('unsigned: there is no checkpoint')
  else if (covered < head.seq) console.log(`signed: up to record ${covered}`)
  else console.log('signed: all of it')
  if (torn) console.log('torn: a write behind the last record was cut short or is under way')
}

function parseHead(text: string): Head {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (seq === undefined || hash === undefined) {
    throw new InvalidArgumentError('It must be SEQ:HASH, a number and 64 hex digits.')
  }
  return { seq: Number(seq), hash }
}
