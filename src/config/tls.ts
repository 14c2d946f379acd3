import { accessSync, constants } from 'node:fs'
import type { TlsFile } from '../schema/index.ts'
import type { Tls } from './config.ts'
import { ConfigError } from './config-error.ts'

/** The file that is read, and where the paths in it lead. */
export interface Files {
  readonly file: string
  readonly at: (path: string) => string
}

/** Checks the settings of TLS. What is in the files is checked by the listener, which reads them again and again. */
export function tlsOf(given: TlsFile, where: string, { file, at }: Files): Tls {
  const { certFile, keyFile, clientCaFile, clientCertificates = 'off' } = given
  for (const [name, path] of Object.entries({ certFile, keyFile, clientCaFile })) {
    if (path !== undefined) readable(at(path), `${file}: ${where}/${name}`)
  }
  if ((clientCaFile === undefined) !== (clientCertificates === 'off')) {
    throw new ConfigError(
      `${file}: ${where}: clientCaFile and clientCertificates (optional or required) go together`,
    )
  }
  return {
    certFile: at(certFile),
    keyFile: at(keyFile),
    ...(clientCaFile === undefined ? {} : { clientCaFile: at(clientCaFile) }),
    clientCertificates,
  }
}

function readable(path: string, where: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch (cause) {
    throw new ConfigError(`${where}: ${path} cannot be read`, { cause })
  }
}
