import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { hasWrongCertificate, readTls, stampOf, type TlsSettings } from './tls.ts'

/** A port on which phigate is heard. */
export interface Listener {
  readonly url: URL
  /** Gives the listener its application: requests that came before are lost, so it comes at once. */
  serve(app: RequestListener): void
  /** Answers whose client has not the last byte yet, which may be long after the exchange has ended here. */
  underWay(): number
  /** Reads the certificate's files again. What is wrong with them is said, and the certificate before stays. */
  reload(): void
  /** Ends whatever is still connected. */
  close(): Promise<void>
}

export interface ListenerAddress {
  readonly host: string
  readonly port: number
  readonly tls?: TlsSettings
}

export interface ListenerOptions {
  readonly log: (event: string, details: Readonly<Record<string, string>>) => void
  /** How often the certificate's files are looked at. */
  readonly pollMs?: number
}

/** A body may come slowly; headers may not (headersTimeout keeps Node's default of 60 s). */
const SLOWEST_REQUEST_MS = 660_000
/**
 * Longer than load balancers keep an idle connection (AWS and nginx: 60 s): whoever closes first loses the request that
 * the other is sending just then, and a POST is not sent again (RFC 9112, 9.3.1).
 */
const IDLE_MS = 75_000
const SLOWEST_HANDSHAKE_MS = 20_000
/** fs.watch says nothing on many mounted volumes. */
const POLL_MS = 2_000

/** @throws Error when the address cannot be listened on, or the certificate's files are no certificate */
export function openListener(
  { host, port, tls }: ListenerAddress,
  options: ListenerOptions,
): Promise<Listener> {
  const { server, reload, stopWatching } =
    tls === undefined ? plainServer() : tlsServer(tls, options)
  server.requestTimeout = SLOWEST_REQUEST_MS
  server.keepAliveTimeout = IDLE_MS
  let underWay = 0
  server.on('request', (_request, response) => {
    underWay += 1
    response.once('close', () => (underWay -= 1))
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      stopWatching()
      reject(error)
    })
    server.listen(port, host, () => {
      resolve({
        url: urlOf(server.address(), tls === undefined ? 'http' : 'https'),
        serve: (app) => server.on('request', app),
        underWay: () => underWay,
        reload,
        close: () =>
          new Promise((closed) => {
            stopWatching()
            server.close(() => closed())
            server.closeAllConnections()
          }),
      })
    })
  })
}

interface Opened {
  readonly server: Server | TlsServer
  readonly reload: () => void
  readonly stopWatching: () => void
}

function plainServer(): Opened {
  return { server: createServer(), reload: () => {}, stopWatching: () => {} }
}

function tlsServer(tls: TlsSettings, { log, pollMs = POLL_MS }: ListenerOptions): Opened {
  // Before the files are read: what changes meanwhile is seen at the next look.
  let stamp = stampOf(tls)
  const server = createTlsServer({
    ...readTls(tls),
    requestCert: tls.clientCertificates !== 'off',
    rejectUnauthorized: tls.clientCertificates === 'required',
    handshakeTimeout: SLOWEST_HANDSHAKE_MS,
  })
  if (tls.clientCertificates === 'optional') {
    // Before the HTTP side hears of the connection: it would read a request that is there already.
    server.prependListener('secureConnection', (socket) => {
      if (hasWrongCertificate(socket)) socket.destroy()
    })
  }
  const reload = (): void => {
    stamp = stampOf(tls)
    try {
      server.setSecureContext(readTls(tls))
      log('certificate-reloaded', { file: tls.certFile })
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'unknown error'
      log('certificate-not-reloaded', { problem })
    }
  }
  const timer = setInterval(() => {
    if (stampOf(tls) !== stamp) reload()
  }, pollMs)
  timer.unref()
  return { server, reload, stopWatching: () => clearInterval(timer) }
}

function urlOf(
  address: string | { address: string; family: string; port: number } | null,
  scheme: string,
): URL {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return new URL(`${scheme}://${host}:${address.port}`)
}
