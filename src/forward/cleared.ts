import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { reach, type MaskedBody, type Receipt, type Stage } from '../domain/index.ts'

/** What is about to be sent, before anyone has checked that it may be. */
export interface Outgoing {
  readonly connection: string
  readonly method: 'GET' | 'POST'
  /** Path and query below the upstream's own path: `/v1/messages?beta=true`. */
  readonly url: string
  /** Headers as the header rules made them: no credential among them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: MaskedBody
}

/** A request that may leave: the last stage of the path (law 1), and all that the upstream takes. */
export type Cleared = Stage<'cleared', { readonly outgoing: Outgoing }>

/**
 * Mints a Cleared: the only place that does. The body's digest is taken again and MUST equal the one in the audit
 * record that was acknowledged as durable.
 * @throws Error when it does not: nothing is forwarded
 */
export function clear(outgoing: Outgoing, receipt: Receipt): Cleared {
  const digest = hash('sha256', outgoing.body)
  if (receipt.bodySha256 === undefined || receipt.bodySha256 !== digest) {
    throw new Error('the audit record speaks for another body')
  }
  return reach<Cleared>({ outgoing })
}

/** A readable with what http-proxy-middleware reads of an incoming request. */
export class ClearedRequest extends Readable {
  readonly method: string
  url: string
  readonly headers: Record<string, string>
  readonly httpVersion = '1.1'
  readonly httpVersionMajor = 1
  readonly socket = undefined
  #body: Uint8Array | undefined

  constructor(outgoing: Outgoing, credential: Readonly<Record<string, string>>) {
    super()
    this.method = outgoing.method
    this.url = outgoing.url
    this.#body = outgoing.body
    const length: Record<string, string> =
      outgoing.method === 'POST' ? { 'content-length': String(outgoing.body.byteLength) } : {}
    this.headers = { ...outgoing.headers, ...credential, ...length }
  }

  override _read(): void {
    const body = this.#body
    this.#body = undefined
    if (body !== undefined && body.byteLength > 0) this.push(body)
    this.push(null)
  }
}
