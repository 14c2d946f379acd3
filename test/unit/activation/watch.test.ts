import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { watchStamp } from '../../../src/activation/index.ts'

describe('a watch', () => {
  let stamp: string | Error = 'a'
  let told: number
  const look = (times = 1): void => mock.timers.tick(times * 100)

  beforeEach(() => {
    mock.timers.enable({ apis: ['setInterval'] })
    stamp = 'a'
    told = 0
  })
  afterEach(() => mock.timers.reset())

  const start = () =>
    watchStamp(
      () => {
        if (stamp instanceof Error) throw stamp
        return stamp
      },
      100,
      () => (told += 1),
    )

  it('says nothing while nothing changes', () => {
    start()
    look(10)
    assert.equal(told, 0)
  })

  it('says once that something has changed, when it has come to rest', () => {
    start()
    stamp = 'half'
    look()
    assert.equal(told, 0)
    stamp = 'whole'
    look()
    assert.equal(told, 0)
    look()
    assert.equal(told, 1)
    look(10)
    assert.equal(told, 1)
  })

  it('says nothing of a change that was taken back', () => {
    start()
    stamp = 'b'
    look()
    stamp = 'a'
    look(5)
    assert.equal(told, 0)
  })

  it('goes on where it could not look', () => {
    start()
    stamp = new Error('gone')
    look(2)
    assert.equal(told, 1)
    stamp = 'b'
    look(2)
    assert.equal(told, 2)
  })

  it('ends when it is stopped', () => {
    const watch = start()
    watch.stop()
    stamp = 'b'
    look(5)
    assert.equal(told, 0)
  })
})
