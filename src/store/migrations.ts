import type { DatabaseSync } from 'node:sqlite'
import { transactions } from './transaction.ts'

/** Each entry takes the database from version `index` to `index + 1`. Entries are added, never changed. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE mask_memory (
     scope TEXT NOT NULL, prefix TEXT NOT NULL, entry TEXT NOT NULL,
     PRIMARY KEY (scope, prefix)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE issued (
     scope TEXT NOT NULL, digest TEXT NOT NULL,
     PRIMARY KEY (scope, digest)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE recordings (
     session TEXT NOT NULL, digest TEXT NOT NULL, "offset" INTEGER NOT NULL, length INTEGER NOT NULL,
     PRIMARY KEY (session, digest)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE recording_mark (id INTEGER PRIMARY KEY CHECK (id = 1), mark INTEGER NOT NULL) STRICT;
   INSERT INTO recording_mark VALUES (1, 0);`,
  `CREATE TABLE day_tokens (
     day TEXT NOT NULL, principal TEXT NOT NULL, connection TEXT NOT NULL, tokens INTEGER NOT NULL,
     PRIMARY KEY (day, principal, connection)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE day_patients (
     day TEXT NOT NULL, principal TEXT NOT NULL, connection TEXT NOT NULL, patient TEXT NOT NULL,
     PRIMARY KEY (day, principal, connection, patient)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE blocks (
     id TEXT NOT NULL PRIMARY KEY, reason TEXT NOT NULL, "by" TEXT NOT NULL, "at" INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE reviews (
     id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, owed INTEGER NOT NULL, status TEXT NOT NULL,
     principal TEXT NOT NULL, connection TEXT NOT NULL, binds_until INTEGER NOT NULL, expires_at INTEGER NOT NULL,
     under_way INTEGER NOT NULL, created_at INTEGER NOT NULL, review TEXT NOT NULL, payload BLOB NOT NULL
   ) STRICT;
   CREATE INDEX reviews_binding ON reviews (principal, connection, binds_until);
   CREATE INDEX reviews_status ON reviews (status, created_at);
   CREATE INDEX reviews_unfinished ON reviews (id) WHERE under_way > 0 OR owed = 1;`,
  `CREATE TABLE deliveries (
     id TEXT NOT NULL, endpoint TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
     due_at INTEGER NOT NULL, created_at INTEGER NOT NULL, problem TEXT,
     PRIMARY KEY (id, endpoint)
   ) STRICT;
   CREATE INDEX deliveries_due ON deliveries (endpoint, due_at) WHERE state = 'waiting';
   CREATE INDEX deliveries_state ON deliveries (state, created_at);`,
  // `owed` holds the latest version that the audit log lacks; it was 1 before.
  `DROP INDEX reviews_unfinished;
   CREATE INDEX reviews_unfinished ON reviews (id) WHERE under_way > 0 OR owed > 0;
   CREATE INDEX reviews_owing ON reviews (id) WHERE owed > 0;
   CREATE INDEX reviews_waiting ON reviews (expires_at) WHERE status = 'pending';
   CREATE INDEX reviews_granted ON reviews (binds_until) WHERE status = 'approved' AND binds_until > 0;
   UPDATE reviews SET owed = version WHERE owed > 0;`,
  `DROP TABLE recordings;
   DROP TABLE recording_mark;
   CREATE TABLE recorded_sessions (
     slot INTEGER PRIMARY KEY, session TEXT NOT NULL, principal TEXT NOT NULL, on_behalf_of TEXT, connection TEXT NOT NULL,
     first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, exchanges INTEGER NOT NULL, threads INTEGER NOT NULL,
     bytes INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX recorded_sessions_label ON recorded_sessions (session);
   CREATE INDEX recorded_sessions_last ON recorded_sessions (last_at);
   CREATE TABLE recorded_frames (
     slot INTEGER NOT NULL, n INTEGER NOT NULL, segment INTEGER NOT NULL, "offset" INTEGER NOT NULL,
     length INTEGER NOT NULL, at INTEGER NOT NULL, exchange TEXT NOT NULL, direction TEXT NOT NULL,
     thread INTEGER NOT NULL, "from" INTEGER, leaf INTEGER NOT NULL, piece INTEGER NOT NULL, info TEXT NOT NULL,
     PRIMARY KEY (slot, n)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE recorded_segments (
     segment INTEGER NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (segment, slot)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE recorded_mark (
     id INTEGER PRIMARY KEY CHECK (id = 1), segment INTEGER NOT NULL, "offset" INTEGER NOT NULL
   ) STRICT;
   INSERT INTO recorded_mark VALUES (1, 0, 0);`,
  `CREATE TABLE recorded_marks (
     slot INTEGER NOT NULL, mask TEXT NOT NULL, type TEXT NOT NULL, recognizer TEXT NOT NULL,
     PRIMARY KEY (slot, mask, recognizer)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE recording_holds (
     kind TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, "by" TEXT NOT NULL, "at" INTEGER NOT NULL,
     PRIMARY KEY (kind, name)
   ) STRICT, WITHOUT ROWID;`,
  // A caller may have thousands of reviews: an exchange looks at those that can be about it.
  `ALTER TABLE reviews ADD COLUMN session TEXT GENERATED ALWAYS AS (json_extract(review, '$.session')) VIRTUAL;
   ALTER TABLE reviews ADD COLUMN digest TEXT GENERATED ALWAYS AS (json_extract(review, '$.reviewDigest')) VIRTUAL;
   ALTER TABLE reviews ADD COLUMN scope TEXT GENERATED ALWAYS AS (json_extract(review, '$.scope')) VIRTUAL;
   CREATE INDEX reviews_session ON reviews (principal, session);
   CREATE INDEX reviews_digest ON reviews (principal, digest);
   CREATE INDEX reviews_jobs ON reviews (principal, binds_until) WHERE scope = 'job';
   DROP INDEX reviews_binding;
   CREATE INDEX reviews_binding ON reviews (binds_until);`,
  'DROP TABLE recording_holds',
  // The index of recordings is built anew from the files.
  `CREATE TABLE recorded_threads (
     slot INTEGER NOT NULL, thread INTEGER NOT NULL, begins TEXT NOT NULL, first INTEGER NOT NULL,
     last INTEGER NOT NULL,
     PRIMARY KEY (slot, thread)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX recorded_threads_begins ON recorded_threads (slot, begins);
   DELETE FROM recorded_frames;
   DELETE FROM recorded_sessions;
   DELETE FROM recorded_segments;
   DELETE FROM recorded_marks;
   UPDATE recorded_mark SET segment = 0, "offset" = 0;`,
  // Each exchange would pay for it, and a session has few threads.
  'DROP INDEX recorded_threads_begins',
  // What somebody said names the version that it made; until now each version but the first was made so, or by time.
  `UPDATE reviews SET review = json_set(review, '$.approvals', json((
     SELECT json_group_array(json_set(value, '$.version', key + 2)) FROM json_each(review, '$.approvals')
   )));`,
  // A use names the version that it made. Of those that were there what was said since is not known: it is said again.
  `UPDATE reviews SET review = json_set(review, '$.grant.uses', json((
     SELECT json_group_array(json_set(value, '$.version', version)) FROM json_each(review, '$.grant.uses')
   ))) WHERE json_type(review, '$.grant') = 'object';`,
  // What is pending now asks further groups at its time, and nobody is told.
  `ALTER TABLE reviews RENAME COLUMN expires_at TO due_at;
   UPDATE reviews SET review = json_set(review, '$.escalatesAt', json('null'), '$.escalations', json('[]'));`,
  // The index of recordings has a file of its own, which is made from theirs.
  `DROP TABLE recorded_sessions;
   DROP TABLE recorded_frames;
   DROP TABLE recorded_segments;
   DROP TABLE recorded_marks;
   DROP TABLE recorded_threads;
   DROP TABLE recorded_mark;`,
]

/**
 * Brings a database to the version of this program. The version is read inside the transaction that changes it, so
 * that of several connections that open the file at once one migrates and the others find it done.
 * @throws Error when the database was written by a later version
 */
export function migrate(database: DatabaseSync): void {
  if (versionOf(database) === MIGRATIONS.length) return
  transactions(database)(() => {
    const version = versionOf(database)
    if (version > MIGRATIONS.length) {
      throw new Error(`the store has version ${version}; this program knows ${MIGRATIONS.length}`)
    }
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration)
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
  })
}

function versionOf(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get()
  return Number(row?.['user_version'])
}
