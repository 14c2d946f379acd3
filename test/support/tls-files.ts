import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request, type RequestOptions } from 'node:https'
import { text } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PeerCertificate, TLSSocket } from 'node:tls'
import type { Tls } from '../../src/config/index.ts'
import { authority, type Authority, type Certificate } from './certificates.ts'

/** A folder with a listener's certificate, whose issuer clients know. */
export interface TlsFiles {
  readonly authority: Authority
  readonly tls: Tls
  readonly caFile: string
  /** Puts another certificate in the place of the one that is there. */
  replace(certificate: Certificate): void
  remove(): void
}

export function tlsFiles(): TlsFiles {
  const directory = mkdtempSync(join(tmpdir(), 'phigate-tls-'))
  const known = authority('known authority')
  const certFile = join(directory, 'cert.pem')
  const keyFile = join(directory, 'key.pem')
  const caFile = join(directory, 'ca.pem')
  const put = (file: string, content: string): void => {
    writeFileSync(`${file}.new`, content)
    renameSync(`${file}.new`, file)
  }
  const replace = ({ cert, key }: Certificate): void => {
    put(keyFile, key)
    put(certFile, cert)
  }
  put(caFile, known.cert)
  replace(known.issue('first'))
  return {
    authority: known,
    tls: { certFile, keyFile, clientCertificates: 'off' },
    caFile,
    replace,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

export interface TlsAnswer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** The name in the certificate that the server showed. */
  readonly shown: string
}

/** One request over TLS, on a connection of its own unless an agent is given. */
export function overTls(url: URL, options: RequestOptions, body?: string): Promise<TlsAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: false, ...options }, (response) => {
      // Seen now: the socket may be gone when the answer is read. A resumed session shows none.
      const peer: Partial<PeerCertificate> = (response.socket as TLSSocket).getPeerCertificate()
      const shown = String(peer.subject?.CN)
      text(response).then(
        (said) =>
          resolve({
            status: response.statusCode,
            headers: response.headers,
            text: said,
            shown,
          }),
        reject,
      )
    })
    asked.once('error', reject)
    asked.end(body)
  })
}
