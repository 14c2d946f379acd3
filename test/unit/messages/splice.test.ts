import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { TextDocument } from '../../../src/messages/document.ts'
import { parseRequest, splice, type Replacement } from '../../../src/messages/index.ts'
import { parseJson, type JsonMember, type JsonNode } from '../../../src/messages/json.ts'
import type { LocatedSegment } from '../../../src/messages/walk.ts'
import { bodyText } from '../../support/bodies.ts'
import { requestJob } from '../../support/inspection.ts'
import { skeleton } from '../../support/json-tree.ts'
import { dice, holds } from '../../support/property.ts'

const ANY = { maxDepth: Infinity, unambiguous: false }

function segmentsOf(text: string): { segments: LocatedSegment[]; document: TextDocument } {
  const request = parseRequest(requestJob(text))
  return { segments: request.units.flatMap((unit) => unit.segments), document: request.document }
}

interface Change {
  readonly text: string
  readonly replacements: readonly Replacement[]
}

/** Random replacements in some of the segments that can be masked, and the texts they make. */
function changesOf(segments: readonly LocatedSegment[], seed: number): Map<LocatedSegment, Change> {
  const roll = dice(seed)
  const changes = new Map<LocatedSegment, Change>()
  for (const segment of segments) {
    const maskable = segment.place === 'text' || segment.place === 'number'
    if (!maskable || roll(3) > 0) continue
    const [start, end] =
      segment.place === 'number' ? [0, segment.text.length] : anyOf(segment, roll)
    const text = ['[PERSON_7K2M4QW]', '"\\\n', '\u{1F642}', ''][roll(4)] ?? ''
    const replacement = { segment, start, end, text }
    changes.set(segment, {
      text: segment.text.slice(0, start) + text + segment.text.slice(end),
      replacements: [replacement],
    })
  }
  return changes
}

/** A character somewhere in the text; findings never part the halves of a surrogate pair. */
function anyOf({ text }: LocatedSegment, roll: (sides: number) => number): [number, number] {
  const characters = Array.from(text)
  const at = roll(characters.length)
  const start = characters.slice(0, at).join('').length
  return [start, start + (characters[at] ?? '').length]
}

/** Compares a spliced text with what it was made of: nothing differs but the texts that were replaced. */
class Comparison {
  readonly #changed = new Map<TextDocument, Map<number, string>>()
  readonly #inner = new Map<TextDocument, Map<number, TextDocument>>()

  constructor(changes: ReadonlyMap<LocatedSegment, Change>) {
    for (const [segment, { text }] of changes) {
      const own = this.#changed.get(segment.document) ?? new Map<number, string>()
      this.#changed.set(segment.document, own.set(segment.node?.start ?? -1, text))
      for (let at = segment.document; at.holder !== undefined; at = at.holder.document) {
        const { document, node } = at.holder
        const held = this.#inner.get(document) ?? new Map<number, TextDocument>()
        this.#inner.set(document, held.set(node.start, at))
      }
    }
  }

  documents(before: TextDocument, after: string): void {
    const whole = this.#changed.get(before)?.get(-1)
    if (whole !== undefined) {
      assert.equal(after, whole)
      return
    }
    const [old, now] = [parseJson(before.text, ANY), parseJson(after, ANY)]
    assert.equal(skeleton(now, after), skeleton(old, before.text))
    this.#nodes(old, before, now, after)
  }

  #nodes(old: JsonNode, before: TextDocument, now: JsonNode, after: string): void {
    if (old.kind === 'object' && now.kind === 'object') {
      for (const [index, { key, value }] of old.members.entries()) {
        const other: JsonMember | undefined = now.members[index]
        assert.equal(other?.key.value, key.value)
        if (other !== undefined) this.#nodes(value, before, other.value, after)
      }
    } else if (old.kind === 'array' && now.kind === 'array') {
      for (const [index, item] of old.items.entries()) {
        const other = now.items[index]
        if (other !== undefined) this.#nodes(item, before, other, after)
      }
    } else {
      this.#scalars(old, before, now, after)
    }
  }

  #scalars(old: JsonNode, before: TextDocument, now: JsonNode, after: string): void {
    const text = this.#changed.get(before)?.get(old.start)
    const inner = this.#inner.get(before)?.get(old.start)
    if (text !== undefined) {
      // A number that is masked becomes a string.
      assert.deepEqual([now.kind, now.kind === 'string' ? now.value : ''], ['string', text])
    } else if (inner !== undefined && now.kind === 'string') {
      const base64 = inner.holder?.encoding === 'base64'
      const plain = base64 ? Buffer.from(now.value, 'base64').toString('utf8') : now.value
      this.documents(inner, plain)
    } else {
      assert.equal(after.slice(now.start, now.end), before.text.slice(old.start, old.end))
    }
  }
}

