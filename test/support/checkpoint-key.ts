import { publicKeysOf, type CheckpointKey } from '../../src/record/index.ts'
import type { PublicKeysFile } from '../../src/schema/index.ts'

export const CHECKPOINT_KEY: CheckpointKey = {
  id: 'checkpoint-test',
  secret: new Uint8Array(32).fill(9),
}

export const PUBLIC_KEYS: PublicKeysFile = publicKeysOf([CHECKPOINT_KEY])
