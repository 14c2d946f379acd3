import * as fc from 'fast-check'

const key = fc.oneof(
  fc.constantFrom(
    'name',
    'text',
    'id',
    'content',
    'a/b',
    'x~y',
    'patientName',
    '__proto__',
    'data',
  ),
  fc.constantFrom('type', 'source', 'cache_control', 'encrypted_note', 'role', 'constructor', ''),
  fc.string({ maxLength: 5 }),
)

const word = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('text', 'user', 'ephemeral', '5m', '', '[]', '{}', '{"a":', 'plain words'),
  fc.constantFrom('toolu_0123456789abcdefghijABCD', '{"toolu":"x"}', '["a",["b",2]]', '"quoted"'),
)

/** Texts that hold JSON or base64, in each other, to a small depth. */
const wrapped: fc.Arbitrary<string> = fc
  .tuple(word, fc.array(fc.constantFrom('json', 'list', 'base64'), { maxLength: 4 }))
  .map(([text, wraps]) =>
    wraps.reduce((inner, wrap) => {
      if (wrap === 'json') return JSON.stringify({ note: inner, n: 1.5 })
      if (wrap === 'list') return ` ${JSON.stringify([inner, null, { deep: true }], null, 1)}`
      return Buffer.from(`Ab1 ${inner}, more than a word`).toString('base64')
    }, text),
  )

const scalar = fc.oneof(
  wrapped,
  wrapped,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)

const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}))

const media = fc.oneof(
  fc.record({ type: fc.constant('text'), media_type: fc.constant('text/plain'), data: wrapped }),
  fc.record({
    type: fc.constant('base64'),
    media_type: fc.constantFrom('image/png', 'application/pdf', 'text/plain', 'text/csv'),
    data: fc.oneof(
      fc.base64String(),
      wrapped.map((t) => Buffer.from(t).toString('base64')),
    ),
    note: wrapped,
  }),
  fc.record({ type: fc.constant('url'), url: fc.webUrl() }),
  fc.record({ type: fc.constant('file'), file_id: fc.string({ maxLength: 20 }) }),
  fc.record({ type: fc.constant('content'), content: anything }),
)

const { block } = fc.letrec<{ block: Record<string, unknown> }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.record({ type: fc.constant('text'), text: wrapped }),
    fc.record({
      type: fc.constant('text'),
      text: wrapped,
      cache_control: fc.constantFrom({ type: 'ephemeral' }, { type: 'ephemeral', ttl: '1h' }),
      citations: fc.option(fc.array(fc.record({ cited_text: wrapped, title: wrapped }))),
    }),
    fc.record({ type: fc.constantFrom('image', 'document'), source: media, title: wrapped }),
    fc.record({
      type: fc.constantFrom('tool_use', 'server_tool_use', 'mcp_tool_use'),
      id: fc.constant('toolu_0123456789abcdefghijABCD'),
      name: word,
      input: anything,
    }),
    fc.record({
      type: fc.constantFrom('tool_result', 'web_search_tool_result'),
      tool_use_id: fc.constantFrom('toolu_0123456789abcdefghijABCD', 'other id'),
      content: fc.oneof(wrapped, fc.array(tie('block'), { maxLength: 2 })),
      is_error: fc.boolean(),
      encrypted_content: fc.option(word),
    }),
    fc.record({ type: fc.constant('thinking'), thinking: wrapped, signature: word }),
    fc.record({ type: fc.constant('redacted_thinking'), data: fc.base64String() }),
    fc.dictionary(key, anything, { maxKeys: 4 }),
  ),
}))

const content = fc.oneof(wrapped, fc.array(block, { maxLength: 3 }))

const tool = fc.record({
  name: word,
  description: wrapped,
  input_schema: anything,
  cache_control: fc.constant({ type: 'ephemeral' }),
})

/** Messages bodies with all that may stand in them, and what nobody expects there. */
const body: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    fc.record(
      {
        model: fc.constantFrom('claude-test', 'a model'),
        max_tokens: fc.integer(),
        system: fc.oneof(wrapped, fc.array(block, { maxLength: 2 })),
        tools: fc.array(tool, { maxLength: 2 }),
        metadata: fc.record({ user_id: wrapped }),
        stop_sequences: fc.array(word, { maxLength: 2 }),
        messages: fc.array(
          fc.record(
            {
              role: fc.constantFrom('user', 'assistant', 'system', 'other'),
              content,
              extra: anything,
            },
            { requiredKeys: ['role', 'content'] },
          ),
          { maxLength: 4 },
        ),
      },
      { requiredKeys: ['messages'] },
    ),
    fc.dictionary(key, anything, { maxKeys: 2 }),
  )
  .map(([known, unknown]) => ({ ...unknown, ...known }))

/** A body as text, in one of the ways in which JSON can be written. */
export const bodyText: fc.Arbitrary<string> = fc
  .tuple(body, fc.constantFrom('', ' ', '\t'), fc.boolean())
  .map(([value, indent, ascii]) => {
    // Half a surrogate pair would be refused, and is not what these bodies are about.
    const whole = JSON.stringify(
      value,
      (_, v: unknown) => (typeof v === 'string' ? v.toWellFormed() : v),
      indent,
    )
    return ascii
      ? whole.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : whole
  })
