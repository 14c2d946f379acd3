export { chainRecord, checkLine, ZERO_HASH, type Head, type LineCheck } from './chain.ts'
export {
  checkpointSigner,
  publicKeysOf,
  type CheckpointKey,
  type CheckpointSigner,
} from './checkpoint.ts'
export { verifyLog, type Verification, type VerifyOptions } from './verify.ts'
export { verifyFolder, type FolderOptions } from './verify-folder.ts'
