import { Option, type Command } from 'commander'
import { ConfigError, dataDir, dataDirOf, keyringFileOf, keyringIn } from '../config/index.ts'
import { fail } from './process.ts'

/** How a command is told where the gateway's files are. */
export interface PlaceFlags {
  readonly config?: string
  readonly dataDir?: string
}

export interface Places {
  readonly dataDir: string
  readonly keyring: string
}

/** Adds `--config` and `--data-dir`. */
export function addPlaces(command: Command): Command {
  return command
    .addOption(new Option('--config <file>', 'phigate.yaml').conflicts('dataDir'))
    .option('--data-dir <dir>', 'where the gateway keeps its data (PHIGATE_DATA_DIR)')
}

/** Where the gateway's files are; a configuration that is wrong ends the command, whose name is given. */
export function placesOf({ config, dataDir: given }: PlaceFlags, command: string): Places {
  if (config === undefined) {
    const directory = given ?? dataDir()
    return { dataDir: directory, keyring: keyringIn(directory) }
  }
  try {
    return { dataDir: dataDirOf(config), keyring: keyringFileOf(config) }
  } catch (error) {
    if (error instanceof ConfigError) fail(command, error.message)
    throw error
  }
}
