import { nameParts } from '../detect/index.ts'
import {
  AddressReader,
  decodeTable,
  encodeEntry,
  placeholderBook,
  prefixDigests,
  type SessionKeys,
} from '../mask/index.ts'
import {
  canonicalMessage,
  member,
  parseJson,
  rewrittenForms,
  type JsonNode,
} from '../messages/index.ts'
import type { Decision, Profile } from '../schema/index.ts'
import {
  inspectPart,
  type AnswerPart,
  type AnswerTools,
  type InspectedPart,
} from './answer-part.ts'
import {
  addCounts,
  countBy,
  findingAlone,
  findingFacts,
  patientsOf,
  policyInput,
  principalFacts,
  type FactSource,
} from './facts.ts'
import type { AnswerContext, AnswerReport, Counts } from './job.ts'
import { answerToRecord, type RecordedText } from './recorded-answer.ts'
import { issueDigest, type Inspector } from './request.ts'
import { sessionOfAnswer } from './session.ts'
import { AnswerText, type TextPlace } from './text-decoder.ts'

/** The inspection of one answer: parts go in one after the other, the report comes at the end. */
export interface Answer {
  /** Inspects one part and gives the text for the client. */
  part(part: AnswerPart): Pick<InspectedPart, 'text' | 'masked'>
  /** A text that is decided while it comes. */
  text(place: TextPlace): AnswerText
  /** Records a text block, masked and with nothing restored. */
  record(block: string): void
  /** How much was found so far. */
  found(): number
  /** Asks policy about all that was found so far. */
  decide(): Decision
  /** Takes a JSON object that may carry token counts. */
  count(root: JsonNode, text: string): void
  /** The token counts so far. */
  usage(): AnswerReport['usage']
  /**
   * Remembers how the answer will come back on the next turn, and reports.
   * @param blocks the content blocks as the client has them, in order; undefined for answers that are no message
   */
  finish(blocks: readonly string[] | undefined): Promise<AnswerReport>
}

export function openAnswer(context: AnswerContext, by: Inspector): Answer {
  // The table is decoded, and an open stream keeps it once.
  const { restore: encoded, ...about } = context
  const { principal, connection } = about
  const keys = sessionOfAnswer(context, by.maskKeys)
  const profile: Profile = by.policy.profile({
    version: 1,
    direction: 'response',
    connection,
    principal: principalFacts(principal),
  })
  const restore = decodeTable(encoded)
  const tools: AnswerTools = {
    profile,
    restore,
    roster: by.roster?.(),
    book: placeholderBook(keys, nameParts, restore.values()),
  }
  const parts: KeptOfPart[] = []
  const texts: AnswerText[] = []
  const recorded: RecordedText[] = []
  // Clients show text blocks as one text: an address may begin in one and go on in the next.
  const address = new AddressReader()
  let usage: AnswerReport['usage'] = {}
  const facts = (): AnswerReport['facts'] => {
    const sources = [...parts, ...texts].flatMap((one) => one.sources)
    const found = findingFacts(sources, patientsOf(sources, nameParts))
    return policyInput({ ...about, direction: 'response' }, [], found)
  }
  return {
    part(part) {
      const inspected = inspectPart(part, tools)
      parts.push(keptOf(inspected))
      const { text, masked } = inspected
      if (part.within !== true) recorded.push({ isBlock: part.path !== '', text: masked })
      return { text, masked }
    },
    text(place) {
      const text = new AnswerText(place, tools, address)
      texts.push(text)
      return text
    },
    record: (block) => void recorded.push({ isBlock: true, text: block }),
    found: () => [...parts, ...texts].reduce((sum, { sources }) => sum + sources.length, 0),
    decide: () => by.policy.decide(facts()),
    count(root, text) {
      usage = { ...usage, ...usageOf(root, text) }
    },
    usage: () => usage,
    async finish(blocks) {
      const found = facts()
      const decision = by.policy.decide(found)
      const passes = decision.outcome === 'allow' || decision.outcome === 'mask'
      const restored = [...parts, ...texts].flatMap((one) => one.restored)
      const issued = parts.flatMap((part) => part.issued)
      if (passes) await rememberAnswer(blocks, { restored, issued }, about.prefix, keys, by)
      return {
        decision,
        facts: found,
        policyRevision: by.policy.revision,
        profile: profile.name,
        usage,
        masked: countBy(found.findings.filter((f) => f.operator !== 'keep')),
        kept: countBy(found.findings.filter((f) => f.operator === 'keep')),
        recorded: passes
          ? answerToRecord(
              recorded,
              [...parts, ...texts].flatMap(({ marks }) => [...marks]),
            )
          : undefined,
        restored: countAll([
          ...parts.flatMap((part) => part.restoredAt),
          ...texts.flatMap((text) => text.restored.map(() => 'text')),
        ]),
      }
    },
  }
}

