/**
 * `npm run bench` measures what an exchange costs, `npm run bench -- policy` what a decision costs, `npm run bench --
 * approvals` what waiting for one costs, `npm run bench -- recording` what recordings take and cost, and `npm run bench
 * -- audit` what records cost. Each is a program of its own: the first binds its process to one core.
 */
if (process.argv[2] === 'policy') await import('./policy/run.ts')
else if (process.argv[2] === 'approvals') await import('./approvals/run.ts')
else if (process.argv[2] === 'recording') await import('./recording/run.ts')
else if (process.argv[2] === 'audit') await import('./audit/run.ts')
else await import('./exchanges.ts')
