import assert from 'node:assert/strict'
import { counter, gauge, histogram } from '../../../src/metrics/exposition.ts'

describe('the text for Prometheus', () => {
  it('has help, type and one line for each series of a counter', () => {
    const calls = counter({ name: 'calls_total', help: 'Calls.' })
    calls.add({ kind: 'a', status: '200' })
    calls.add({ kind: 'a', status: '200' })
    calls.add({ kind: 'b', status: '200' })
    assert.equal(
      calls.text(),
      '# HELP calls_total Calls.\n# TYPE calls_total counter\n' +
        'calls_total{kind="a",status="200"} 2\ncalls_total{kind="b",status="200"} 1\n',
    )
    assert.equal(calls.total(), 3)
  })

  it('escapes what would end a label', () => {
    const calls = counter({ name: 'calls_total', help: 'Calls.' })
    calls.add({ kind: 'a"b\\c\nd' })
    assert.ok(calls.text().endsWith('calls_total{kind="a\\"b\\\\c\\nd"} 1\n'))
  })

  it('reads a gauge when it is asked', () => {
    let value = 1
    const one = gauge({ name: 'size', help: 'Size.' }, () => [{ value }])
    value = 2
    assert.equal(one.text(), '# HELP size Size.\n# TYPE size gauge\nsize 2\n')
  })

  it('counts in each bucket whatever is not above its bound', () => {
    const times = histogram({ name: 'time_seconds', help: 'Time.' }, [0.1, 1])
    for (const value of [0.1, 0.5, 2]) times.observe({ stage: 'x' }, value)
    assert.equal(
      times.text(),
      '# HELP time_seconds Time.\n# TYPE time_seconds histogram\n' +
        'time_seconds_bucket{stage="x",le="0.1"} 1\n' +
        'time_seconds_bucket{stage="x",le="1"} 2\n' +
        'time_seconds_bucket{stage="x",le="+Inf"} 3\n' +
        'time_seconds_sum{stage="x"} 2.6\ntime_seconds_count{stage="x"} 3\n',
    )
  })

  it('counts together what comes when there are too many series, and loses nothing', () => {
    const calls = counter({ name: 'calls_total', help: 'Calls.' })
    const times = histogram({ name: 'time_seconds', help: 'Time.' }, [1])
    for (let n = 0; n < 700; n += 1) {
      calls.add({ kind: `k${n}` })
      times.observe({ kind: `k${n}` }, 1)
    }
    assert.equal(calls.total(), 700)
    assert.ok(calls.text().endsWith('calls_total{kind="other"} 200\n'))
    assert.ok(times.text().endsWith('time_seconds_count{kind="other"} 200\n'))
  })
})
