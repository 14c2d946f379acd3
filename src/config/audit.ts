import { DEFAULT_AUDIT, type AuditConfig, type SinkConfig } from './config.ts'
import type { SoundParts } from './file.ts'
import { isPrivate, secretOf, type Source } from './source.ts'

/** How the audit log is kept and to whom it is sent; what is wrong with it is added to the source's problems. */
export function auditOf({ audit = {} }: SoundParts, from: Source): AuditConfig {
  const { retentionDays = DEFAULT_AUDIT.retentionDays, sinks = [] } = audit
  const complete = sinks.flatMap((sink, index): readonly SinkConfig[] => {
    const { name, url, authorization, maxBacklogBytes, failClosed } = sink
    const path = `/audit/sinks/${index}`
    const address = new URL(url)
    if (!isPrivate(address)) {
      from.problems.push({ path: `${path}/url`, message: 'must be https, or http on loopback' })
    }
    const secret =
      authorization === undefined
        ? undefined
        : secretOf(authorization, `${path}/authorization`, from)
    const scheme = authorization?.scheme ?? 'Bearer'
    return [
      {
        name,
        url: address,
        maxBacklogBytes: maxBacklogBytes ?? 1 << 30,
        failClosed: failClosed ?? true,
        ...(secret === undefined ? {} : { authorization: { scheme, secret } }),
      },
    ]
  })
  if (new Set(complete.map(({ name }) => name)).size !== complete.length) {
    from.problems.push({ path: '/audit/sinks', message: 'has a name twice' })
  }
  return { retentionDays, sinks: complete }
}
