import { Command } from 'commander'
import { ConfigError, loadConfig } from '../config/index.ts'
import { KeyringError } from '../keyring/index.ts'
import { startServer } from '../main.ts'
import { fail, stopOnCrash, untilSignal } from './process.ts'

/** `phigate start`: the gateway and the console, as configured. */
export function startCommand(): Command {
  return new Command('start')
    .description('run the gateway and the console')
    .requiredOption('--config <file>', 'phigate.yaml')
    .action(async ({ config }: { config: string }) => {
      try {
        const server = await startServer(loadConfig(config))
        stopOnCrash(() => server.stop())
        const where = { gateway: server.gatewayUrl.origin, console: server.consoleUrl.origin }
        process.stderr.write(
          `${JSON.stringify({ time: new Date().toISOString(), event: 'ready', ...where })}\n`,
        )
        // One reload after the other; each says itself what became of it.
        process.on('SIGHUP', () => void server.reload(() => loadConfig(config)))
        await untilSignal()
        await server.stop()
      } catch (error) {
        if (error instanceof ConfigError || error instanceof KeyringError)
          fail('start', error.message)
        throw error
      }
    })
}
