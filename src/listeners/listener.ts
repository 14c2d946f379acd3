import { createServer, type RequestListener } from 'node:http'

/** A port on which phigate is heard. */
export interface Listener {
  readonly url: URL
  /** Gives the listener its application: requests that came before are lost, so it comes at once. */
  serve(app: RequestListener): void
  /** Answers whose client has not the last byte yet, which may be long after the exchange has ended here. */
  underWay(): number
  /** Ends whatever is still connected. */
  close(): Promise<void>
}

/** A body may come slowly; headers may not (headersTimeout keeps Node's default of 60 s). */
const SLOWEST_REQUEST_MS = 660_000

export function openListener(address: {
  readonly host: string
  readonly port: number
}): Promise<Listener> {
  const server = createServer()
  server.requestTimeout = SLOWEST_REQUEST_MS
  let underWay = 0
  server.on('request', (_request, response) => {
    underWay += 1
    response.once('close', () => (underWay -= 1))
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address.port, address.host, () => {
      resolve({
        url: urlOf(server.address()),
        serve: (app) => server.on('request', app),
        underWay: () => underWay,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            server.closeAllConnections()
          }),
      })
    })
  })
}

function urlOf(address: string | { address: string; family: string; port: number } | null): URL {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return new URL(`http://${host}:${address.port}`)
}
