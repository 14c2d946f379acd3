import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import type { TlsFile } from '../schema/index.ts'
import type { Tls } from './config.ts'
import type { Source } from './source.ts'

/** Checks the settings of TLS. What is in the files is checked by the listener, which reads them again and again. */
export function tlsOf(given: TlsFile, path: string, from: Source): Tls {
  const { certFile, keyFile, clientCaFile, clientCertificates = 'off' } = given
  const at = (file: string): string => resolve(from.base, file)
  for (const [name, file] of Object.entries({ certFile, keyFile, clientCaFile })) {
    if (file !== undefined) checkReadable(at(file), `${path}/${name}`, from)
  }
  if ((clientCaFile === undefined) !== (clientCertificates === 'off')) {
    const message = 'clientCaFile and clientCertificates (optional or required) go together'
    from.problems.push({ path, message })
  }
  return {
    certFile: at(certFile),
    keyFile: at(keyFile),
    ...(clientCaFile === undefined ? {} : { clientCaFile: at(clientCaFile) }),
    clientCertificates,
  }
}

function checkReadable(file: string, path: string, from: Source): void {
  try {
    accessSync(file, constants.R_OK)
  } catch {
    from.problems.push({ path, message: `names a file that cannot be read: ${file}` })
  }
}
