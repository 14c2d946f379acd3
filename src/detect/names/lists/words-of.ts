/** The words of a text that is written as lines of words. */
export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
