/** What agents read all day: source code, logs, listings, queries. Nobody is meant in any of them, whatever dates and hosts they hold. */
export const PROGRAMS: readonly string[] = [
  'export const retry = async (task: Task, times = 3) => {\n  for (let n = 0; n < times; n += 1) await task.run(n)\n}',
  'SELECT o.id, o.total FROM orders o JOIN items i ON i.order_id = o.id WHERE o.total > 100 ORDER BY o.id LIMIT 50;',
  '[worker-3] INFO queue drained in 412 ms, 118 tasks, p99=37ms',
  '$ git log --oneline | head -3\n8f02aca Keep derived keys\n642ec5b Merge: bench\n40bc792 Two rounds',
  '{"name":"web","version":"4.12.0","scripts":{"build":"vite build"},"engines":{"node":">=22"}}',
  'def chunks(items, size=500):\n    for start in range(0, len(items), size):\n        yield items[start:start + size]',
  "Error: ENOENT: no such file or directory, open '/srv/app/config/default.yaml'\n    at Object.open (node:internal/fs:601:3)",
  'FROM node:24-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm ci --omit=dev\nCMD ["node","server.js"]',
  'func (s *Store) Get(ctx context.Context, key string) ([]byte, error) {\n\treturn s.db.Get(ctx, key)\n}',
  'total 24\ndrwxr-xr-x 3 app app 4096 src\n-rw-r--r-- 1 app app  812 README.md',
  'const PALETTE = ["#1f77b4", "#ff7f0e", "#2ca02c"] // matplotlib, Tableau 10',
  '| metric | before | after |\n|---|---|---|\n| cold start | 812 ms | 390 ms |',
  `total 48
drwxr-xr-x  12 root  staff   384 Nov 20 12:01 node_modules
-rw-r--r--   1 alice staff  1843 Mar  3  2025 package.json
-rw-r--r--   1 root  root  93211 2026-01-14 08:30 yarn.lock`,
  `2026-11-20T12:03:44.123Z INFO [http] GET /api/v2/users/42 200 31ms
2026-11-20T12:03:45.001Z WARN [db] slow query 1204ms pool=main`,
  `Nov 20 12:03:44 ip-10-0-3-12 sshd[1123]: Accepted publickey for deploy from 10.0.3.44 port 51234 ssh2
Nov 20 12:03:45 web01 systemd[1]: Started Session 42 of user deploy.`,
  `127.0.0.1 - - [20/Nov/2026:12:03:44 +0000] "GET /index.html HTTP/1.1" 200 1043 "-" "curl/8.4.0"`,
  `[2026-11-20 12:03:44] production.ERROR: SQLSTATE[42S02]: Base table or view not found: 1146 Table 'app.jobs' doesn't exist`,
  `SELECT u.id, u.name, o.total FROM users u JOIN orders o ON o.user_id = u.id WHERE o.created_at >= '2024-01-01' AND o.created_at < '2024-02-01' GROUP BY 1 LIMIT 50;`,
  'CREATE TABLE patient (id uuid PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, dob date, mrn varchar(20), created_at timestamptz DEFAULT now());',
  `commit 8f02aca1b3b0e4d5f60718293a4b5c6d7e8f9012
Author: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>
Date:   Fri Nov 20 12:03:44 2026 +0100

    Bump express from 5.2.1 to 5.3.0`,
  `diff --git a/src/patient/index.ts b/src/patient/index.ts
index 83db48f..bf2a1c3 100644
--- a/src/patient/index.ts
+++ b/src/patient/index.ts
@@ -12,7 +12,9 @@ export class PatientService {
-  constructor(private readonly repo: PatientRepo) {}
+  constructor(private readonly repo: PatientRepo, private readonly clock: Clock) {}`,
  `import { Router } from 'express'
import type { Patient } from '../models/patient.ts'

export const router = Router()
router.get('/patients/:id', async (req, res) => {
  const patient: Patient | undefined = await db.find(req.params.id)
  if (!patient) return res.status(404).json({ error: 'not found' })
  res.json(patient)
})`,
  `def parse_date(value: str) -> datetime:
    """Parse an ISO 8601 date such as 2024-05-17 or 2024-05-17T10:00:00Z."""
    for fmt in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(value, fmt)
        except ValueError:
            continue
    raise ValueError(f"bad date: {value!r}")`,
  `# Changelog

## [2.4.0] - 2026-03-14
### Added
- Support for Node.js 24 (#812)

## [2.3.1] - 2026-01-02
### Fixed
- Crash on empty input`,
  `{"level":"info","ts":"2026-11-20T12:03:44.123Z","caller":"server/main.go:42","msg":"listening","addr":":8080"}
{"level":"error","ts":"2026-11-20T12:04:00.456Z","caller":"db/pool.go:118","msg":"dial tcp 10.2.3.4:5432: connect: connection refused"}`,
  `{"name":"my-app","version":"1.4.2","scripts":{"build":"tsc -p .","test":"mocha"},"dependencies":{"express":"^5.3.0","zod":"3.25.1"},"author":"","license":"MIT"}`,
  `Traceback (most recent call last):
  File "/usr/lib/python3.11/asyncio/runners.py", line 190, in run
    return runner.run(main)
  File "/app/worker.py", line 58, in main
    await consume(queue)
redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.`,
  `Exception in thread "main" java.lang.NullPointerException: Cannot invoke "com.acme.Order.getTotal()" because "order" is null
	at com.acme.billing.InvoiceService.compute(InvoiceService.java:87)
	at com.acme.Main.main(Main.java:14)`,
  `apiVersion: apps/v1
kind: Deployment
metadata:
  name: phigate
  labels: { app: phigate, tier: edge }
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: gateway
          image: registry.example.com/phigate:1.4.2
          ports: [{ containerPort: 8080 }]`,
  `$ kubectl get pods -n staging
NAME                       READY   STATUS    RESTARTS   AGE
api-7d4b9c6f5d-x2kqp       1/1     Running   0          3d4h
worker-5f6c7d8e9f-abcde    0/1     CrashLoopBackOff   12   91m`,
  `$ docker ps
CONTAINER ID   IMAGE          COMMAND                  CREATED       STATUS       PORTS                    NAMES
3f2a1b4c5d6e   postgres:15    "docker-entrypoint.s…"   2 hours ago   Up 2 hours   0.0.0.0:5432->5432/tcp   eager_hopper`,
  `$ df -h
Filesystem      Size  Used Avail Use% Mounted on
/dev/nvme0n1p1   97G   41G   56G  43% /
tmpfs           7.8G     0  7.8G   0% /dev/shm`,
  `$ psql -c '\\dt'
          List of relations
 Schema |   Name   | Type  |  Owner
--------+----------+-------+----------
 public | accounts | table | postgres
 public | sessions | table | postgres`,
  `package main

import (
	"context"
	"log/slog"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	slog.InfoContext(ctx, "starting", "version", "v0.9.1", "date", "2026-02-03")
}`,
  `#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Visit { pub id: Uuid, pub started_at: DateTime<Utc>, pub department: Option<String> }

impl Visit {
    pub fn new(department: &str) -> Self { Self { id: Uuid::new_v4(), started_at: Utc::now(), department: Some(department.to_owned()) } }
}`,
  `resource "aws_s3_bucket" "audit" {
  bucket = "acme-audit-prod"
  object_lock_enabled = true
  tags = { Owner = "platform", CostCenter = "4711", Environment = "prod" }
}`,
  `FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev
COPY . .
USER 10001
CMD ["node", "dist/main.js"]`,
  `npm warn deprecated inflight@1.0.6: This module is not supported
npm ERR! code ERESOLVE
npm ERR! While resolving: my-app@1.4.2
npm ERR! Found: react@18.2.0
npm ERR! node_modules/react`,
  `   Compiling serde v1.0.193
   Compiling tokio v1.35.1
    Finished release [optimized + debuginfo] target(s) in 42.13s`,
  `============================= test session starts ==============================
platform linux -- Python 3.11.7, pytest-8.3.2, pluggy-1.5.0
collected 42 items

tests/test_billing.py ........F.                                         [ 24%]
E       AssertionError: assert '2024-03-01' == '2024-02-29'
=========================== 1 failed, 41 passed in 3.21s =======================`,
  `const HOLIDAYS = ['2026-01-01', '2026-07-04', '2026-12-25']
export const isHoliday = (d: string) => HOLIDAYS.includes(d)`,
  `INSERT INTO audit (id, actor, action, at) VALUES (1, 'svc-import', 'CREATE', '2026-05-01 10:22:33'), (2, 'svc-import', 'DELETE', '2026-05-01 10:25:01');`,
  `.btn--primary { color: #1a73e8; padding: 8px 16px; border-radius: 4px; font-family: "Helvetica Neue", Arial, sans-serif; }`,
  `<div class="card" id="summary"><h2>{{ patient.fullName }}</h2><p>{{ patient.birthDate | date:'mediumDate' }}</p></div>`,
  `$ curl -sS -H 'Authorization: Bearer $TOKEN' https://api.example.com/v1/patients?_count=10 | jq '.entry[].resource.id'
curl: (22) The requested URL returned error: 401`,
  `$ openssl x509 -in cert.pem -noout -dates -subject
notBefore=Nov 20 00:00:00 2026 GMT
notAfter=Feb 18 23:59:59 2027 GMT
subject=CN = gateway.example.com`,
  `$ git log --oneline --graph -5
* 9f3c2d1 (HEAD -> main, origin/main) Merge pull request #418 from feature/retry
|\\
| * 1b2c3d4 Retry on 429
* | 5e6f7a8 Bump version to 3.2.0`,
  `$ git status
On branch main
Your branch is up to date with 'origin/main'.

Changes not staged for commit:
	modified:   src/gateway/Pipeline.java
	modified:   README.md`,
  `[INFO] Scanning for projects...
[INFO] Building billing-service 2.7.1-SNAPSHOT
[INFO] Tests run: 118, Failures: 0, Errors: 0, Skipped: 3
[INFO] BUILD SUCCESS
[INFO] Total time:  01:02 min
[INFO] Finished at: 2026-11-20T12:03:44+01:00`,
  `I1120 12:03:44.123456    1 controller.go:214] Reconciling ReplicaSet default/api-7d4b9c6f5d
E1120 12:03:45.654321    1 reflector.go:138] Failed to watch *v1.Pod: unknown`,
  `time="2026-11-20T12:03:44Z" level=warning msg="retrying request" attempt=3 service=billing error="context deadline exceeded"`,
  `12:03:44.512 [main] DEBUG o.s.b.f.s.DefaultListableBeanFactory - Creating shared instance of singleton bean 'dataSource'`,
  `Error: ENOENT: no such file or directory, open '/home/node/app/config/default.json'
    at Object.openSync (node:fs:573:18)
    at Module._compile (node:internal/modules/cjs/loader:1554:14) {
  errno: -2, code: 'ENOENT', syscall: 'open' }`,
  `| Column     | Type        | Nullable |
|------------|-------------|----------|
| first_name | text        | NO       |
| birth_date | date        | YES      |
| zip        | varchar(10) | YES      |`,
  `public sealed class PatientController : ControllerBase {
    [HttpGet("{mrn}")]
    public async Task<ActionResult<PatientDto>> Get(string mrn, CancellationToken ct) => Ok(await _service.FindByMrn(mrn, ct));
}`,
  `export PATH="$HOME/.local/bin:$PATH"
export JAVA_HOME=/usr/lib/jvm/java-17-openjdk-amd64
alias gs='git status -sb'`,
  `Filesystem check: inode 131073 has zero dtime. Fix<y>? yes
/dev/sda1: 11/65536 files (0.0% non-contiguous), 12955/262144 blocks`,
  'const dijkstra = (graph: Graph, source: Node): Map<Node, number> => { /* Fibonacci heap, see Fredman & Tarjan */ return relax(graph, source) }',
  `ERROR 1062 (23000): Duplicate entry '10023-2026-05-01' for key 'uq_claim'
Query OK, 0 rows affected (0.01 sec)`,
  `  "eventTime": "2026-05-01T10:22:33Z",
  "eventSource": "s3.amazonaws.com",
  "awsRegion": "eu-central-1",
  "requestParameters": { "bucketName": "acme-audit", "key": "2026/05/01/part-0001.ndjson.gz" }`,
  `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <groupId>com.acme</groupId><artifactId>billing</artifactId><version>2.7.1</version>
</project>`,
  `fn main() { println!("{}", chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap()); }`,
  `- name: Install packages
  ansible.builtin.apt: { name: [nginx, postgresql-15], state: present, update_cache: true }
  when: ansible_distribution == "Debian"`,
  `Reading package lists... Done
Get:1 http://deb.debian.org/debian bookworm InRelease [151 kB]
Setting up libpq5:amd64 (15.8-0+deb12u1) ...`,
  `scala> val xs = List(1,2,3).map(_ * 2)
val xs: List[Int] = List(2, 4, 6)`,
  `const RE_SSN = /^\\d{3}-\\d{2}-\\d{4}$/
// e.g. 000-00-0000 is never issued
test('rejects', () => expect(RE_SSN.test('12-345')).toBe(false))`,
  `# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000`,
  `Step 4/9 : RUN apt-get update && apt-get install -y --no-install-recommends tini
 ---> Running in 5d1f0c2e3a4b
Removing intermediate container 5d1f0c2e3a4b`,
  `warning: unused variable: \`patient_id\`
  --> src/visit.rs:42:9
   |
42 |     let patient_id = row.get::<Uuid>("patient_id");
   |         ^^^^^^^^^^ help: if this is intentional, prefix it with an underscore`,
  `Last login: Fri Nov 20 11:58:02 2026 from 10.0.0.5
ubuntu@ip-10-0-3-12:~$ uptime
 12:03:44 up 41 days,  3:12,  1 user,  load average: 0.08, 0.03, 0.01`,
  `$ crontab -l
0 2 * * 1 /opt/backup/run.sh --full >> /var/log/backup.log 2>&1
*/15 * * * * /usr/local/bin/healthcheck`,
  `$ cat /etc/os-release
PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
VERSION_ID="12"
$ uname -a
Linux web01 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01) x86_64 GNU/Linux`,
]
