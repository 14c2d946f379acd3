import type { CompilePattern, LinearPattern } from '../domain/index.ts'
import { validate, type CustomRecognizer, type CustomValidator } from '../schema/index.ts'
import { digitsOf, luhn, mod97 } from './checks.ts'
import type { TextView } from './normalise/index.ts'
import { after, before, type Hit, type Recognizer } from './recognizer.ts'
import { apart } from './recognizers/label.ts'
import { checked, RECOGNIZERS } from './registry.ts'

const BEFORE = 60
const BEHIND = 30
const VALIDATORS: Readonly<Record<CustomValidator, (value: string) => boolean>> = {
  luhn: (value) => digitsOf(value).length > 1 && luhn(digitsOf(value)),
  npi: (value) => digitsOf(value).length === 10 && luhn(`80840${digitsOf(value)}`),
  mod97: (value) => mod97(value.replaceAll(/[^\p{L}\p{N}]/gu, '')),
}

/** The settings of recognizers cannot be used; the message holds every place and what is allowed there. */
class RecognizerError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('; '))
    this.name = 'RecognizerError'
  }
}

/**
 * The recognizers that policy data asks for: the built-in ones without those it disables, with the least scores it
 * sets, and its own behind them. `settings` is `data.gateway_config.recognizers`; undefined leaves all as it is.
 * @throws SchemaError where the settings do not fit `recognizers.schema.json`
 * @throws RecognizerError where a name is not known or not free, or a pattern cannot be used
 */
export function recognizersFor(settings: unknown, compile: CompilePattern): readonly Recognizer[] {
  if (settings === undefined) return RECOGNIZERS
  const { disabled = [], minScores = {}, custom = [] } = validate('recognizers', settings)
  const builtIn = new Set(RECOGNIZERS.map(({ name }) => name))
  const problems: string[] = []
  for (const [index, name] of disabled.entries()) {
    if (!builtIn.has(name)) problems.push(unknownName(`disabled[${index}]`, builtIn))
  }
  const own = custom.flatMap((one, index) => customised(one, `custom[${index}]`, compile, problems))
  const names = new Set([...builtIn, ...own.map(({ name }) => name)])
  if (names.size < builtIn.size + own.length) {
    problems.push('custom: a name is taken twice, or by a built-in recognizer')
  }
  for (const name of Object.keys(minScores)) {
    if (!names.has(name)) problems.push(unknownName(`minScores.${name}`, names))
  }
  if (problems.length > 0) throw new RecognizerError(problems)
  const least = new Map(Object.entries(minScores))
  return checked(
    [...RECOGNIZERS, ...own]
      .filter(({ name }) => !disabled.includes(name))
      .map((one) => withLeast(one, least.get(one.name))),
  )
}

function unknownName(where: string, names: ReadonlySet<string>): string {
  return `${where} is no recognizer; allowed are ${[...names].toSorted().join(', ')}`
}

function withLeast(one: Recognizer, least: number | undefined): Recognizer {
  if (least === undefined) return one
  return {
    ...one,
    find: (view, recall) => one.find(view, recall).filter(({ score }) => score >= least),
  }
}

function customised(
  one: CustomRecognizer,
  where: string,
  compile: CompilePattern,
  problems: string[],
): Recognizer[] {
  if (one.type === 'UNINSPECTABLE') problems.push(`${where}.type: text is never uninspectable`)
  if (one.contextRequired === true && one.context === undefined) {
    problems.push(`${where}.contextRequired needs a context`)
  }
  const patterns = one.patterns.flatMap((source, index): LinearPattern[] => {
    try {
      return [compile(source)]
    } catch {
      problems.push(
        `${where}.patterns[${index}] is no pattern of RE2 that takes at least a character`,
      )
      return []
    }
  })
  const context = contextOf(one.context)
  const find = (view: TextView): readonly Hit[] =>
    apart(
      patterns.flatMap((pattern) =>
        Array.from(pattern.matches(view.text), (span) =>
          hitOf(one, context, view.text, span),
        ).filter((hit) => hit !== undefined),
      ),
    )
  return [{ name: one.name, type: one.type, needs: 'nothing', find }]
}

function contextOf(words: readonly string[] | undefined): RegExp | undefined {
  if (words === undefined) return undefined
  const plain = words.map((word) => RegExp.escape(word)).join('|')
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${plain})(?![\p{L}\p{N}])`, 'iu')
}

function hitOf(
  one: CustomRecognizer,
  context: RegExp | undefined,
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): Hit | undefined {
  if (one.validator !== undefined && !VALIDATORS[one.validator](text.slice(start, end))) {
    return undefined
  }
  const told =
    context !== undefined &&
    (context.test(before(text, start, BEFORE)) || context.test(after(text, end, BEHIND)))
  if (one.contextRequired === true && !told) return undefined
  const score = told ? (one.contextScore ?? one.score) : one.score
  const basis = one.validator !== undefined ? 'validated' : told ? 'labelled' : 'pattern'
  return { start, end, score, basis }
}
