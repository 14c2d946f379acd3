#!/usr/bin/env node
/** The `phigate` command. Each subcommand is a file of its own, loaded when it is asked for. */
import type { Command } from 'commander'
import { CommanderError } from 'commander'
import { toError } from '../domain/index.ts'
import { exitOnClosedPipe, fail } from './process.ts'

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).startCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
  token: async () => (await import('./token.ts')).tokenCommand(),
  detect: async () => (await import('./detect.ts')).detectCommand(),
  policy: async () => (await import('./policy.ts')).policyCommand(),
  approvals: async () => (await import('./approvals.ts')).approvalsCommand(),
  sessions: async () => (await import('./sessions.ts')).sessionsCommand(),
  principals: async () => (await import('./principals.ts')).principalsCommand(),
  audit: async () => (await import('./audit.ts')).auditCommand(),
  retention: async () => (await import('./retention.ts')).retentionCommand(),
  webhooks: async () => (await import('./webhooks.ts')).webhooksCommand(),
  roster: async () => (await import('./roster.ts')).rosterCommand(),
  mask: async () => (await import('./mask.ts')).maskCommand(),
  keys: async () => (await import('./keys.ts')).keysCommand(),
  config: async () => (await import('./config.ts')).configCommand(),
  configure: async () => (await import('./configure.ts')).configureCommand(),
  connections: async () => (await import('./connections.ts')).connectionsCommand(),
}

/** Errors whose messages are written here: they name files, paths and types. */
const OURS: ReadonlySet<string> = new Set([
  'Error',
  'GatewayError',
  'PolicyError',
  'ConfigError',
  'KeyringError',
  'RosterError',
])

exitOnClosedPipe()

const [name = '', ...rest] = process.argv.slice(2)
const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (load === undefined) {
  const known = Object.keys(COMMANDS).join(', ')
  const asked = name === '' || name === '--help' || name === 'help' || name === '-h'
  process.stderr.write(`usage: phigate COMMAND ...\ncommands: ${known}\n`)
  process.exit(asked && name !== '' ? 0 : 2)
}

try {
  const command = await load()
  onUsageError(command)
  await command.parseAsync(rest, { from: 'user' })
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exit(thrown.exitCode === 0 ? 0 : 2)
  // The text of a foreign error may hold anything: its name and code say enough for a first look.
  const error = toError(thrown)
  const code = 'code' in error ? ` (${String(error.code)})` : ''
  fail(name, `failed: ${isOurs(error) ? error.message : error.name + code}`, 1)
}

function onUsageError(command: Command): void {
  command.exitOverride()
  for (const sub of command.commands) onUsageError(sub)
}

function isOurs(error: Error): boolean {
  return OURS.has(error.name)
}
