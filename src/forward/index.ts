export { clear, type Cleared, type Outgoing } from './cleared.ts'
export { requestHeaders } from './headers.ts'
export type { Upstream, UpstreamAnswer, UpstreamConnection } from './upstream.ts'
