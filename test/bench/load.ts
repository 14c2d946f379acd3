import { Agent, request } from 'node:http'

export interface Answered {
  readonly ms: number
  readonly text: string
  readonly decision: string
  /** When the first delta of a stream came. */
  readonly firstDeltaAt: number | undefined
  readonly endedAt: number
}

/** What is asked, and what must come back: a cell that measures refusals would look fast. */
export interface Client {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
}

/**
 * One request, to its last byte.
 * @param onText told all that came so far, with each read
 */
export function send(
  client: Client,
  body: Buffer,
  agent: Agent,
  onText: (text: string) => void = () => {},
): Promise<Answered> {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.byteLength,
    ...client.headers,
  }
  const path = '/v1/messages'
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const { hostname, port } = client.url
    const asked = request({ agent, hostname, port, path, method: 'POST', headers, timeout: 60_000 })
    asked.on('timeout', () => asked.destroy(new Error('no answer within 60 s')))
    asked.on('error', reject)
    asked.on('response', (response) => {
      let text = ''
      let firstDeltaAt: number | undefined
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        onText(text)
        if (firstDeltaAt === undefined && text.includes('_delta')) firstDeltaAt = performance.now()
      })
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode !== 200) {
          reject(new Error(`answered ${response.statusCode}: ${text.slice(0, 300)}`))
          return
        }
        const decision = String(response.headers['x-phigate-decision'] ?? '')
        const endedAt = performance.now()
        resolve({ ms: endedAt - started, text, decision, firstDeltaAt, endedAt })
      })
    })
    asked.end(body)
  })
}

/** Sends all bodies, so many at a time; each slot sends its next when its last is answered. */
export async function sendAll(
  client: Client,
  bodies: readonly Buffer[],
  atOnce: number,
): Promise<Answered[]> {
  const waiting = bodies.values()
  const answers: Answered[] = []
  // Connections of this call alone: those that idle between two cells are closed by the other side.
  const agent = newAgent()
  const slot = async (): Promise<void> => {
    for (const body of waiting) answers.push(await send(client, body, agent))
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, slot))
  } finally {
    agent.destroy()
  }
  return answers
}

export function newAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 600 })
}
