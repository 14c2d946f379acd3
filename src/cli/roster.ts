import { rmSync } from 'node:fs'
import { Command, Option } from 'commander'
import {
  ConfigError,
  dataDir,
  keyringFileOf,
  keyringIn,
  rosterFileOf,
  rosterIn,
} from '../config/index.ts'
import { KeyringError, readKeyring, usableKeys } from '../keyring/index.ts'
import {
  importRoster,
  readRosterInfo,
  RosterError,
  type BadLine,
  type RosterFormat,
  type RosterInfo,
} from '../roster/index.ts'
import { progressOf } from './progress.ts'
import { addPlaces } from './data-dir.ts'
import { fail } from './process.ts'

interface RosterFlags {
  readonly config?: string
  readonly dataDir?: string
}

const WHY: Readonly<Record<BadLine['why'], string>> = {
  encoding: 'is no UTF-8',
  form: 'is not made as the others are',
  length: 'is too long',
  nobody: 'names nobody',
  value: 'has a value that cannot be used; the rest of it is listed',
}
const MOST_SHOWN = 20

/** `phigate roster`: the known people. What is printed are counts, dates and numbers of lines, never a value. */
export function rosterCommand(): Command {
  const roster = new Command('roster').description('people who must never reach the upstream')
  roster.addCommand(
    subcommand('import', 'list the people of a file, in the place of those before')
      .argument('<file>', 'CSV with a line of column names; FHIR as a bundle or NDJSON')
      .addOption(new Option('--format <format>').choices(['csv', 'fhir', 'auto']).default('auto'))
      .action(guarded(runImport)),
  )
  roster.addCommand(
    subcommand('status', 'how many are listed, and since when').action(
      guarded(async (flags: RosterFlags) => {
        const info = readRosterInfo(placesOf(flags).roster)
        if (info === undefined) fail('roster', 'there is none', 1)
        show(info)
      }),
    ),
  )
  return roster.addCommand(
    subcommand('remove', 'list nobody any more').action(
      guarded(async (flags: RosterFlags) => {
        const { roster: file } = placesOf(flags)
        rmSync(file, { force: true })
        rmSync(`${file}.import`, { force: true })
      }),
    ),
  )
}

function subcommand(name: string, description: string): Command {
  return addPlaces(new Command(name)).description(description).allowExcessArguments(false)
}

async function runImport(
  input: string,
  flags: RosterFlags & { readonly format: RosterFormat },
): Promise<void> {
  const places = placesOf(flags)
  const [key] = usableKeys(readKeyring(places.keyring), 'roster')
  const progress = progressOf('records')
  const { info, bad, resumedAfter } = await importRoster({
    input,
    format: flags.format,
    file: places.roster,
    key: { id: key.id, secret: key.secret.reveal() },
    now: new Date(),
    onProgress: progress.at,
  })
  progress.done()
  if (resumedAfter > 0) process.stderr.write(`went on after record ${resumedAfter}\n`)
  for (const { number, why } of bad.slice(0, MOST_SHOWN)) {
    process.stderr.write(`line ${number} ${WHY[why]}\n`)
  }
  show(info)
  if (bad.length === 0) return
  process.stderr.write(`${bad.length} lines cannot be used, or not all of them\n`)
  process.exitCode = 1
}

function show({ people, importedAt, version, badLines }: RosterInfo): void {
  const bad = badLines === 0 ? '' : `\t${badLines} bad lines`
  process.stdout.write(`${people} people\timported ${importedAt}\tversion ${version}${bad}\n`)
}

function placesOf({ config, dataDir: directory }: RosterFlags): {
  readonly roster: string
  readonly keyring: string
} {
  if (config !== undefined) return { roster: rosterFileOf(config), keyring: keyringFileOf(config) }
  const data = directory ?? dataDir()
  return { roster: rosterIn(data), keyring: keyringIn(data) }
}

function guarded<A extends readonly unknown[]>(
  work: (...args: A) => Promise<void>,
): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      await work(...args)
    } catch (error) {
      if (error instanceof ConfigError) fail('roster', error.message)
      if (error instanceof KeyringError || error instanceof RosterError) {
        fail('roster', error.message, 1)
      }
      throw error
    }
  }
}
