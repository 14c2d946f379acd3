import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { GatewayError } from '../domain/index.ts'
import { decoderFor, ENCODINGS } from '../forward/index.ts'
import type { Room } from './admission.ts'
import { joinBytes } from './bytes.ts'

/**
 * Reads a request's body, decoded, into bytes of its own that can be moved to a worker.
 * @throws GatewayError `body-too-large`, `unsupported-encoding`, `too-busy`, `invalid-request`
 */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
  room: Room,
): Promise<Uint8Array> {
  checkType(request.headers['content-type'])
  const declared = Number(request.headers['content-length'] ?? '0')
  if (declared > limitBytes) throw tooLarge(limitBytes)
  const chunks: Buffer[] = []
  let size = 0
  // What the client declared is counted already; a compressed or chunked body is counted as it comes.
  let counted = declared
  const source = decoded(request)
  try {
    // Whoever stops in the middle leaves the connection whole: the refusal has to be said on it.
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Buffer
      size += bytes.byteLength
      if (size > limitBytes) throw tooLarge(limitBytes)
      if (size > counted) {
        room.grow(size - counted)
        counted = size
      }
      chunks.push(bytes)
    }
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    throw new GatewayError('invalid-request', 'the body broke off or cannot be decoded', { cause })
  } finally {
    if (source !== request) {
      request.unpipe()
      source.destroy()
    }
  }
  return joinBytes(chunks, size)
}

function tooLarge(limitBytes: number): GatewayError {
  return new GatewayError('body-too-large', `the body is larger than ${limitBytes} bytes`)
}

function checkType(header: string | undefined): void {
  const [type = '', ...parameters] = (header ?? 'application/json').toLowerCase().split(';')
  const charset = parameters.map((p) => p.trim()).find((p) => p.startsWith('charset='))
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset)
  if (type.trim() === 'application/json' && isUtf8) return
  throw new GatewayError(
    'unsupported-encoding',
    'content-type: application/json in UTF-8 is required',
  )
}

function decoded(request: IncomingMessage): Readable {
  const decoder = decoderFor(request.headers['content-encoding'])
  if (decoder === 'identity') return request
  if (decoder === undefined) {
    const message = `content-encoding: one of ${ENCODINGS} is required`
    throw new GatewayError('unsupported-encoding', message)
  }
  // Not pipeline(): it would take the connection down together with a decoder that fails.
  request.once('error', (error) => decoder.destroy(error))
  return request.pipe(decoder)
}
