import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

const MAX_BODY = 32 * 1024 * 1024

/** One request as it arrived. */
export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  /** Without the question mark; empty when there is none. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  readonly bodyBytes: Buffer
  /** The body parsed as JSON; undefined when it is not JSON. */
  readonly body: unknown
}

/** Reads a request whole; undefined when its body is larger than the API takes. */
export async function receive(req: IncomingMessage): Promise<ReceivedRequest | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= MAX_BODY) chunks.push(chunk)
  }
  if (length > MAX_BODY) return undefined
  const [path = '/', ...query] = (req.url ?? '/').split('?')
  const bodyBytes = Buffer.concat(chunks)
  return {
    method: req.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: req.headers,
    bodyBytes,
    body: parsed(bodyBytes),
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
