import assert from 'node:assert/strict'

const DIGEST = '[0-9A-HJKMNP-TV-Z]{7,26}(?:\\.[0-9A-HJKMNP-TV-Z]{7,13})*'

/** The placeholders of a type in a text, each once, in order. A hint counts to the type: `DATE_1961`. */
export function placeholdersIn(text: string, type: string): string[] {
  const pattern = new RegExp(`\\[${type}(?:_[0-9]{4})?_${DIGEST}\\]`, 'g')
  return [...new Set(text.match(pattern))]
}

/** What `<TYPE#mark>` stood for so far. */
export type Marks = Map<string, string>

/**
 * Asserts that `actual` holds `expected`: objects may hold more, all else is equal. In expected texts `<TYPE>` stands
 * for a placeholder, `<TYPE#a>` for the same one everywhere.
 */
export function assertHolds(actual: unknown, expected: unknown, marks: Marks, path = '$'): void {
  if (typeof expected === 'string') {
    assertText(actual, expected, marks, path)
  } else if (Array.isArray(expected)) {
    assert.ok(Array.isArray(actual), `${path} is an array`)
    assert.equal(actual.length, expected.length, `length of ${path}`)
    for (const [index, item] of expected.entries()) {
      assertHolds(actual[index], item, marks, `${path}[${index}]`)
    }
  } else if (typeof expected === 'object' && expected !== null) {
    assert.ok(typeof actual === 'object' && actual !== null, `${path} is an object`)
    for (const [key, item] of Object.entries(expected)) {
      assert.ok(Object.hasOwn(actual, key), `${path}.${key} is there`)
      assertHolds((actual as Record<string, unknown>)[key], item, marks, `${path}.${key}`)
    }
  } else assert.deepEqual(actual, expected, path)
}

function assertText(actual: unknown, expected: string, marks: Marks, path: string): void {
  const tokens = [...expected.matchAll(/<([A-Z][A-Z0-9_]*)(?:#(\w+))?>/g)]
  if (tokens.length === 0) {
    assert.equal(actual, expected, path)
    return
  }
  let at = 0
  let pattern = ''
  for (const token of tokens) {
    pattern += RegExp.escape(expected.slice(at, token.index))
    pattern += `(\\[${token[1] ?? ''}_${DIGEST}\\])`
    at = token.index + token[0].length
  }
  pattern += RegExp.escape(expected.slice(at))
  const found = typeof actual === 'string' ? new RegExp(`^${pattern}$`, 'u').exec(actual) : null
  assert.ok(
    found !== null,
    `${path} is ${JSON.stringify(actual)}, not like ${JSON.stringify(expected)}`,
  )
  for (const [index, [, type, mark]] of tokens.entries()) {
    if (mark !== undefined) bind(marks, `${type ?? ''}#${mark}`, found[index + 1] ?? '', path)
  }
}

function bind(marks: Marks, name: string, placeholder: string, path: string): void {
  const known = marks.get(name)
  if (known === undefined) {
    assert.ok(
      ![...marks.values()].includes(placeholder),
      `${path}: another mark has the placeholder of ${name}`,
    )
    marks.set(name, placeholder)
  } else assert.equal(placeholder, known, `${path}: ${name}`)
}
