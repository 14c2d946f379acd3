import { promisify } from 'node:util'
import { gunzip, gzipSync } from 'node:zlib'
import { Header, Parser } from 'tar'
import { PolicyError } from '../policy-error.ts'
import type { BundleFiles } from '../signed-bundle.ts'

/** Most bytes that a bundle may unpack to. */
const LARGEST = 128 * 1024 * 1024

/**
 * The files of a bundle's tar.gz, wherever it was cut or grown.
 * @throws PolicyError where it is no such archive, unpacks to more than 128 MB, or holds something else than files
 */
export async function readArchive(bytes: Uint8Array): Promise<BundleFiles> {
  let plain: Buffer
  try {
    plain = await promisify(gunzip)(bytes, { maxOutputLength: LARGEST })
  } catch (error) {
    throw new PolicyError('policy bundle: it is cut, too large, or no gzip file', error)
  }
  const files = new Map<string, Uint8Array>()
  const reading: Promise<void>[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      const parser = new Parser({
        strict: true,
        onReadEntry: (entry) => {
          const path = entry.path.replace(/^(?:\.?\/)+/, '')
          if (entry.type === 'Directory') {
            entry.resume()
            return
          }
          if (entry.type !== 'File' && entry.type !== 'OldFile') {
            reject(new PolicyError('policy bundle: it holds something that is no file'))
          }
          reading.push(entry.concat().then((content) => add(files, path, content)))
        },
      })
      parser.on('error', reject)
      parser.on('end', () => resolve())
      parser.end(plain)
    })
    await Promise.all(reading)
  } catch (error) {
    if (error instanceof PolicyError) throw error
    throw new PolicyError('policy bundle: it is cut, or no tar file', error)
  }
  return files
}

function add(files: Map<string, Uint8Array>, path: string, content: Uint8Array): void {
  // Of two files of one name, OPA and phigate might take another one each.
  if (files.has(path)) throw new PolicyError(`policy bundle: ${path} is there twice`)
  files.set(path, new Uint8Array(content))
}

const BLOCK = 512

/** A bundle's tar.gz. Equal files give equal bytes. */
export function writeArchive(files: BundleFiles): Uint8Array {
  const blocks: Uint8Array[] = []
  for (const [path, bytes] of files) {
    const header = new Header({
      path: `/${path}`,
      type: 'File',
      size: bytes.byteLength,
      mode: 0o644,
    })
    header.mtime = new Date(0)
    const block = Buffer.alloc(BLOCK)
    // What does not fit into a header would be cut off there.
    if (header.encode(block)) throw new PolicyError(`policy bundle: ${path} cannot be packed`)
    const padding = (BLOCK - (bytes.byteLength % BLOCK)) % BLOCK
    blocks.push(block, bytes, Buffer.alloc(padding))
  }
  blocks.push(Buffer.alloc(2 * BLOCK))
  return gzipSync(Buffer.concat(blocks))
}
