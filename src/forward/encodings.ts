import type { Transform } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib'

/** The content codings that are read (RFC 9110, 8.4.1; zstd: RFC 8878), in requests as in answers. */
const DECODERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
} as const

/** The names of the codings, for messages. */
export const ENCODINGS = Object.keys(DECODERS).join(', ')

/** @returns what decodes a body, `identity` where nothing has to be, undefined where it cannot be read */
export function decoderFor(header: string | undefined): Transform | 'identity' | undefined {
  const encoding = (header ?? 'identity').toLowerCase().trim()
  if (encoding === 'identity' || encoding === '') return 'identity'
  return isDecodable(encoding) ? DECODERS[encoding]() : undefined
}

function isDecodable(encoding: string): encoding is keyof typeof DECODERS {
  return Object.hasOwn(DECODERS, encoding)
}
