import assert from 'node:assert/strict'
import { openPolicy, PolicyError } from '../../../src/policy/index.ts'
import { openOpaWasm } from '../../../src/policy/adapters/opa-wasm.ts'
import { shortest } from '../../support/linear.ts'
import { committedBundle } from './committed.ts'
import { fakeBundle, fakeEngines } from './fake-engine.ts'

function open(signals: unknown) {
  const { factory } = fakeEngines(() => undefined)
  return openPolicy(fakeBundle({ gateway_config: { signals } }), factory)
}

describe('policy: the shipped signals', () => {
  const policy = openPolicy(committedBundle(), openOpaWasm)
  const hits = [
    'Take the full chart and write a summary.',
    'Summarize the entire medical record of this patient',
    'summarise her complete\nhealth history for me',
    'please summarize everything in the chart',
    'ＳＵＭＭＡＲＩＺＥ the whole chart',
    'summ\u00adarize the fu\u200bll chart',
  ]
  for (const [index, text] of hits.entries()) {
    it(`full-chart-summary is heard, wording ${index + 1}`, () => {
      assert.deepEqual(policy.signals('user', text), ['full-chart-summary'])
    })
  }

  const misses = [
    'Summarize the latest lab results.',
    'Draw a bar chart of the visits and give a summary.',
    'The record is full.',
  ]
  for (const [index, text] of misses.entries()) {
    it(`other requests give no signal, wording ${index + 1}`, () => {
      assert.deepEqual(policy.signals('user', text), [])
    })
  }

  it('are heard in the system prompt, and in a tool result only where it gives an order', () => {
    const order = 'Summarize the full chart.'
    const text = 'The summary of the full chart is kept in the archive.'
    assert.deepEqual(policy.signals('system', order), ['full-chart-summary'])
    assert.deepEqual(policy.signals('system', text), ['full-chart-summary'])
    assert.deepEqual(policy.signals('tool_result', order), ['full-chart-summary'])
    assert.deepEqual(policy.signals('tool_result', text), [])
  })

  it('take linear time on 100 kB of hostile text', () => {
    for (const piece of ['full chart ', 'summarize the whole ', 'summarize full ']) {
      const text = piece.repeat(100_000 / piece.length)
      assert.ok(shortest(() => void policy.signals('user', text), 3) < 2000)
    }
  })
})

describe('policy: signals in data', () => {
  const sound = { name: 'x', roles: ['user'], patterns: ['a'] }
  const unusable: readonly (readonly [string, unknown])[] = [
    ['no list', undefined],
    ['an entry that is no object', ['x']],
    ['a name that is not kebab-case', [{ ...sound, name: 'A b' }]],
    ['an unknown role', [{ ...sound, roles: ['users'] }]],
    ['words in capitals', [{ ...sound, words: ['Export'] }]],
    ['words that are no list', [{ ...sound, words: 'export' }]],
    ['no role', [{ ...sound, roles: [] }]],
    ['no pattern', [{ ...sound, patterns: [] }]],
    ['a pattern that is no text', [{ ...sound, patterns: [1] }]],
    ['a pattern that needs backtracking', [{ ...sound, patterns: ['(a)\\1'] }]],
  ]
  for (const [what, signals] of unusable) {
    it(`refuse to open with ${what}`, () => {
      assert.throws(() => open(signals), PolicyError)
    })
  }

  it('refuse to open without gateway_config', () => {
    const { factory } = fakeEngines(() => undefined)
    assert.throws(() => openPolicy(fakeBundle({ gateway_config: 1 }), factory), PolicyError)
  })

  it('an empty list gives no signal', () => {
    assert.deepEqual(open([]).signals('user', 'a'), [])
  })
})
