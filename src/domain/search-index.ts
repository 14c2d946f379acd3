/** Where a record stands: in which file follows from its number. */
export interface RecordPlace {
  readonly seq: number
  readonly offset: number
  /** Without the newline. */
  readonly length: number
}

export interface IndexedRecord extends RecordPlace {
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly terms: readonly (readonly [string, string])[]
}

/** How far an index goes: the last record in it. */
export interface IndexPosition extends RecordPlace {
  readonly hash: string
}

export interface IndexQuery {
  /** All of them have to fit. */
  readonly terms: readonly (readonly [string, string])[]
  /** Milliseconds since the epoch: from the first, up to and without the second. */
  readonly from: number | undefined
  readonly to: number | undefined
  /** Records before this one. */
  readonly before: number | undefined
  readonly most: number
}

/** An index over the files of the log. Whatever it says is looked up in the files: they are the truth. */
export interface SearchIndex {
  position(): IndexPosition | undefined
  /** Adds records behind those that are there, all or none. */
  add(records: readonly IndexedRecord[], position: IndexPosition): void
  /** Forgets records that the files do not have any more. */
  removeBefore(seq: number): void
  clear(): void
  /** The newest first. */
  find(query: IndexQuery): readonly RecordPlace[]
}
