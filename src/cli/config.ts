import { existsSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'commander'
import {
  ConfigError,
  exampleConfig,
  ISSUER_EXAMPLES,
  loadConfig,
  type IssuerName,
} from '../config/index.ts'
import { KeyringError, readKeyring } from '../keyring/index.ts'
import { fail } from './process.ts'

const FILE = 'phigate.yaml'
const SCHEMA = fileURLToPath(new URL('../../schemas/config.schema.json', import.meta.url))

/** `phigate config init|check`: a configuration to begin with, and what is wrong in one. */
export function configCommand(): Command {
  const command = new Command('config').description('write or check phigate.yaml')
  command
    .command('init')
    .description('write a commented configuration; an existing file is not touched')
    .argument('[FILE]', 'where to write it', FILE)
    .addOption(
      new Option('--issuer <name>', 'whose tokens it takes; the others are in it as comments')
        .choices(Object.keys(ISSUER_EXAMPLES))
        .default('keycloak'),
    )
    .action((file: string, { issuer }: { issuer: IssuerName }) => init(file, issuer))
  command
    .command('check')
    .description('say everything that is wrong in a configuration')
    .option('--config <file>', 'the file', FILE)
    .action(({ config }: { config: string }) => {
      process.exitCode = check(config)
    })
  return command
}

function init(file: string, issuer: IssuerName): void {
  const schema = relative(dirname(resolve(file)), SCHEMA)
  try {
    writeFileSync(file, exampleConfig(schema, issuer), { flag: 'wx' })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    fail('config init', code === 'EEXIST' ? `${file} exists` : `${file} cannot be written: ${code}`)
  }
  console.log(
    `${file} is written. It names secrets/claude-key beside it; phigate keys init --config ${file} makes the keyring.`,
  )
}

/** @returns 0, or 1 when something is wrong */
function check(file: string): 0 | 1 {
  if (!existsSync(file)) fail('config check', `${file}: there is no such file`)
  try {
    const { keyringFile } = loadConfig(file)
    readKeyring(keyringFile)
    console.log('ok')
    return 0
  } catch (error) {
    if (error instanceof ConfigError) console.log(error.message)
    else if (error instanceof KeyringError) console.log(`${file}: /keyring/file ${error.message}`)
    else throw error
    return 1
  }
}
