import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  items,
  JsonError,
  member,
  parseJson,
  stringMember,
  type JsonNode,
} from '../../../src/messages/json.ts'
import { skeleton, valueOf } from '../../support/json-tree.ts'
import { holds } from '../../support/property.ts'

const ANY = { maxDepth: Infinity, unambiguous: false }
const STRICT = { maxDepth: 200, unambiguous: true }

const json = fc.oneof(
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify(value, null, 2)),
  fc.jsonValue().map((value) => JSON.stringify(value, null, '\r\n\t')),
  fc.string({ unit: 'binary' }).map((text) => escaped(text)),
  fc.constantFrom('-0', '1e5', '1E+5', '-1.50e-07', '9007199254740993', '1.0', '""', '{}', '[]'),
)

/** Every character in the escape form that JSON has for it. */
function escaped(text: string): string {
  const units = [...Array(text.length).keys()].map((at) => text.charCodeAt(at))
  return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}"`
}

/** A text with one place changed. */
const mutated = fc
  .tuple(
    json,
    fc.nat(),
    fc.constantFrom(...'{}[]",:\\tfn01.eE-+ \u0000\u2028x'.split('')),
    fc.nat(2),
  )
  .map(([text, place, character, length]) => {
    const at = place % (text.length + 1)
    return text.slice(0, at) + character + text.slice(at + length)
  })

function read(text: string, limits = ANY): unknown {
  return valueOf(parseJson(text, limits), text)
}

function problemOf(text: string, limits = STRICT): readonly [string, number] {
  try {
    parseJson(text, limits)
  } catch (error) {
    assert.ok(error instanceof JsonError)
    assert.ok(error.offset >= 0 && error.offset <= text.length)
    return [error.problem, error.offset]
  }
  return ['none', 0]
}

