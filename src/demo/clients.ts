import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GatewayError } from '../domain/index.ts'

export const BASE_SCOPE = 'claude:invoke'

/** Resource indicators (RFC 8707) of the demo issuer: they have to be URIs, the audiences behind them need not. */
export const RESOURCES = { gateway: 'urn:phigate:gateway', console: 'urn:phigate:console' } as const

/** What the demo leaves for `phigate token`, a process of its own. */
export interface DemoClients {
  readonly issuer: URL
  readonly secrets: ReadonlyMap<string, string>
}

export function clientsFile(dataDir: string): string {
  return join(dataDir, 'demo', 'clients.json')
}

/** @throws GatewayError `not-found` when no demo has been started there, `invalid-request` when the file is not one */
export async function readClients(dataDir: string): Promise<DemoClients> {
  const file = clientsFile(dataDir)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new GatewayError('not-found', `${file} cannot be read: has the demo been started?`, {
      cause,
    })
  }
  const parsed = parseClients(text)
  if (parsed === undefined) throw new GatewayError('invalid-request', `${file} is not valid`)
  return parsed
}

function parseClients(text: string): DemoClients | undefined {
  try {
    const { issuer, clients } = JSON.parse(text) as Record<string, unknown>
    if (typeof issuer !== 'string' || typeof clients !== 'object' || clients === null)
      return undefined
    const secrets = Object.entries(clients).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    )
    return { issuer: new URL(issuer), secrets: new Map(secrets) }
  } catch {
    return undefined
  }
}
