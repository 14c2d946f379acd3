import { GatewayError, type AuditLog, type Block, type Clock } from '../domain/index.ts'
import type { Blocks } from './blocks.ts'

/** Blocks and unblocks on the record: who, whom and why. */
export interface BlockDesk {
  /**
   * @throws GatewayError `invalid-request` where no caller can have such an id, `audit-unavailable`; with the latter the
   * block holds all the same
   */
  block(asked: Omit<Block, 'at'>): Promise<void>
  /** @throws GatewayError `audit-unavailable`; the principal stays blocked then */
  unblock(asked: Omit<Block, 'at'>): Promise<void>
}

export function openBlockDesk(parts: {
  readonly blocks: Blocks
  readonly audit: AuditLog
  readonly clock: Clock
  readonly labels: Readonly<Record<string, string>>
  /** Whose tokens are taken. */
  readonly issuers: readonly URL[]
}): BlockDesk {
  const { blocks, audit, clock, labels } = parts
  const issuers = parts.issuers.map(({ href }) => withoutSlash(href))
  const record = async (
    kind: 'principal-blocked' | 'principal-unblocked',
    { id, reason, by }: Omit<Block, 'at'>,
  ): Promise<void> => {
    const custom = { kind, principal: id, detail: reason }
    await audit.append({ labels: { ...labels }, requested_by: by, custom })
  }
  return {
    async block(asked) {
      // A slip of the pen would keep nobody out, and look as if it did.
      const [issuer, ...subject] = asked.id.split('|')
      if (subject.join('') === '' || !issuers.includes(withoutSlash(issuer))) {
        const message = `The id must be ISSUER|SUBJECT, and the issuer one of ${issuers.join(', ')}`
        throw new GatewayError('invalid-request', message)
      }
      // The record comes second: whoever is to be kept out does not wait for the disk.
      const stored = blocks.block({ ...asked, at: clock.now() }).then(
        () => true,
        () => false,
      )
      await record('principal-blocked', asked)
      if (await stored) return
      const message = 'The caller is blocked until phigate restarts: the block could not be stored'
      throw new GatewayError('internal', message)
    },
    async unblock(asked) {
      await record('principal-unblocked', asked)
      await blocks.unblock(asked.id)
    },
  }
}

/** URL adds one at the end of a host. */
function withoutSlash(url = ''): string {
  return url.replace(/\/$/, '')
}
