export {
  makePrivateDirectory,
  openDurableFile,
  syncDirectory,
  systemIo,
  type DurableFile,
  type FileIo,
} from './durable-file.ts'
export { readFileEnd, type FileEnd } from './file-end.ts'
export {
  groupCommit,
  unavailable,
  type Encoded,
  type GroupCommit,
  type Ticket,
} from './group-commit.ts'
export {
  replaceFile,
  replaceFileSync,
  syncDirectorySync,
  writeFileDurably,
} from './replace-file.ts'
export { readLines, type Line } from './lines.ts'
