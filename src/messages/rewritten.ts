import { applyEdits, type Edit } from './edit.ts'
import { items, member, parseJson, type JsonNode, type JsonNumber } from './json.ts'

/** The same message as some client writes it. */
export interface Rewritten {
  readonly text: string
  readonly root: JsonNode
  /** Where a segment stands in it, by its `local`: keys of data may stand in another order. */
  moved(local: string): string
}

/**
 * The forms in which a client may send a message back that calls tools: the numbers of an input are read and written
 * again. JavaScript has `37.0` as `37` and puts keys that are whole numbers first (ECMA-262, 10.1.11.1); Python keeps
 * both and has `1.50` as `1.5`. One that keeps what it was given sends the first form, the text itself.
 */
export function rewrittenForms(text: string, root: JsonNode): Rewritten[] {
  const given = { text, root, moved: (local: string) => local }
  const calls = items(member(root, 'content')).some((block) => member(block, 'input') !== undefined)
  if (!calls || isAmbiguous(text)) return [given]
  const inPython = applyEdits(text, [...floats(root, text)])
  // The client's own reader and writer say what becomes of keys and numbers.
  const inJavaScript = JSON.stringify(JSON.parse(text))
  const others = new Set([inPython, inJavaScript])
  others.delete(text)
  return [
    given,
    ...Array.from(others, (form) => {
      const again = parseJson(form, { maxDepth: Infinity, unambiguous: false })
      return { text: form, root: again, moved: (local: string) => moved(local, root, again) }
    }),
  ]
}

/** Of a key that stands twice readers keep one, and who wrote which value is not to be told. */
function isAmbiguous(text: string): boolean {
  try {
    parseJson(text, { maxDepth: Infinity, unambiguous: true })
    return false
  } catch {
    return true
  }
}

function* floats(node: JsonNode, text: string): Generator<Edit> {
  if (node.kind === 'object') for (const { value } of node.members) yield* floats(value, text)
  if (node.kind === 'array') for (const item of node.items) yield* floats(item, text)
  if (node.kind === 'number') yield* floatOf(node, text)
}

function* floatOf({ start, end }: JsonNumber, text: string): Generator<Edit> {
  const written = text.slice(start, end)
  const value = Number(written)
  // What is too large for a float is no number of JSON any more where it was read.
  if (/[.eE]/.test(written) && Number.isFinite(value))
    yield { start, end, text: floatInPython(value) }
}

/** As `repr` writes a float: the shortest digits, an exponent below 1e-4 and from 1e16. */
function floatInPython(value: number): string {
  const [digits = '', power = ''] = value.toExponential().split('e')
  const exponent = Number(power)
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+'
    return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const plain =
    exponent < 0 ? value.toFixed(digits.replace(/\D/g, '').length - 1 - exponent) : String(value)
  return plain.includes('.') ? plain : `${plain}.0`
}

/** Follows a place from the root of the message, down to the text of a string: nothing moves inside that. */
function moved(local: string, from: JsonNode, to: JsonNode): string {
  const [outside = '', ...inside] = local.split('>')
  let before: JsonNode | undefined = from
  let after: JsonNode | undefined = to
  let isData = false
  const steps = outside.split('/').map((step, depth) => {
    if (depth === 0) return step
    const [, number] = isData ? (/^#(\d+)$/.exec(step) ?? []) : []
    if (number === undefined || before?.kind !== 'object' || after?.kind !== 'object') {
      isData ||= step === 'input'
      before = member(before, step) ?? items(before)[Number(step)]
      after = member(after, step) ?? items(after)[Number(step)]
      return step
    }
    const one = before.members[Number(number)]
    const at = after.members.findIndex(({ key }) => key.value === one?.key.value)
    before = one?.value
    after = after.members[at]?.value
    return `#${at}`
  })
  return [steps.join('/'), ...inside].join('>')
}
