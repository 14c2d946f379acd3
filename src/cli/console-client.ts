import { readFile } from 'node:fs/promises'
import { GatewayError, toError } from '../domain/index.ts'
import { clientCredentialsToken } from '../identity/adapters/openid-discovery.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Calls the console's API as the person whose token it is. */
export interface ConsoleClient {
  /** @throws GatewayError with what the console said: `invalid-request` where it will say so again (4xx), else `internal` */
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>
}

/**
 * The console of PHIGATE_CONSOLE, with the token of PHIGATE_CONSOLE_TOKEN or of the file that PHIGATE_CONSOLE_TOKEN_FILE
 * names; without one that of a person of the demo.
 * @throws GatewayError `not-found` when there is neither a token nor a demo, or no such file
 */
export async function openConsoleClient(
  environment: Environment,
  demoUser: string,
): Promise<ConsoleClient> {
  const port = environment['PHIGATE_CONSOLE_PORT'] ?? '8081'
  const base = environment['PHIGATE_CONSOLE'] ?? `http://127.0.0.1:${port}`
  const token =
    environment['PHIGATE_CONSOLE_TOKEN'] ??
    (await tokenIn(environment['PHIGATE_CONSOLE_TOKEN_FILE'])) ??
    (await demoToken(environment['PHIGATE_DATA_DIR'] ?? '.phigate', demoUser))
  return {
    async call(method, path, body) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const response = await fetch(new URL(path, base), { method, headers, ...sent }).catch(
        (cause: unknown) => {
          throw new GatewayError('internal', `no console answers at ${base}`, { cause })
        },
      )
      const answer: unknown = await response.json().catch(() => undefined)
      if (response.ok) return answer
      const code = response.status < 500 ? 'invalid-request' : 'internal'
      throw new GatewayError(code, `the console answered ${response.status}${saidBy(answer)}`)
    },
  }
}

function saidBy(answer: unknown): string {
  const { error } = (answer ?? {}) as { error?: { message?: unknown } }
  return typeof error?.message === 'string' ? `: ${error.message}` : ''
}

/** Whoever renews a token keeps it in a file: it is read anew for each client. */
async function tokenIn(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new GatewayError('not-found', 'PHIGATE_CONSOLE_TOKEN_FILE cannot be read', { cause })
  })
  return text.trim()
}

async function demoToken(dataDir: string, user: string): Promise<string> {
  // Loaded only here: the demo is not part of the image.
  const { readClients, RESOURCES } = await import('../demo/clients.ts')
  const { issuer, secrets } = await readClients(dataDir).catch((cause: unknown) => {
    const message = `there is no token for the console: set PHIGATE_CONSOLE_TOKEN or PHIGATE_CONSOLE_TOKEN_FILE; ${toError(cause).message}`
    throw new GatewayError('not-found', message, { cause })
  })
  const parameters = { resource: RESOURCES.console }
  const clientSecret = secrets.get(user) ?? ''
  return clientCredentialsToken({ issuer, clientId: user, clientSecret, parameters })
}
