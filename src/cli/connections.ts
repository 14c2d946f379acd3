import { Command } from 'commander'
import { ConfigError, loadConfig, type Config, type ConnectionConfig } from '../config/index.ts'
import { fail } from './process.ts'

const ANSWER_WITHIN_MS = 15_000
const VERSION = '2023-06-01'

/** `phigate connections list|test`: the ways to Claude that a configuration has, and whether they lead there. */
export function connectionsCommand(): Command {
  const command = new Command('connections').description('the configured ways to Claude')
  command
    .command('list')
    .description('name, upstream, labels and key ids of each connection')
    .requiredOption('--config <file>', 'phigate.yaml')
    .action(({ config }: { config: string }) => {
      for (const connection of load('list', config).connections) console.log(described(connection))
    })
  command
    .command('test')
    .description('ask each upstream for its models, with each key')
    .requiredOption('--config <file>', 'phigate.yaml')
    .action(async ({ config }: { config: string }) => {
      process.exitCode = await testAll(load('test', config).connections)
    })
  return command
}

function load(command: string, file: string): Config {
  try {
    return loadConfig(file)
  } catch (error) {
    if (error instanceof ConfigError) fail(`connections ${command}`, error.message)
    throw error
  }
}

function described({ name, upstream, labels, keys }: ConnectionConfig): string {
  const labelled = Object.entries(labels).map(([label, value]) => `${label}=${String(value)}`)
  return [
    name,
    upstream.origin,
    labelled.join(','),
    `keys=${keys.map(({ id }) => id).join(',')}`,
  ].join('\t')
}

/** @returns 0 when every key of every connection is taken */
async function testAll(connections: readonly ConnectionConfig[]): Promise<0 | 1> {
  let code: 0 | 1 = 0
  for (const { name, upstream, keys } of connections) {
    for (const { id, secret } of keys) {
      const result = await ask(upstream, secret.reveal())
      if (result !== 'ok') code = 1
      console.log([name, upstream.origin, id, result].join('\t'))
    }
  }
  return code
}

/** Says `ok`, the status, or how far it got; nothing of the answer's text. */
async function ask(upstream: URL, key: string): Promise<string> {
  const url = new URL(`${upstream.pathname.replace(/\/$/, '')}/v1/models?limit=1`, upstream)
  try {
    const response = await fetch(url, {
      headers: { 'x-api-key': key, 'anthropic-version': VERSION },
      // The key is for this host and no other.
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    await response.body?.cancel()
    return response.ok ? 'ok' : `status ${response.status}`
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer' : 'unreachable'
  }
}
