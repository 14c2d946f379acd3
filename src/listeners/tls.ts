import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { createSecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls'

/** The files of a certificate, and whether clients have to show one of their own. */
export interface TlsSettings {
  readonly certFile: string
  readonly keyFile: string
  readonly clientCaFile?: string
  readonly clientCertificates: 'off' | 'optional' | 'required'
}

/**
 * Reads the files and tries them.
 * @throws Error naming the file, or the code of what is wrong: never what is in a file
 */
export function readTls(settings: TlsSettings): SecureContextOptions {
  const { certFile, keyFile, clientCaFile } = settings
  const options: SecureContextOptions = {
    minVersion: 'TLSv1.2',
    cert: read(certFile),
    key: read(keyFile),
    ...(clientCaFile === undefined ? {} : { ca: certificates(clientCaFile) }),
  }
  try {
    createSecureContext(options)
  } catch (error) {
    const problem = `${certFile} and ${keyFile} do not make a certificate (${codeOf(error)})`
    throw new Error(problem, { cause: error })
  }
  return options
}

/** Changes when one of the files is replaced, also behind a symbolic link. */
export function stampOf({ certFile, keyFile, clientCaFile }: TlsSettings): string {
  return [certFile, keyFile, clientCaFile]
    .filter((path) => path !== undefined)
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat === undefined ? 'none' : `${stat.ino} ${stat.mtimeMs} ${stat.size}`
    })
    .join('\n')
}

/**
 * Whether a client whose certificate does not have to be there has a wrong one. Node checks it either way; it refuses by
 * itself only where a certificate is required.
 */
export function hasWrongCertificate(socket: TLSSocket): boolean {
  return !socket.authorized && socket.getPeerX509Certificate() !== undefined
}

/** OpenSSL takes a file without a certificate for an empty list of authorities. */
function certificates(path: string): Buffer {
  const pem = read(path)
  if (!isCertificate(pem)) throw new Error(`${path} has no certificate`)
  return pem
}

function isCertificate(pem: Buffer): boolean {
  try {
    return new X509Certificate(pem).raw.byteLength > 0
  } catch {
    return false
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new Error(`${path} cannot be read (${codeOf(error)})`, { cause: error })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
