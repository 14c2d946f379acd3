import { recognizersFor, type Recognizer } from '../detect/index.ts'
import { compileLinear } from '../policy/index.ts'
import type { Profile } from '../schema/index.ts'

/** Profiles are few and frozen, and patterns are dear to compile. */
const known = new WeakMap<object, readonly Recognizer[]>()

/**
 * The recognizers that a profile asks for.
 * @throws SchemaError, RecognizerError where its settings cannot be used: nothing is inspected with a part of them
 */
export function recognizersOf({ recognizers: settings }: Profile): readonly Recognizer[] {
  if (settings === undefined) return recognizersFor(undefined, compileLinear)
  const before = known.get(settings)
  const recognizers = before ?? recognizersFor(settings, compileLinear)
  if (before === undefined) known.set(settings, recognizers)
  return recognizers
}
