import assert from 'node:assert/strict'
import { AddressReader } from '../../../src/mask/addresses.ts'
import { shortest } from '../../support/linear.ts'

/** Whether the star of a text lies in an address, the text cut into pieces of a length. */
function isInside(text: string, piece: number): boolean {
  const reader = new AddressReader()
  const before = text.slice(0, text.indexOf('*'))
  for (let at = 0; at < before.length; at += piece) {
    reader.push(before.slice(at, at + piece))
    if (piece === 1) reader.inside()
  }
  return reader.inside()
}

describe('AddressReader', () => {
  const inside = [
    'https://x.example/*',
    'see HTTP://x.example/?a="*"',
    'www.x.example/*',
    '//x.example/*',
    '\\\\x.example\\*',
    'mailto:*',
    'x.com/*',
    'see (a-b.x.co.uk:8443?d=*)',
    'X.DE#*',
    `${'y'.repeat(2030)},${'collect.'.repeat(6)}com/*`,
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
    `https://x.example/?x=${'y'.repeat(9000)}&d=*`,
    `<img src="${'y '.repeat(9000)}*">`,
    `[a](${'y '.repeat(9000)}*)`,
    `<https://${'y '.repeat(9000)}*>`,
  ]
  for (const text of inside) {
    it(`finds the one in ${text}`, () =>
      assert.ok([1, 2, 5, 90].every((piece) => isInside(text, piece))))
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
    'notes.txt/*',
    'data/x.com.d/*',
    './a.py/*',
    'in e.g. x/*',
    'a@x.com *',
    'x.com *',
    'if a < b then *',
    'email:*, hotel:*',
    `${'y'.repeat(9000)}*`,
    `<${'y '.repeat(9000)}*>`,
  ]
  for (const text of outside) {
    it(`leaves the star alone in ${text}`, () =>
      assert.ok(![1, 2, 5, 90].some((piece) => isInside(text, piece))))
  }

  it('is linear in hostile texts', () => {
    const read = (part: string): void => {
      const reader = new AddressReader()
      reader.push(part.repeat(Math.ceil(100_000 / part.length)))
      reader.inside()
    }
    for (const part of [
      '](',
      '<',
      'a="',
      "a='",
      'https:',
      '//',
      'a'.repeat(40),
      'a.',
      'a-',
      'x.com',
      '="',
      '<a ',
    ]) {
      assert.ok(shortest(() => read(part), 3) < 500)
    }
  })
})
