import type { Server } from 'node:http'

/** Opens a server on loopback and says where; port 0 takes any free one. */
export function listen(server: Server, port: number): Promise<URL> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no port'))
      else resolve(new URL(`http://127.0.0.1:${address.port}`))
    })
  })
}

/** Closes a server and whatever is still connected to it. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
