import assert from 'node:assert/strict'
import { openInForce, openPolicy, type PolicyBundle } from '../../../src/policy/index.ts'
import { fakeBundle, fakeEngines } from './fake-engine.ts'

/** The bundle that is opened on that day, of one whose data is this. */
function openedOn(day: string, data: Record<string, unknown>): PolicyBundle {
  const opened: PolicyBundle[] = []
  openInForce(
    fakeBundle(data),
    (bundle) => {
      opened.push(bundle)
      return openPolicy(fakeBundle(), fakeEngines(() => null).factory)
    },
    () => day,
  )
  const [bundle] = opened
  assert.ok(bundle !== undefined)
  return bundle
}

const over = { reason: 'a trial', expires: '2026-03-10' }
const still = { reason: 'a trial', expires: '2026-03-11' }

describe('policy: what has a last day, in data of another form', () => {
  it('is nothing where the data has no configuration', () => {
    const { revision, data } = openedOn('2026-03-11', { gateway_config: [over] })
    assert.equal(revision, fakeBundle().revision)
    assert.deepEqual(data['gateway_config'], [over])
  })

  it('ends in one list where there is no other', () => {
    const { revision, data } = openedOn('2026-03-11', {
      gateway_config: { signals: [], keep_list: [over, still] },
    })
    assert.equal(revision, `${fakeBundle().revision}+2026-03-10`)
    assert.deepEqual(data['gateway_config'], { signals: [], keep_list: [still] })
  })

  it('ends where the exceptions of features are the only list', () => {
    const features = { listed: ['x'], excepted: [over, still] }
    const { data } = openedOn('2026-03-11', { gateway_config: { features } })
    assert.deepEqual(data['gateway_config'], { features: { listed: ['x'], excepted: [still] } })
  })

  it('leaves entries without a last day, and what is no entry', () => {
    const keep_list = ['Lasix', { term: 'Norco' }, { term: 'Advil', expires: 3 }]
    const features = ['x']
    const { data } = openedOn('2026-03-11', {
      gateway_config: { features, keep_list: [over, ...keep_list] },
    })
    assert.deepEqual(data['gateway_config'], { features, keep_list })
  })
})
