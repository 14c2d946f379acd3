export { chainRecord, checkLine, ZERO_HASH, type Head, type LineCheck } from './chain.ts'
export { verifyLog, type Verification, type VerifyOptions } from './verify.ts'
