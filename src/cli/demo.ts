import { Command } from 'commander'
import { fileURLToPath } from 'node:url'
import { ConfigError, demoSettings } from '../config/index.ts'
import { visible } from '../domain/index.ts'
import { PolicyError } from '../policy/index.ts'
import { ensureBundle, findOpa } from '../policy/build/index.ts'
import { fail, stopOnCrash, untilSignal } from './process.ts'

/** `phigate demo`: everything on loopback, with an issuer and a simulator of its own. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('run the gateway on this machine with everything it needs')
    .option(
      '--tour',
      'show allow, mask, deny and require-approval on an instance of its own, then exit',
    )
    .action(async (flags: { tour?: boolean }) => {
      try {
        await (flags.tour === true ? tour() : run())
      } catch (error) {
        if (error instanceof ConfigError || error instanceof PolicyError)
          fail('demo', error.message)
        if (isInUse(error))
          fail('demo', 'a port is taken: set PHIGATE_PORT and PHIGATE_CONSOLE_PORT')
        throw error
      }
    })
}

async function bundle(): Promise<string> {
  const dir = fileURLToPath(new URL('../../policies/', import.meta.url))
  await ensureBundle({ dir, findOpa: () => findOpa({ env: process.env }) })
  return fileURLToPath(new URL('../../policies/bundle/', import.meta.url))
}

async function run(): Promise<void> {
  // Loaded only here: the demo is not part of the image.
  const { startDemo } = await import('../demo/demo.ts')
  const settings = demoSettings()
  const issuerPort = settings.consolePort === 0 ? 0 : settings.consolePort + 1
  const policyDir = await bundle()
  const onReceived = (text: string): void => console.log(`\nClaude received: ${shortened(text)}`)
  const demo = await startDemo({ ...settings, policyDir, issuerPort, onReceived })
  stopOnCrash(() => demo.stop())
  const { gatewayUrl, consoleUrl } = demo.server
  console.log(welcome(gatewayUrl.origin, consoleUrl.origin, settings.upstream?.origin))
  await untilSignal()
  await demo.stop()
}

const LONGEST_SHOWN = 500

/** An agent's messages are long, and may hold what a terminal obeys. */
function shortened(text: string): string {
  const shown = visible(text.slice(0, LONGEST_SHOWN))
  return text.length > LONGEST_SHOWN ? `${shown} ...` : shown
}

function welcome(gateway: string, console: string, upstream: string | undefined): string {
  return `phigate demo is ready.
  gateway  ${gateway}   (connection claude; ${gateway}/c/claude-strict refuses PHI)
  console  ${console}
  upstream ${upstream ?? 'a local simulator in the place of Claude'}

Try it, in another terminal in this folder:
  curl -s ${gateway}/v1/messages -H "authorization: Bearer $(npm run -s phigate -- token)" \\
    -H 'content-type: application/json' -d '{"model":"claude-sonnet-5-5","max_tokens":256,
    "messages":[{"role":"user","content":"Patient John Smith, MRN 998877, called from 415-555-0132."}]}'
${upstream === undefined ? WHAT_SHOWS : ''}
Any Anthropic SDK, or the Claude Agent SDK:
  export ANTHROPIC_BASE_URL=${gateway}
  export ANTHROPIC_AUTH_TOKEN=$(npm run -s phigate -- token)   # 15 minutes; apiKeyHelper renews it
  export CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS=1

What waits for approval (ask for a full chart summary), and an answer to it: open ${console} and sign in as
reviewer, or
  npm run -s phigate -- approvals list
  npm run -s phigate -- approvals approve rev_... --reason 'seen'

Console API, as an auditor:
  curl -s ${console}/status -H "authorization: Bearer $(npm run -s phigate -- token --user auditor)"`
}

const WHAT_SHOWS = `
The answer repeats the text with the values put back; what Claude received is printed here.
`

async function tour(): Promise<void> {
  const { runTour } = await import('../demo/tour.ts')
  await runTour(await bundle(), (line) => console.log(line))
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
