import type { SessionKeys } from './keys.ts'

type Update = (text: string) => void

/**
 * Names every unit by a keyed digest of the prefix up to it (law 6): tools, system, then message after message.
 * @param feeds one per unit, each writes the unit's canonical form
 * @param from digest of what stands before, for an answer that continues a request
 */
export function prefixDigests(
  keys: SessionKeys,
  feeds: readonly ((update: Update) => void)[],
  from = '',
): string[] {
  const digests: string[] = []
  let before = from
  for (const feed of feeds) {
    const link = before
    before = keys
      .digestOf('prefix', (update) => {
        update(`${link}\0`)
        feed(update)
      })
      .toString('hex')
    digests.push(before)
  }
  return digests
}
