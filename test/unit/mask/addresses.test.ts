import assert from 'node:assert/strict'
import { addressesIn } from '../../../src/mask/addresses.ts'

/** Whether the star of a text lies in an address. */
function isInside(text: string): boolean {
  const at = text.indexOf('*')
  return addressesIn(text).some(({ start, end }) => start <= at && at < end)
}

describe('addressesIn', () => {
  const inside = [
    'https://x.example/*',
    'see HTTP://x.example/?a="*"',
    'www.x.example/*',
    '//x.example/*',
    '\\\\x.example\\*',
    'mailto:*',
    'a,b;tel:*',
    '[a](b*)',
    '[a](b "*")',
    '![a](<custom://b c *>)',
    '<https://x.example/a *>',
    '<a href="*">',
    "<a HREF = 'x * y'>",
    '<img alt="a" src="b *">',
    '<x value="ftp://a b *">',
    'say="<img src="https:x *">',
  ]
  for (const text of inside) {
    it(`finds the one in ${text}`, () => assert.ok(isInside(text)))
  }

  const outside = [
    '*',
    'https://x.example/ *',
    '[a](b) *',
    '[*](https://x.example)',
    '<https://x.example> *',
    '<a href="b"> *',
    '<name value="*"/>',
    'Note:* and/or *',
    'if a < b then *',
    'email:*, hotel:*',
  ]
  for (const text of outside) {
    it(`leaves the star alone in ${text}`, () => assert.ok(!isInside(text)))
  }

  it('is linear in hostile texts', () => {
    const started = performance.now()
    for (const part of ['](', '<', 'a="', "a='", 'https:', '//', 'a'.repeat(40), '="', '<a ']) {
      addressesIn(part.repeat(Math.ceil(100_000 / part.length)))
    }
    assert.ok(performance.now() - started < 2000)
  })
})
