import assert from 'node:assert/strict'
import { outcomeOf, parseReport } from '../../../tools/suite/mocha.ts'

const report = { passes: 3, failures: 0, pending: 0, failed: [] }
const ended = (code: number) => ({ code, output: 'last words\n' })

describe("the suite's reading of mocha", () => {
  it('takes the counts of the report', () => {
    assert.deepEqual(outcomeOf(ended(0), report), { passed: 3, failed: 0, report: '' })
    const {
      passed,
      failed,
      report: told,
    } = outcomeOf(ended(2), {
      ...report,
      failures: 2,
      failed: ['first\n    Error: a', 'second\n    Error: b'],
    })
    assert.deepEqual({ passed, failed }, { passed: 3, failed: 2 })
    assert.match(told, /first\n {4}Error: a\n\nsecond/)
  })

  it('fails when mocha wrote no report', () => {
    const { passed, failed, report: told } = outcomeOf(ended(0), undefined)
    assert.deepEqual({ passed, failed }, { passed: 0, failed: 1 })
    assert.match(told, /last words/)
  })

  it('fails when mocha ran no test', () => {
    assert.equal(outcomeOf(ended(0), { ...report, passes: 0 }).failed, 1)
  })

  it('fails when mocha ended badly after tests that passed', () => {
    assert.equal(outcomeOf(ended(-1), report).failed, 1)
  })

  it('counts a skipped test as failed', () => {
    assert.equal(outcomeOf(ended(0), { ...report, pending: 2 }).failed, 2)
  })

  it('reads names and stacks of what failed', () => {
    const failures = [
      { fullTitle: 'it holds', err: { stack: 'Error: no\n    at x' } },
      { fullTitle: 'it lasts', err: { message: 'gone' } },
      { fullTitle: 'it is', err: {} },
    ]
    assert.deepEqual(parseReport({ stats: { passes: 1, failures: 3, pending: 0 }, failures }), {
      passes: 1,
      failures: 3,
      pending: 0,
      failed: [
        'it holds\n    Error: no\n        at x',
        'it lasts\n    gone',
        'it is\n    no error given',
      ],
    })
  })

  it('takes anything else for no report', () => {
    const stats = { passes: 1, failures: 0, pending: 0 }
    const others = [null, [], {}, { stats }, { stats: { ...stats, passes: '1' }, failures: [] }]
    for (const value of others) assert.equal(parseReport(value), undefined)
  })
})
