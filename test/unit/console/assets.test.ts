import assert from 'node:assert/strict'
import { Script } from 'node:vm'
import { SCRIPT, STYLE } from '../../../src/console/pages/assets.ts'

/** Contrast as WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const full = colour.length === 4 ? colour.replaceAll(/[\da-f]/g, '$&$&') : colour
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(full.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('what pages load', () => {
  const [light = '', dark = ''] = STYLE.match(/:root\{[^}]*\}/g) ?? []
  const colours = (root: string): Map<string, string> =>
    new Map(
      [...root.matchAll(/--(\w+):(#[\da-f]+)/g)].map(([, name = '', value = '']) => [name, value]),
    )

  for (const [name, all] of [
    ['light', colours(light)],
    ['dark', colours(dark)],
  ] as const) {
    it(`can be read in ${name} colours`, () => {
      const pairs = [
        ...['text', 'faint', 'link', 'good', 'bad'].flatMap((ink) => [
          [ink, 'back'],
          [ink, 'soft'],
        ]),
        ['marktext', 'mark'],
      ]
      assert.equal(all.size, 10)
      for (const [ink = '', paper = ''] of pairs) {
        const ratio = contrast(all.get(ink) ?? '', all.get(paper) ?? '')
        assert.ok(ratio >= 4.5, `${ink} on ${paper}: ${ratio.toFixed(2)}`)
      }
    })
  }

  it('is a script that can be read, and that makes no markup of text', () => {
    assert.ok(new Script(SCRIPT) instanceof Script)
    assert.ok(!/innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(/.test(SCRIPT))
  })

  it('loads nothing from elsewhere', () => {
    assert.ok(!/url\(|@import|https?:/.test(STYLE + SCRIPT))
  })
})
