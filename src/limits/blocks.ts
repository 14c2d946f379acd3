import { GatewayError, type Block, type BlockStore, type Principal } from '../domain/index.ts'

type Someone = Pick<Principal, 'id' | 'onBehalfOf'>

/** Principals that are locked out. */
export interface Blocks {
  /**
   * Lets an exchange in, and tells it when its principal is blocked while it runs.
   * @returns to be called at the end of the exchange
   * @throws GatewayError `principal-blocked`
   */
  enter(principal: Someone, onBlock: (error: GatewayError) => void): () => void
  /** Takes effect at once, on open exchanges too, even when it cannot be stored: then it throws. */
  block(block: Block): Promise<void>
  unblock(id: string): Promise<void>
  has(id: string): boolean
  list(): readonly Block[]
}

/** @returns the blocks with those that were stored before */
export async function openBlocks(store: BlockStore): Promise<Blocks> {
  const blocked = new Map((await store.list()).map((block) => [block.id, block]))
  const open = new Map<string, Set<(error: GatewayError) => void>>()
  return {
    enter(principal, onBlock) {
      const ids = namesOf(principal)
      if (ids.some((id) => blocked.has(id))) throw refusal()
      for (const id of ids) {
        const watchers = open.get(id) ?? new Set()
        open.set(id, watchers.add(onBlock))
      }
      return () => {
        for (const id of ids) {
          const watchers = open.get(id)
          watchers?.delete(onBlock)
          if (watchers?.size === 0) open.delete(id)
        }
      }
    },
    async block(block) {
      blocked.set(block.id, block)
      for (const onBlock of open.get(block.id) ?? []) onBlock(refusal())
      await store.put(block)
    },
    async unblock(id) {
      await store.remove(id)
      blocked.delete(id)
    },
    has: (id) => blocked.has(id),
    list: () => [...blocked.values()],
  }
}

/** Whoever is blocked acts for nobody, and nobody acts for them. */
function namesOf({ id, onBehalfOf }: Someone): readonly string[] {
  return onBehalfOf === null ? [id] : [id, onBehalfOf]
}

function refusal(): GatewayError {
  return new GatewayError('principal-blocked', 'Blocked by policy: this caller is blocked.')
}
