import assert from 'node:assert/strict'
import type { TextDocument } from '../../../src/messages/document.ts'
import { isExempt, isKnownKey } from '../../../src/messages/grammar.ts'
import { parseRequest, type ParsedRequest } from '../../../src/messages/index.ts'
import { parseJson, type JsonNode, type JsonString } from '../../../src/messages/json.ts'
import type { LocatedSegment, Uninspectable } from '../../../src/messages/walk.ts'
import { bodyText } from '../../support/bodies.ts'
import { requestJob } from '../../support/inspection.ts'
import { pointed } from '../../support/json-tree.ts'
import { holds } from '../../support/property.ts'

const ANY = { maxDepth: Infinity, unambiguous: false }

function parsed(text: string): ParsedRequest {
  return parseRequest(requestJob(text))
}

/** Says of a parsed request what became of each key and scalar. */
class Coverage {
  readonly #segments = new Map<TextDocument, Map<number, LocatedSegment>>()
  readonly #inner = new Map<TextDocument, Map<number, TextDocument>>()
  readonly #uninspectable: readonly Uninspectable[]

  constructor(request: ParsedRequest) {
    this.#uninspectable = request.units.flatMap((unit) => unit.uninspectable)
    for (const segment of request.units.flatMap((unit) => unit.segments)) {
      if (segment.place === 'header' || segment.place === 'query') continue
      const at = segment.node?.start ?? -1
      const known = of(this.#segments, segment.document)
      assert.ok(!known.has(at), 'one text is one segment')
      known.set(at, segment)
      this.#learn(segment.document)
    }
    for (const source of this.#uninspectable) this.#learn(source.document)
  }

  #learn(document: TextDocument): void {
    const { holder } = document
    if (holder === undefined) return
    of(this.#inner, holder.document).set(holder.node.start, document)
    this.#learn(holder.document)
  }

  check(node: JsonNode, document: TextDocument, key: string | undefined): void {
    if (node.kind === 'object') {
      for (const member of node.members) {
        assert.ok(
          isKnownKey(member.key.value) || this.#isSegment(member.key, document, member.key.value),
          'a key is a segment or one of the API',
        )
        this.check(member.value, document, member.key.value)
      }
    } else if (node.kind === 'array') {
      for (const item of node.items) this.check(item, document, key)
    } else if (node.kind === 'number') {
      const literal = document.text.slice(node.start, node.end)
      assert.ok(this.#isSegment(node, document, literal), 'a number is a segment')
    } else if (node.kind === 'string') {
      this.#checkString(node, document, key)
    }
  }

  #isSegment(node: JsonNode, document: TextDocument, text: string): boolean {
    if (text === '') return true
    return this.#segments.get(document)?.get(node.start)?.text === text
  }

  #checkString(node: JsonString, document: TextDocument, key: string | undefined): void {
    const inner = this.#inner.get(document)?.get(node.start)
    if (inner !== undefined) this.#checkInner(inner)
    else {
      assert.ok(
        this.#isSegment(node, document, node.value) ||
          isExempt(key, node.value) ||
          holdsNothing(node.value) ||
          this.#isNamed(node, key),
        'a string is a segment, exempt, or named as uninspectable',
      )
    }
  }

  #checkInner(inner: TextDocument): void {
    const whole = this.#segments.get(inner)?.get(-1)
    if (whole !== undefined) assert.equal(whole.text, inner.text)
    else this.check(parseJson(inner.text, ANY), inner, undefined)
  }

  /** Signed, encrypted, media, or too deep. */
  #isNamed(node: JsonString, key: string | undefined): boolean {
    return this.#uninspectable.some((source) => {
      if (source.issue !== undefined) return source.issue.includes(node.value)
      if (source.kind === 'depth') return true
      return key === 'data' && node.start > (source.block?.start ?? Infinity)
    })
  }
}

function of<K, V>(map: Map<K, Map<number, V>>, key: K): Map<number, V> {
  const found = map.get(key) ?? new Map<number, V>()
  map.set(key, found)
  return found
}

/** JSON without any key or scalar. */
function holdsNothing(text: string): boolean {
  return /^[\s[\]{},]*$/.test(text.replace(/true|false|null/g, ''))
}

describe('every key and scalar of a body', () => {
  it('is one segment, exempt by the closed list, or named as uninspectable', async () => {
    await holds(
      bodyText,
      (text) => {
        const request = parsed(text)
        assert.ok(request.root !== undefined)
        new Coverage(request).check(request.root, request.document, undefined)
      },
      { runs: 600 },
    )
  })

  it('has a pointer that leads to it, or that hides what the API does not name', async () => {
    await holds(
      bodyText,
      (text) => {
        const value: unknown = JSON.parse(text)
        for (const { path, place, text: found } of parsed(text).units.flatMap((u) => u.segments)) {
          assert.match(path, /^(?:\/(?:[a-z_]+|\d+|\*)#?)+$/)
          if (/[*#]/.test(path)) continue
          const there = pointed(value, path)
          if (place === 'number') assert.equal(there, Number(found))
          else if (isBase64Of(String(there), found)) continue
          else assert.equal(there, found)
        }
      },
      { runs: 300 },
    )
  })

  it('has its own place inside its unit', async () => {
    await holds(
      bodyText,
      (text) => {
        for (const { segments } of parsed(text).units) {
          const places = segments.map((s) => s.local).filter((local) => !local.includes('!'))
          assert.equal(new Set(places).size, places.length)
        }
      },
      { runs: 300 },
    )
  })
})

function isBase64Of(encoded: string, text: string): boolean {
  return Buffer.from(encoded, 'base64').toString('utf8') === text
}
