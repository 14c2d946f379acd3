/** A project without a patient in it: time stamps, versions, addresses of hosts and code, as tools print them. */

const LOG = `2026-11-22T10:00:01Z INFO  [main] listening on 127.0.0.1:8080
2026-11-22T10:00:01.512+01:00 DEBUG [pool-1] connection 7f3a9c21 opened in 12 ms
2026-11-22 10:00:02,113 WARN  [http-3] GET /v1/items/48210377?page=2 took 1234 ms
[22/Nov/2026:10:00:03 +0000] "GET /index.html HTTP/1.1" 200 5123 "-" "curl/8.5.0"
Nov 22 10:00:04 build-7 systemd[1]: Started job 8123.
E1122 10:00:05.123456   12345 server.go:219] retrying 10.0.12.7:5432
{"ts":"2026-11-22T10:00:06.000Z","level":"error","msg":"timeout","trace":"4bf92f3577b34da6a3ce929d0e0e4736"}
Traceback (most recent call last):
  File "/srv/app/jobs.py", line 128, in run
    raise TimeoutError(f"job {job_id} did not end in 30 s")
`

const SOURCE = `import { createHash } from 'node:crypto'

/** Released 2026-11-22, version 3.14.159. */
export const VERSION = '3.14.159'
const EPOCH = new Date('2026-01-01T00:00:00Z')
const TABLE = [0x9e3779b9, 2654435761, 1_000_000_007]

export function bucketOf(key: string, size = 1024): number {
  // See https://example.com/docs/hashing#2 and RFC 7231, section 7.1.1.1.
  const digest = createHash('sha256').update(key).digest()
  return digest.readUInt32BE(0) % size
}

export const isOld = (at: Date): boolean => at < EPOCH || TABLE.includes(at.getTime())
`

const QUERY = `-- Migration 0042, applied 2026-11-22 10:00:00
CREATE TABLE jobs (id BIGINT PRIMARY KEY, started_at TIMESTAMPTZ NOT NULL, state TEXT);
SELECT state, count(*) FROM jobs WHERE started_at >= '2026-11-01' GROUP BY state ORDER BY 2 DESC;
`

const MANIFEST = `services:
  api:
    image: registry.internal/api:2026.11.22-3f9c1a7
    ports: ['8080:8080']
    environment: { DATABASE_URL: 'postgres://db.internal:5432/app', TZ: UTC }
`

const GUIDE = `# Working here

Run \`npm test\` before a commit. Dates in code are ISO 8601, in UTC. The release of 2026-11-22 is the current one.
`

export const PROJECT_FILES = {
  'app.log': LOG,
  'bucket.ts': SOURCE,
  'report.sql': QUERY,
  'compose.yaml': MANIFEST,
  'CLAUDE.md': GUIDE,
}