/** What the report needs of a part: its text goes out, and may be long. */
type KeptOfPart = Pick<InspectedPart, 'marks' | 'restored' | 'issued' | 'restoredAt'> & {
  readonly sources: readonly FactSource[]
}

function keptOf(part: InspectedPart): KeptOfPart {
  const { segments, spans, marks, restored, issued, restoredAt } = part
  const sources = spans.flatMap((span) => {
    const segment = segments[span.segment]
    return segment === undefined ? [] : [findingAlone(span, segment)]
  })
  return { sources, marks, restored, issued, restoredAt }
}

function countAll(names: readonly string[]): Counts {
  return names.reduce<Counts>((counts, name) => addCounts(counts, { [name]: 1 }), {})
}

const TOKENS = {
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
  cacheReadTokens: 'cache_read_input_tokens',
  cacheWriteTokens: 'cache_creation_input_tokens',
} as const

function usageOf(root: JsonNode, text: string): AnswerReport['usage'] {
  const usage = member(root, 'usage') ?? member(member(root, 'message'), 'usage')
  const counts = Object.entries(TOKENS).flatMap(([name, key]) => {
    const node = member(usage, key)
    const value = node?.kind === 'number' ? Number(text.slice(node.start, node.end)) : undefined
    return Number.isSafeInteger(value) ? [[name, value]] : []
  })
  return Object.fromEntries(counts) as AnswerReport['usage']
}

/**
 * A restored answer comes back on the next turn: then it is masked to the very bytes the upstream had sent, because its
 * places are remembered here under the digest that the message will have (law 6).
 */
async function rememberAnswer(
  blocks: readonly string[] | undefined,
  seen: Pick<InspectedPart, 'restored' | 'issued'>,
  before: string,
  keys: SessionKeys,
  by: Inspector,
): Promise<void> {
  const issued = seen.issued.map((issue) => issueDigest(keys, issue))
  if (issued.length > 0) await by.memory.addIssued(keys.scope, issued)
  if (blocks === undefined || blocks.length === 0) return
  const text = `{"role":"assistant","content":[${blocks.join(',')}]}`
  const root = parseJson(text, { maxDepth: Infinity, unambiguous: false })
  const spans = seen.restored.map(({ local, start, end, entry, altered }) => ({
    local,
    start,
    end,
    type: entry.type,
    subtype: entry.subtype,
    wide: entry.wide,
    score: 1,
    basis: 'propagated' as const,
    operator: 'placeholder' as const,
    ...(altered === undefined ? {} : { altered }),
  }))
  const entries = new Map<string, string>()
  for (const form of rewrittenForms(text, root)) {
    const there = spans.map((span) => ({ ...span, local: form.moved(span.local) }))
    const entry = encodeEntry({ spans: there, uninspectable: [], explained: undefined })
    entries.set(prefixOf(form, before, keys), entry)
  }
  const given = [...entries].map(([prefix, entry]) => ({ prefix, entry }))
  await by.memory.remember(keys.scope, given)
}

function prefixOf(
  { text, root }: { readonly text: string; readonly root: JsonNode },
  before: string,
  keys: SessionKeys,
): string {
  const [prefix] = prefixDigests(
    keys,
    [
      (update) => {
        update('message\n')
        canonicalMessage(root, { text, holder: undefined }, update)
      },
    ],
    before,
  )
  if (prefix === undefined) throw new Error('a message without its digest')
  return prefix
}