describe('splice', () => {
  it('gives the very text back where nothing is replaced', async () => {
    await holds(bodyText, (text) => assert.equal(splice(segmentsOf(text).document, []), text), {
      runs: 100,
    })
  })

  it('changes the texts that are replaced and nothing else', async () => {
    await holds(
      fc.tuple(bodyText, fc.nat()),
      ([text, seed]) => {
        const { segments, document } = segmentsOf(text)
        const changes = changesOf(segments, seed)
        const all = [...changes.values()].flatMap((change) => change.replacements)
        const after = splice(document, dice(seed)(2) === 0 ? all : all.toReversed())
        new Comparison(changes).documents(document, after)
      },
      { runs: 600 },
    )
  })

  it('puts several replacements into one text, a masked number among them', () => {
    const text = '{"messages":[{"role":"user","content":"A\\u0042C \\"D\\""}],"max_tokens":1.50e1 }'
    const { segments, document } = segmentsOf(text)
    const find = (place: string): LocatedSegment => {
      const found = segments.find((s) => s.path === place)
      assert.ok(found !== undefined)
      return found
    }
    const content = find('/messages/0/content')
    const after = splice(document, [
      { segment: content, start: 4, end: 7, text: '[Y]' },
      { segment: find('/max_tokens'), start: 0, end: 6, text: '[N]' },
      { segment: content, start: 0, end: 1, text: '[X]' },
    ])
    assert.equal(
      after,
      '{"messages":[{"role":"user","content":"[X]\\u0042C [Y]"}],"max_tokens":"[N]" }',
    )
  })

  it('reaches through JSON in base64 in JSON in a string', () => {
    const deepest = JSON.stringify({ name: 'Jorvina Quillmark', kept: [1.0, 'x'] })
    const encoded = Buffer.from(deepest).toString('base64')
    const content = JSON.stringify({ attachment: encoded, other: ' as it was ' })
    const body = JSON.stringify({ messages: [{ role: 'user', content }] })
    const { segments, document } = segmentsOf(body)
    const segment = segments.find((s) => s.text === 'Jorvina Quillmark')
    assert.ok(segment !== undefined)
    assert.equal(segment.path, '/messages/0/content#/*#/*')
    const after = splice(document, [{ segment, start: 0, end: 7, text: '[P]' }])
    const outer = JSON.parse(JSON.parse(after).messages[0].content)
    assert.equal(outer.other, ' as it was ')
    const inner = Buffer.from(outer.attachment, 'base64').toString()
    assert.equal(inner, deepest.replace('Jorvina', '[P]'))
  })

  it('puts a text block in the place of a source, with its cache_control', () => {
    const image = { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' }
    const body = JSON.stringify({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: image, cache_control: { type: 'ephemeral' } },
            { type: 'image', source: image },
          ],
        },
      ],
    })
    const request = parseRequest(requestJob(body))
    const sources = request.units.flatMap((unit) => unit.uninspectable)
    const after = splice(
      request.document,
      [],
      sources.map((source, index) => ({ source, text: `"withheld" ${index}` })),
    )
    assert.deepEqual(JSON.parse(after).messages[0].content, [
      { type: 'text', text: '"withheld" 0', cache_control: { type: 'ephemeral' } },
      { type: 'text', text: '"withheld" 1' },
    ])
  })

  it('drops what was to be replaced inside of a block that goes as a whole', () => {
    const source = {
      type: 'base64',
      media_type: 'image/png',
      data: 'iVBORw0KGgo=',
      note: 'Jorvina',
    }
    const body = JSON.stringify({
      messages: [{ role: 'user', content: [{ type: 'image', source }] }],
    })
    const request = parseRequest(requestJob(body))
    const segment = request.units
      .flatMap((unit) => unit.segments)
      .find((one) => one.text === 'Jorvina')
    const sources = request.units.flatMap((unit) => unit.uninspectable)
    assert.ok(segment !== undefined && sources.length === 1)
    const after = splice(
      request.document,
      [{ segment, start: 0, end: 7, text: '[P]' }],
      sources.map((one) => ({ source: one, text: 'withheld' })),
    )
    assert.deepEqual(JSON.parse(after).messages[0].content, [{ type: 'text', text: 'withheld' }])
  })

  it('refuses to replace a key, a header or a query parameter', () => {
    const request = parseRequest(
      requestJob('{"messages":[],"odd key":1}', {
        headers: { 'user-agent': 'somebody' },
        query: [['limit', 'x']],
      }),
    )
    const segments = request.units.flatMap((unit) => unit.segments)
    for (const place of ['key', 'header', 'query'] as const) {
      const segment = segments.find((s) => s.place === place)
      assert.ok(segment !== undefined)
      const replacement = { segment, start: 0, end: 1, text: '' }
      assert.throws(() => splice(request.document, [replacement]), /nothing can be replaced/)
    }
  })

  it('refuses to put a block in the place of what is none', () => {
    const signed = { type: 'thinking', thinking: 'hm', signature: 'abc' }
    const request = parseRequest(
      requestJob({ messages: [{ role: 'assistant', content: [signed] }] }),
    )
    const [source] = request.units.flatMap((unit) => unit.uninspectable)
    assert.ok(source !== undefined)
    assert.throws(() => splice(request.document, [], [{ source, text: '' }]), /stand in/)
  })
})
