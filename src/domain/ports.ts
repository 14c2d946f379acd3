import type { AuditRecord, Review, ReviewStatus } from '../schema/index.ts'

/** The clock, given to whatever needs the time, so that a test can set it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

/** A record before the log has given it its place in the chain. */
export type UnchainedRecord = Omit<AuditRecord, 'custom' | 'timestamp'> & {
  custom: Omit<AuditRecord['custom'], 'seq' | 'prev' | 'hash' | 'version'>
}

/** Says that a record is durable, and which body it speaks for. */
export interface Receipt {
  readonly seq: number
  /** Hash of the record: the head of the log at that moment. */
  readonly hash: string
  /** `custom.bodySha256` of the acknowledged record. */
  readonly bodySha256: string | undefined
}

export interface AuditLog {
  /**
   * Appends one record. Resolves only when the record is on disk: what it resolved for MUST survive a crash.
   * @throws GatewayError `audit-unavailable`
   */
  append(record: UnchainedRecord): Promise<Receipt>
  /** Whether the last write succeeded, for /readyz. */
  healthy(): boolean
  /** Waits for what is under way and closes the file. */
  close(): Promise<void>
}

/**
 * What was masked in one message, without its text: JSON, written and read by `mask/` alone.
 * Keyed by (scope, digest of the prefix up to the message); scope = digest of principal, connection and session.
 */
export interface MaskMemory {
  /** The entries that exist, in the order asked; undefined where there is none. */
  lookup(scope: string, prefixes: readonly string[]): Promise<readonly (string | undefined)[]>
  /**
   * Stores entries; an entry that is there already stays (first mask wins).
   * Resolves with the entries that hold from now on, in the order given.
   */
  remember(
    scope: string,
    entries: readonly { readonly prefix: string; readonly entry: string }[],
  ): Promise<readonly string[]>
  /** Whether anything is remembered in a scope. */
  knows(scope: string): Promise<boolean>
  /** Digests of signed or encrypted blocks that the upstream issued in this session (law 8). */
  addIssued(scope: string, digests: readonly string[]): Promise<void>
  /** Those of the given digests that were issued. */
  issued(scope: string, digests: readonly string[]): Promise<ReadonlySet<string>>
  close(): void
}

/** The memory as the gateway's own thread has it. */
export interface ForgettingMaskMemory extends MaskMemory {
  /**
   * Forgets how the messages of a session were masked, so that its next request is masked anew. What the upstream issued
   * there stays known.
   * @returns whether anything was remembered
   */
  forget(scope: string): Promise<boolean>
}

/** What a principal used on a connection in a day (UTC). Patients are keyed digests. */
export interface DayCount {
  readonly principal: string
  readonly connection: string
  readonly tokens: number
  readonly patients: readonly string[]
}

/** Counts of days, kept over a restart. A day is written `2026-11-22`. */
export interface DayCounters {
  load(day: string): Promise<readonly DayCount[]>
  /** Adds to the counts of a day; a patient that is there already stays one. */
  add(day: string, counts: readonly DayCount[]): Promise<void>
  forgetBefore(day: string): Promise<void>
}

/** A principal that is locked out: by whom, when (milliseconds since the epoch) and why. */
export interface Block {
  readonly id: string
  readonly reason: string
  readonly by: string
  readonly at: number
}

/** Blocks, kept over a restart. */
export interface BlockStore {
  list(): Promise<readonly Block[]>
  /** Stores a block; one of the same principal is replaced. */
  put(block: Block): Promise<void>
  remove(id: string): Promise<void>
}

/** A review as it is stored. */
export interface StoredReview {
  readonly review: Review
  /** The version whose change the audit log lacks, this one or one before; undefined where it has all. */
  readonly owed: number | undefined
}

/** Reviews and their grants, kept over a restart. A change is made from one version to the next, or not at all. */
export interface ReviewStore {
  /** Stores a new review with what its payload is sealed to. Resolves when it is durable. */
  insert(review: Review, sealed: Uint8Array): Promise<void>
  get(id: string): Promise<StoredReview | undefined>
  payload(id: string): Promise<Uint8Array | undefined>
  /** Overwrites the payloads of sessions: they are empty from now on. */
  forgetPayloads(sessions: readonly string[]): Promise<void>
  /**
   * Replaces a review by its next version. Resolves when it is durable.
   * @param owed whether the change has a record of its own, which `recorded` then says is written
   * @returns false when somebody else was first
   */
  replace(next: Review, owed: boolean): Promise<boolean>
  /** Notes that the audit log has every change up to this version. */
  recorded(id: string, version: number): Promise<void>
  /**
   * What may bind an exchange now, pending, granted or denied, the newest first: reviews of its caller on its connection,
   * that are of its session, of the very same content, or of a job.
   */
  binding(
    asked: Pick<Review, 'principal' | 'connection' | 'session' | 'reviewDigest'>,
    now: number,
  ): Promise<readonly Review[]>
  /** The same of every caller. */
  bindingAny(now: number): Promise<readonly Review[]>
  /** The newest first. */
  list(status: ReviewStatus | undefined, most: number): Promise<readonly Review[]>
  tally(now: number): Promise<ReviewTally>
  /** Pending ones whose time has passed or that ask further groups now, and ones with a grant that has run out; 1,000 at most. */
  due(now: number): Promise<readonly Review[]>
  /** Those with a change that the audit log does not have; 1,000 at most. */
  owing(): Promise<readonly Review[]>
  /** Those with a use under way, or with a change that the audit log does not have: left by a crash. */
  unfinished(): Promise<readonly StoredReview[]>
}

/** A notification to one receiver. Times in milliseconds since the epoch. */
export interface Delivery {
  /** Of what happened: the same for each receiver. */
  readonly id: string
  /** The receiver's address. */
  readonly endpoint: string
  readonly body: string
  readonly state: 'waiting' | 'failed'
  /** Those that have failed. */
  readonly attempts: number
  readonly dueAt: number
  readonly createdAt: number
  /** Of the latest attempt: no word of what the receiver said. */
  readonly problem: string | null
}

/** The queue of notifications, kept over a restart. */
export interface DeliveryStore {
  /** Adds what is to be sent, due at once; what is there already, or was delivered, stays as it is. */
  add(
    deliveries: readonly (Pick<Delivery, 'id' | 'endpoint' | 'body'> & { readonly at: number })[],
  ): Promise<void>
  /** Gives up what waits for any other receiver than these. */
  keepOnly(endpoints: readonly string[]): Promise<void>
  due(endpoint: string, now: number, most: number): Promise<readonly Delivery[]>
  delivered(delivery: Delivery): Promise<void>
  later(delivery: Delivery, dueAt: number, problem: string): Promise<void>
  /** Gives up. */
  failed(delivery: Delivery, problem: string): Promise<void>
  /**
   * Begins anew with what was given up for one of these receivers, due at once.
   * @param id only this one
   * @returns how many
   */
  again(endpoints: readonly string[], now: number, id?: string): Promise<number>
  /** What waits and what was given up, the newest first, 1,000 at most. */
  undelivered(): Promise<readonly Delivery[]>
}

/** Reviews in numbers. */
export interface ReviewTally {
  readonly pending: number
  /** When the oldest that is pending was asked; null when none is. */
  readonly oldest: number | null
  /** Grants that run. */
  readonly grants: number
  /** Grants that an exchange uses now. */
  readonly grantsInUse: number
}
