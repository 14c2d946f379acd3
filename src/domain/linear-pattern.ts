/** A pattern that somebody else wrote. Its search MUST take time linear in the text, whatever the pattern is. */
export interface LinearPattern {
  /**
   * The matches in order and apart, as UTF-16 ranges: of the first group that captured something, else of the whole
   * match.
   */
  matches(text: string): Iterable<{ readonly start: number; readonly end: number }>
}

/** @throws Error where the pattern cannot be read, or matches the empty text */
export type CompilePattern = (source: string) => LinearPattern
