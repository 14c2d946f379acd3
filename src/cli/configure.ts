import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { configured, isObject, restored, type Before, type Settings } from './claude-settings.ts'
import { fail } from './process.ts'

export interface Flags {
  readonly settings: string
  readonly gateway: string
  readonly helper: string
  readonly undo?: boolean
}

/** What is kept beside the settings, so that --undo can put everything back. */
interface Backup {
  readonly version: 1
  /** Undefined when there was no file. */
  readonly text?: string
  /** What the last run wrote. While the file is still that, --undo gives back the text itself. */
  readonly written: string
  readonly hadEnv: boolean
  readonly before: readonly Before[]
}

/** `phigate configure claude`: Claude Code's settings for the gateway, and back. */
export function configureCommand(): Command {
  const command = new Command('configure').description('set up a client of the gateway')
  command
    .command('claude')
    .description('write base URL, token helper and recommended variables into the Claude settings')
    .option('--settings <file>', 'the settings', join(homedir(), '.claude', 'settings.json'))
    .option(
      '--gateway <url>',
      'the gateway, with /c/NAME for a connection',
      'http://127.0.0.1:8080',
    )
    .option('--helper <command>', 'a command that prints a token', 'phigate token')
    .option('--undo', 'put back what stood there before')
    .action((flags: Flags) => {
      try {
        for (const line of configureClaude(flags)) console.log(line)
      } catch (error) {
        if (error instanceof Error && 'code' in error) {
          fail('configure claude', `${flags.settings}: ${String(error.code)}`)
        }
        throw error
      }
    })
  return command
}

/** Does what the flags say. @returns what is said of it */
export function configureClaude(flags: Flags): readonly string[] {
  return flags.undo === true ? undo(flags.settings) : configure(flags)
}

function configure({ settings: file, gateway, helper }: Flags): readonly string[] {
  const url = URL.parse(gateway)
  const { protocol = '', username, password, search, hash } = url ?? {}
  if (!/^https?:$/.test(protocol) || [username, password, search, hash].some(Boolean)) {
    fail('configure claude', '--gateway must be an http or https URL: scheme, host and path alone')
  }
  const text = readIfThere(file)
  const settings = parsed(text ?? '{}', file)
  const earlier = readBackup(file)
  const base = gateway.replace(/\/+$/, '')
  const result = configured(settings, { gateway: base, helper }, earlier?.before ?? [])
  const written = printed(result.settings, text)
  const original = originalOf(text, earlier, file)
  const backup: Backup = {
    version: 1,
    ...(original === undefined ? {} : { text: original }),
    written,
    hadEnv: earlier?.hadEnv ?? Object.hasOwn(settings, 'env'),
    before: result.before,
  }
  // The way back is on disk before there is something to go back from.
  writeAtomically(backupOf(file), `${JSON.stringify(backup, null, 2)}\n`)
  if (written !== text) writeAtomically(file, written)
  const { env } = settings
  const others = ['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY'].filter(
    (name) => isObject(env) && Object.hasOwn(env, name),
  )
  return [
    `${file} is set up for ${base}. phigate configure claude --undo puts it back.`,
    ...others.map((name) => `note: env.${name} is set there too: it may be sent as well.`),
  ]
}

/** What --undo gives back: never a text with what a run before this one has put into it. */
function originalOf(
  text: string | undefined,
  earlier: Backup | undefined,
  file: string,
): string | undefined {
  if (earlier === undefined || text === undefined) return text
  return text === earlier.written ? earlier.text : undoneIn(text, earlier, file)
}

function undo(file: string): readonly string[] {
  const backup = readBackup(file)
  if (backup === undefined) {
    fail('configure claude', `there is nothing to undo for ${file}`)
  }
  const text = readIfThere(file)
  if (text !== undefined) {
    const back = text === backup.written ? backup.text : undoneIn(text, backup, file)
    if (back === undefined) rmSync(file)
    else writeAtomically(file, back)
  }
  rmSync(backupOf(file))
  return [`${file} is as it was before.`]
}

/** The file was changed since: only what is still ours is taken back. */
function undoneIn(text: string, backup: Backup, file: string): string {
  return printed(restored(parsed(text, file), backup.before, backup.hadEnv), text)
}

const backupOf = (file: string): string => `${file}.phigate-backup`

function readBackup(file: string): Backup | undefined {
  const text = readIfThere(backupOf(file))
  if (text === undefined) return undefined
  const value: Settings = parsed(text, backupOf(file))
  if (value['version'] !== 1) fail('configure claude', `${backupOf(file)} is not of this version`)
  // Written by this command alone.
  return value as unknown as Backup
}

function parsed(text: string, file: string): Settings {
  let value: unknown
  try {
    // Editors on Windows may begin a file with a byte order mark.
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    fail('configure claude', `${file} is not JSON: it is left as it is`)
  }
  if (!isObject(value) || (Object.hasOwn(value, 'env') && !isObject(value['env']))) {
    fail('configure claude', `${file} must be a JSON object whose env is one: it is left as it is`)
  }
  return value
}

/** As the file was indented. */
function printed(settings: Settings, like: string | undefined): string {
  const [, indent = '  '] = /^\{\r?\n([ \t]+)/.exec(like ?? '') ?? []
  return `${JSON.stringify(settings, null, indent)}\n`
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** A reader sees the old file or the new one. A link stays a link, and a mode stays what it was. */
function writeAtomically(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const target = existsSync(file) ? realpathSync(file) : file
  const mode = existsSync(target) ? statSync(target).mode & 0o777 : 0o600
  const next = `${target}.phigate-${process.pid}`
  writeFileSync(next, text, { mode, flush: true })
  chmodSync(next, mode)
  renameSync(next, target)
}
