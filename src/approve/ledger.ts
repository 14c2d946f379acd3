import type { Review } from '../schema/index.ts'
import type { ApprovalsOptions } from './approvals-options.ts'
import { changedRecord } from './records.ts'

/** Sees to it that the audit log, and whoever listens, hears of every change to a review, in order. */
export interface Ledger {
  /** Resolves when the log has the change and listeners were told. @throws whatever they throw: then it is owed */
  tell(review: Review): Promise<void>
  /**
   * Resolves when nothing is owed of this review. No change is made, and no grant used, on top of one that the log does
   * not have.
   */
  paid(id: string): Promise<void>
  /** Tells what is owed for longer than a telling takes. */
  catchUp(): Promise<void>
}

export function openLedger({
  store,
  record,
  labels,
  onChange,
}: Pick<ApprovalsOptions, 'store' | 'record' | 'labels' | 'onChange'>): Ledger {
  const underWay = new Map<string, Promise<void>>()
  let owedBefore: ReadonlyMap<string, number> = new Map()
  const write = async (review: Review): Promise<void> => {
    const owed = (await store.get(review.id))?.owed
    // Whoever found it owed between the change and its telling has told it. What is owed then is a later change, or none.
    if (owed === undefined || owed > review.version) return
    await record(changedRecord(review, owed, labels))
    await onChange?.(review)
    await store.recorded(review.id, review.version)
  }
  const tell = (review: Review): Promise<void> => {
    const { id } = review
    const before = underWay.get(id)?.catch(() => {}) ?? Promise.resolve()
    const told = before.then(() => write(review))
    underWay.set(id, told)
    const done = (): void => {
      if (underWay.get(id) === told) underWay.delete(id)
    }
    told.then(done, done)
    return told
  }
  return {
    tell,
    async paid(id) {
      await underWay.get(id)
      const stored = await store.get(id)
      if (stored?.owed !== undefined) await tell(stored.review)
    },
    async catchUp() {
      const owing = await store.owing()
      const now = new Map(owing.map(({ id, version }) => [id, version]))
      // One that is being told right now is owed as well.
      const late = owing.filter(({ id, version }) => owedBefore.get(id) === version)
      owedBefore = now
      for (const review of late) if (!underWay.has(review.id)) await tell(review)
    },
  }
}
