import { Command, Option } from 'commander'
import { GatewayError } from '../domain/index.ts'
import {
  clientCredentialsToken,
  type ClientCredentials,
} from '../identity/adapters/openid-discovery.ts'

const DEFAULT_CLIENT = 'svc-triage'
const BASE_SCOPE = 'claude:invoke'
const REFUSED = 1
const MISCONFIGURED = 2

const ENVIRONMENT = `
Without PHIGATE_ISSUER it asks the demo on this machine. Else the environment says what to ask:
  PHIGATE_ISSUER         URL of the issuer, one of /issuers in phigate.yaml
  PHIGATE_CLIENT_ID      the client, unless --client names it
  PHIGATE_CLIENT_SECRET  its secret
  PHIGATE_AUDIENCE       audience (phigate; for the console phigate-console)
  PHIGATE_SCOPE          scope (${BASE_SCOPE}; for the console none), where the issuer's baseScope has another name`

type Environment = Readonly<Record<string, string | undefined>>

interface Flags {
  readonly client?: string
  readonly user?: string
  readonly console?: boolean
}

/** `phigate token`: an access token by client credentials, alone on stdout, for `apiKeyHelper` and scripts. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('print an access token got by client credentials')
    .option('--client <id>', `client to get it for (demo mode: ${DEFAULT_CLIENT})`)
    .addOption(
      new Option('--user <name>', 'demo mode: a person, for the console')
        .choices(['reviewer', 'reviewer2', 'auditor', 'admin'])
        .conflicts('client'),
    )
    .option('--console', "for the console's API instead of the gateway")
    .addHelpText('after', ENVIRONMENT)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : MISCONFIGURED))
    .action(async (flags: Flags) => {
      process.exitCode = await printToken(flags, process.env)
    })
}

async function printToken(flags: Flags, environment: Environment): Promise<number> {
  try {
    const token = await clientCredentialsToken(await requestFor(flags, environment))
    process.stdout.write(`${token}\n`)
    return 0
  } catch (thrown) {
    // Only our own messages are printed: a foreign one could quote what was sent.
    const error = thrown instanceof GatewayError ? thrown : new GatewayError('internal', 'no token')
    process.stderr.write(`phigate token: ${error.message}\n`)
    return error.code === 'invalid-request' || error.code === 'not-found' ? MISCONFIGURED : REFUSED
  }
}

/** Demo mode is the absence of an issuer in the environment. */
async function requestFor(flags: Flags, environment: Environment): Promise<ClientCredentials> {
  return environment['PHIGATE_ISSUER'] === undefined
    ? demoRequest(flags, environment['PHIGATE_DATA_DIR'] ?? '.phigate')
    : configuredRequest(flags, environment)
}

async function demoRequest(flags: Flags, dataDir: string): Promise<ClientCredentials> {
  // Loaded only here: the demo is not part of the image.
  const { readClients, RESOURCES } = await import('../demo/clients.ts')
  const { issuer, secrets } = await readClients(dataDir)
  const clientId = flags.user ?? flags.client ?? DEFAULT_CLIENT
  const clientSecret = secrets.get(clientId)
  if (clientSecret === undefined) throw misconfigured('the demo has no such client')
  const forConsole = flags.user !== undefined || flags.console === true
  const parameters = forConsole
    ? { resource: RESOURCES.console }
    : { resource: RESOURCES.gateway, scope: BASE_SCOPE }
  return { issuer, clientId, clientSecret, parameters }
}

function configuredRequest(flags: Flags, environment: Environment): ClientCredentials {
  if (flags.user !== undefined) throw misconfigured('--user is for demo mode: unset PHIGATE_ISSUER')
  const issuer = needed(environment, 'PHIGATE_ISSUER')
  if (!URL.canParse(issuer)) throw misconfigured('PHIGATE_ISSUER is not a URL')
  const scope = environment['PHIGATE_SCOPE'] ?? (flags.console === true ? undefined : BASE_SCOPE)
  const audience =
    environment['PHIGATE_AUDIENCE'] ?? (flags.console === true ? 'phigate-console' : 'phigate')
  return {
    issuer: new URL(issuer),
    clientId: flags.client ?? needed(environment, 'PHIGATE_CLIENT_ID'),
    clientSecret: needed(environment, 'PHIGATE_CLIENT_SECRET'),
    parameters: {
      audience,
      // A resource indicator (RFC 8707) is a URI; issuers that know only `audience` ignore it.
      ...(URL.canParse(audience) ? { resource: audience } : {}),
      ...(scope === undefined ? {} : { scope }),
    },
  }
}

function needed(environment: Environment, name: string): string {
  const value = environment[name]
  if (value === undefined || value === '') throw misconfigured(`${name} is not set`)
  return value
}

function misconfigured(message: string): GatewayError {
  return new GatewayError('invalid-request', message)
}
