import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { belowFloor, FLOORS, typesOnly } from '../../../tools/suite/coverage.ts'

const share = (covered: number, total: number) => ({ covered, total })
const floor = { folder: 'src/mask', lines: 95, branches: 90 }

describe('the coverage floors', () => {
  it('are held against all lines of a folder together', () => {
    const summary = new Map([
      ['src/mask/small.ts', { lines: share(0, 10), branches: share(9, 10) }],
      ['src/mask/inner/large.ts', { lines: share(990, 990), branches: share(0, 0) }],
      ['src/masked/other.ts', { lines: share(0, 1000), branches: share(0, 1000) }],
    ])
    assert.deepEqual(belowFloor(summary, [floor]), [])
  })

  it('name the figure and the files that a folder lacks', () => {
    const summary = new Map([
      ['src/mask/a.ts', { lines: share(94, 100), branches: share(89, 100) }],
    ])
    assert.deepEqual(belowFloor(summary, [floor]), [
      'src/mask: 94.00 % of lines, not 95\n  src/mask/a.ts: 6 not reached',
      'src/mask: 89.00 % of branches, not 90\n  src/mask/a.ts: 11 not reached',
    ])
  })

  it('are not reached by a folder of which nothing was measured', () => {
    assert.deepEqual(belowFloor(new Map(), [floor]), ['src/mask: no file was measured'])
  })

  it('are nowhere below those of the whole', () => {
    const whole = FLOORS.find(({ folder }) => folder === 'src')
    assert.ok(whole !== undefined && whole.lines >= 95 && whole.branches >= 90)
    for (const { folder, lines, branches } of FLOORS) {
      assert.ok(lines >= whole.lines && branches >= whole.branches, folder)
    }
  })
})

describe('files that hold types only', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'phigate-types-'))
  })
  afterEach(() => {
    rmSync(dir, { recursive: true })
  })

  it('are told from those that run', () => {
    const files = {
      'types.ts':
        "import type { B } from './b.ts'\n/** A. */\nexport interface A { b: B }\n// end\n",
      'value.ts': 'export interface A { b: 1 }\nexport const b = 1\n',
      'index.ts': "export { b } from './value.ts'\n",
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
    assert.deepEqual(typesOnly(dir, Object.keys(files)), ['types.ts'])
  })
})
