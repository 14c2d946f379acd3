/** Where the line of a piece stands in the recordings file. */
export interface Location {
  readonly offset: number
  /** With its newline. */
  readonly length: number
}

/** A piece and its place. */
export interface IndexedPiece extends Location {
  readonly session: string
  readonly digest: string
}

/**
 * Where each piece stands: a table that can be rebuilt from the recordings file at any time. It covers the file from
 * its beginning up to its mark, without a gap.
 */
export interface RecordingIndex {
  /** The first place of each piece, in the order asked; undefined where there is none. */
  find(session: string, digests: readonly string[]): Promise<readonly (Location | undefined)[]>
  /**
   * Adds the pieces that stand between `from` and `to` and moves the mark there, both or neither. A piece that is
   * known already keeps its place.
   * @throws Error when the mark is not at `from`
   */
  add(pieces: readonly IndexedPiece[], from: number, to: number): Promise<void>
  /** Up to where the file is indexed. */
  mark(): Promise<number>
  /** Forgets everything. */
  clear(): Promise<void>
}
