import { createServer, type Server } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'

export interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

export async function newKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  return {
    kid,
    privateKey,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' },
  }
}

/** A real HTTP issuer: discovery and a key set, with faults that a test can switch on. */
export class FakeIssuer {
  readonly #server: Server
  readonly url: URL
  keys: readonly JWK[] = []
  /** `down` answers 500, `hang` never answers. */
  fault: 'down' | 'hang' | undefined
  jwksRequests = 0
  discoveryRequests = 0
  jwksUri: string | undefined

  constructor(server: Server, url: URL) {
    this.#server = server
    this.url = url
  }

  static async start(keys: readonly SigningKey[]): Promise<FakeIssuer> {
    const server = createServer()
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const issuer = new FakeIssuer(server, new URL(`http://127.0.0.1:${address.port}`))
    issuer.publish(keys)
    issuer.#serve()
    return issuer
  }

  publish(keys: readonly SigningKey[]): void {
    this.keys = keys.map(({ jwk }) => jwk)
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve)
      this.#server.closeAllConnections()
    })
  }

  #serve(): void {
    this.#server.on('request', (req, res) => {
      const keys = req.url === '/jwks'
      if (keys) this.jwksRequests += 1
      else this.discoveryRequests += 1
      if (this.fault === 'hang') return
      const body = keys
        ? { keys: this.keys }
        : { issuer: this.url.origin, jwks_uri: this.jwksUri ?? `${this.url.origin}/jwks` }
      res.writeHead(this.fault === 'down' ? 500 : 200, { 'content-type': 'application/json' })
      res.end(JSON.stringify(body))
    })
  }
}

export interface TokenChanges {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
}

/** A token that is good at the given time, with what a test changes about it. */
export function signToken(
  issuer: FakeIssuer,
  key: SigningKey,
  now: number,
  { claims = {}, header = {} }: TokenChanges = {},
): Promise<string> {
  const seconds = Math.floor(now / 1000)
  const good = {
    iss: issuer.url.origin,
    aud: 'phigate',
    sub: 'svc-triage',
    client_id: 'svc-triage',
    scope: 'claude:invoke',
    iat: seconds,
    exp: seconds + 600,
  }
  return new SignJWT(JSON.parse(JSON.stringify({ ...good, ...claims })))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'at+jwt', ...header })
    .sign(key.privateKey)
}

/** A token nobody signed, or signed in another way: header and claims with a signature made by the test. */
export function forge(header: object, claims: object, sign: (input: string) => string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const input = `${part(header)}.${part(claims)}`
  return `${input}.${sign(input)}`
}
