import type { Corpus } from '../corpus.ts'
import { HARMLESS } from './harmless.ts'
import { STRUCTURED } from './structured.ts'
import { WRITTEN } from './written.ts'

/** Every kind of text that is measured. A new kind is a line here, and a line of figures in the gate. */
export const CORPORA: readonly Corpus[] = [...WRITTEN, ...STRUCTURED, ...HARMLESS]
