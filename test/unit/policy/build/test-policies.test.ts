import assert from 'node:assert/strict'
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findOpa, testPolicies } from '../../../../src/policy/build/index.ts'
import type { Run } from '../../../../src/policy/build/run.ts'
import { policiesDir } from '../committed.ts'

describe('testing policies', function () {
  this.timeout(600_000)
  let dir: string
  let opa: string
  before(async () => {
    opa = await findOpa({ env: process.env })
  })
  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'phigate-test-')), 'policies')
    cpSync(policiesDir, dir, { recursive: true })
  })
  afterEach(() => {
    rmSync(join(dir, '..'), { recursive: true })
  })

  const platform = 'teams/platform/platform.rego'

  it('passes the shipped tests with full coverage, by name', async () => {
    const report = await testPolicies({ dir, opa })
    assert.ok(report.passed > 150)
    assert.equal(report.failed, 0)
    assert.equal(report.covered, true)
    assert.match(report.output, /data\.gateway_test\.test_nothing_grants: PASS/)
    assert.match(report.output, /data\.cookbook\.region_test\.test_the_own_region_passes: PASS/)
  })

  it('reports a failing test', async () => {
    appendFileSync(join(dir, 'teams/platform/platform_test.rego'), '\ntest_wrong if 1 == 2\n')
    const report = await testPolicies({ dir, opa })
    assert.equal(report.failed, 1)
    assert.match(report.output, /test_wrong: FAIL/)
  })

  it('reports a rule that no test reaches', async () => {
    appendFileSync(join(dir, platform), '\n_x if input.patients > 3\n')
    const report = await testPolicies({ dir, opa })
    assert.equal(report.failed, 0)
    assert.equal(report.covered, false)
  })

  it('counts tests that cannot run, or are not there, as failed', async () => {
    appendFileSync(join(dir, platform), '\n_x := {\n')
    assert.equal((await testPolicies({ dir, opa })).failed, 1)
    const none: Run = async () => ({ code: 0, stdout: '', stderr: '' })
    assert.equal((await testPolicies({ dir, opa, run: none })).failed, 1)
  })
})
