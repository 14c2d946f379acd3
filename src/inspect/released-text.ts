import { ownCopy } from '../domain/index.ts'
import { applyEdits, type Edit } from '../messages/index.ts'

/** The text of an answer as far as it was decided, twice: where both are the same, memory holds it once. */
export class ReleasedText {
  /** How much of the text is in it. */
  end = 0
  readonly #told: string[] = []
  readonly #masked: string[] = []
  /** Behind the end. */
  #edits: Edit[] = []
  #masks: Edit[] = []

  /** Edits of text that is added later. */
  change(masks: readonly Edit[], all: readonly Edit[]): void {
    this.#masks.push(...masks)
    this.#edits.push(...all)
  }

  /** @param text what follows in the answer, up to a place that no edit goes over */
  add(text: string): void {
    if (text === '') return
    const source = ownCopy(text)
    const changed = (edits: readonly Edit[]): string =>
      edits.length === 0 ? source : applyEdits(source, edits.map(movedBy(this.end)))
    const masked = changed(this.#masks)
    this.#masked.push(masked)
    this.#told.push(this.#edits.length === this.#masks.length ? masked : changed(this.#edits))
    this.#masks = []
    this.#edits = []
    this.end += text.length
  }

  /** Masked, and with nothing restored: as it is recorded. */
  get masked(): string {
    return this.#masked.join('')
  }

  /** As the client has it. */
  get told(): string {
    return this.#told.join('')
  }
}

function movedBy(start: number): (edit: Edit) => Edit {
  return (edit) => ({ ...edit, start: edit.start - start, end: edit.end - start })
}
