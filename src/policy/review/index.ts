/** Shows what a policy does: cases, one input explained, and what a change would have done. No part of a running gateway. */
export { readCases, type Case, type Expectation } from './case-file.ts'
export { runCases, type CaseResult, type CasesTask } from './run-cases.ts'