describe('parseJson', () => {
  it('reads what JSON.parse reads', async () => {
    await holds(json, (text) => assert.deepEqual(read(text), JSON.parse(text)), { runs: 400 })
  })

  it('reads long strings like short ones, wherever an escape, an end or an error stands in them', () => {
    const parts = ['', '\\n', '\\"', '\\\\', '\\ud83d\\ude42', '\u00e9', '\u{1F642}']
    const lengths = [0, 1, 62, 63, 64, 65, 127, 128, 129, 1000]
    for (const part of parts) {
      for (const before of lengths) {
        for (const after of [0, 1, 63, 64, 65, 500]) {
          const text = `["${'a'.repeat(before)}${part}${'b'.repeat(after)}" , "${part}"]`
          assert.deepEqual(read(text), JSON.parse(text))
        }
      }
    }
    for (const before of lengths) {
      const string = `"${'a'.repeat(before)}`
      assert.deepEqual(problemOf(`${string}\n${'b'.repeat(100)}"`), ['syntax', before + 1])
      assert.deepEqual(problemOf(string), ['syntax', before + 1])
      assert.deepEqual(problemOf(`${string}\\`), ['syntax', before + 2])
    }
  })

  it('accepts a broken text exactly when JSON.parse does', async () => {
    await holds(
      mutated,
      (text) => {
        let expected: unknown
        try {
          expected = JSON.parse(text)
        } catch {
          assert.equal(problemOf(text, ANY)[0], 'syntax')
          return
        }
        assert.deepEqual(read(text), expected)
      },
      { runs: 1500 },
    )
  })

  it('keeps offsets from which every literal can be cut', async () => {
    const check = (node: JsonNode, text: string): void => {
      const literal = text.slice(node.start, node.end)
      assert.deepEqual(JSON.parse(literal), valueOf(node, text))
      if (node.kind === 'array') for (const item of node.items) check(item, text)
      if (node.kind !== 'object') return
      for (const { key, value } of node.members) {
        assert.equal(JSON.parse(text.slice(key.start, key.end)), key.value)
        check(value, text)
      }
    }
    await holds(json, (text) => check(parseJson(text, ANY), text), { runs: 200 })
  })

  it('lets everything but the scalars be told apart', () => {
    const text = ' { "a" : [ 1 , "x" ] , "b" : null } '
    assert.equal(skeleton(parseJson(text, STRICT), text), ' { "a" : [ □ , □ ] , "b" : □ } ')
  })

  it('names the place of what is no JSON', () => {
    assert.deepEqual(problemOf(''), ['syntax', 0])
    assert.deepEqual(problemOf('{"a":1,}'), ['syntax', 7])
    assert.deepEqual(problemOf('[1,]'), ['syntax', 3])
    assert.deepEqual(problemOf('{"a" 1}'), ['syntax', 5])
    assert.deepEqual(problemOf('{a:1}'), ['syntax', 1])
    assert.deepEqual(problemOf('[1] 2'), ['syntax', 4])
    assert.deepEqual(problemOf('"abc'), ['syntax', 4])
    assert.deepEqual(problemOf('"abc\\'), ['syntax', 5])
    assert.deepEqual(problemOf('["\\x"]'), ['syntax', 1])
    assert.deepEqual(problemOf('[01]'), ['syntax', 2])
    assert.deepEqual(problemOf('[1}'), ['syntax', 2])
  })

  it('takes as many levels as it is allowed', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    assert.deepEqual(problemOf(nested(200)), ['none', 0])
    assert.deepEqual(problemOf(nested(201)), ['depth', 200])
    assert.deepEqual(problemOf(`{"a":${nested(200)}}`), ['depth', 204])
    assert.equal(parseJson(nested(100_000), ANY).kind, 'array')
  })

  it('refuses the same key twice, however it is written, where it must be unambiguous', () => {
    assert.deepEqual(problemOf('{"a":1,"b":2,"a":3}'), ['duplicate-key', 13])
    assert.deepEqual(problemOf('{"a":1,"\\u0061":3}'), ['duplicate-key', 7])
    assert.deepEqual(problemOf('{"a":{"a":1},"b":[{"a":2},{"a":3}]}'), ['none', 0])
    assert.deepEqual(problemOf('{"__proto__":1,"__proto__":2}'), ['duplicate-key', 15])
  })

  it('takes the last of two equal keys where it need not be unambiguous', () => {
    const root = parseJson('{"a":"one","a":"two"}', ANY)
    assert.equal(stringMember(root, 'a'), 'two')
    assert.equal(root.kind === 'object' ? root.members.length : 0, 2)
  })

  it('refuses half a surrogate pair where it must be unambiguous', () => {
    assert.deepEqual(problemOf('["\\ud83d"]'), ['lone-surrogate', 1])
    assert.deepEqual(problemOf('["\\ude42\\ud83d"]'), ['lone-surrogate', 1])
    assert.deepEqual(problemOf('{"\\ud83d":1}'), ['lone-surrogate', 1])
    assert.deepEqual(problemOf('["\\ud83d\\ude42"]'), ['none', 0])
    assert.deepEqual(problemOf('["\\ud83d"]', ANY), ['none', 0])
  })

  it('keeps a key called __proto__ as a key', () => {
    const text = '{"__proto__":{"a":1},"constructor":2}'
    const value = read(text, STRICT) as object
    assert.deepEqual(Object.keys(value), ['__proto__', 'constructor'])
    assert.equal(Object.getPrototypeOf(value), Object.prototype)
  })

  it('says nothing of the text in its errors', () => {
    assert.throws(
      () => parseJson('["Jorvina" Quillmark]', STRICT),
      (error: Error) => !/Jorvina|Quillmark/.test(`${error.message} ${error.name}`),
    )
  })
})

describe('the members of a tree', () => {
  it('are there only in objects, strings and arrays of their kind', () => {
    const root = parseJson('{"text":"x","list":[1],"number":2}', STRICT)
    assert.equal(stringMember(root, 'text'), 'x')
    assert.equal(stringMember(root, 'number'), undefined)
    assert.equal(stringMember(root, 'toString'), undefined)
    assert.equal(items(member(root, 'list')).length, 1)
    assert.deepEqual(items(member(root, 'text')), [])
    assert.equal(member(member(root, 'text'), 'x'), undefined)
    assert.equal(member(undefined, 'x'), undefined)
  })
})
