export { clear, type Cleared, type Outgoing } from './cleared.ts'
export { decoderFor, ENCODINGS } from './encodings.ts'
export { requestHeaders } from './headers.ts'
export type { Upstream, UpstreamAnswer, UpstreamConnection } from './upstream.ts'
