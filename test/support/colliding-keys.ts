import { sessionKeys, type SessionKeys } from '../../src/mask/index.ts'
import { MASK_KEY } from './inspection.ts'

/** Session keys under which values that begin alike have the same first characters in their digest. */
export function collidingKeys(equalCharacters: number): SessionKeys {
  const keys = sessionKeys(MASK_KEY, { principal: 'p', connection: 'c', session: 's' })
  return {
    ...keys,
    digest(purpose, value) {
      // Five bits a character: as many whole bytes as those characters need are the same.
      const same = Math.floor((equalCharacters * 5) / 8)
      const shared = keys.digest(purpose, value.slice(0, 1)).subarray(0, same)
      return Buffer.concat([shared, keys.digest(purpose, value).subarray(same)])
    },
  }
}
