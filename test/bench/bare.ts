/** What phigate is compared with: express and http-proxy-middleware, and nothing else. */
import { once } from 'node:events'
import { Agent, createServer } from 'node:http'
import express from 'express'
import { createProxyMiddleware } from 'http-proxy-middleware'
import { listen } from '../../src/demo/loopback.ts'

const target = process.argv[2]
if (target === undefined) throw new Error('no target')
const agent = new Agent({ keepAlive: true, maxSockets: 600 })
const app = express()
app.use(createProxyMiddleware({ target, agent, changeOrigin: true }))
const server = createServer(app)
const gateway = (await listen(server, 0)).origin
process.stderr.write(`${JSON.stringify({ event: 'ready', gateway })}\n`)
await once(process, 'SIGTERM')
process.exit(0)
