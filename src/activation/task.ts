import type { RehearsalTask } from './rehearse.ts'
import type { PolicySource } from './source.ts'

/** What a worker is there for; plain data, because it crosses a thread boundary. */
export type WorkerTask =
  | {
      readonly kind: 'inspect'
      /** Folder of the bundle in the archive. */
      readonly policyDir: string
      /** Seal of the bundle that is announced: a worker never runs another. */
      readonly policySeal: string
      /** Workers that have the same one start one after the other. */
      readonly turn?: Int32Array
    }
  | ({ readonly kind: 'rehearse' } & RehearsalTask)
  | { readonly kind: 'judge'; readonly source: PolicySource }
