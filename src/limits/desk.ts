import { GatewayError, type AuditLog, type Block, type Clock } from '../domain/index.ts'
import type { Blocks } from './blocks.ts'

/** Blocks and unblocks on the record: who, whom and why. */
export interface BlockDesk {
  /** @throws GatewayError `audit-unavailable`; the block holds all the same */
  block(asked: Omit<Block, 'at'>): Promise<void>
  /** @throws GatewayError `audit-unavailable`; the principal stays blocked then */
  unblock(asked: Omit<Block, 'at'>): Promise<void>
}

export function openBlockDesk(parts: {
  readonly blocks: Blocks
  readonly audit: AuditLog
  readonly clock: Clock
  readonly labels: Readonly<Record<string, string>>
}): BlockDesk {
  const { blocks, audit, clock, labels } = parts
  const record = async (
    kind: 'principal-blocked' | 'principal-unblocked',
    { id, reason, by }: Omit<Block, 'at'>,
  ): Promise<void> => {
    const custom = { kind, principal: id, detail: reason }
    await audit.append({ labels: { ...labels }, requested_by: by, custom })
  }
  return {
    async block(asked) {
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
