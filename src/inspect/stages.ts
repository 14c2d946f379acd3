import type { MaskedBody, RecordedMark, Stage } from '../domain/index.ts'
import type { RestoreTable } from '../mask/index.ts'
import type { ParsedRequest } from '../messages/index.ts'
import type { Decision, RemovedField } from '../schema/index.ts'
import type { InspectedUnit } from './unit.ts'

/** Every unit looked at, every mask planned. */
export type Inspected = Stage<
  'inspected',
  { readonly parsed: ParsedRequest; readonly units: readonly InspectedUnit[] }
>

/** Policy has spoken about what was found. */
export type Decided = Stage<
  'decided',
  { readonly inspected: Inspected; readonly decision: Decision }
>

/** The body with every planned mask in it. */
export type Masked = Stage<
  'masked',
  {
    /** The original text where nothing is masked. */
    readonly text: string
    /** The original bytes where nothing is masked. */
    readonly body: MaskedBody
    readonly changed: boolean
    /** Something was found where nothing can be replaced, or cannot be read and must not pass. */
    readonly unmaskable: boolean
    readonly removed: readonly RemovedField[]
    readonly restore: RestoreTable
    readonly marks: readonly RecordedMark[]
    /** Per unit and span, whether the long placeholder was needed. */
    readonly wide: readonly (readonly boolean[])[]
  }
>
