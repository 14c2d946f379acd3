import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { openOpaWasm } from '../policy/adapters/opa-wasm.ts'
import { findOpa } from '../policy/build/index.ts'
import { openPolicy, PolicyError, type Policy } from '../policy/index.ts'
import {
  bundleAt,
  judge,
  readAccepted,
  recordedDecisions,
  redecide,
  type Change,
  type Judged,
  type Redecided,
} from '../policy/review/index.ts'
import { attempt } from './policy-attempt.ts'
import { inspectCorpus, type CorpusReport } from './policy-corpus.ts'
import { corpusTexts, TEXT_ROLES, type TextRole } from './policy-texts.ts'

interface Flags {
  readonly audit?: string
  readonly text?: readonly string[]
  readonly as: TextRole
  readonly connection: string
  readonly accept?: string
  readonly format: 'text' | 'json'
}

/** `phigate policy diff OLD NEW`: what a change of policy would have done. */
export function diffCommand(): Command {
  return new Command('diff')
    .description('decide recorded facts, and inspect local texts, under two policies')
    .argument('OLD', 'policy directory, or a built bundle')
    .argument('NEW', 'policy directory, or a built bundle')
    .option('--audit <dir>', 'an audit log, a folder of it or a data directory')
    .option('--text <file...>', 'texts: .jsonl of {"id","text"}, .json Messages body, or plain')
    .addOption(
      new Option('--as <role>', 'where these texts stand').choices(TEXT_ROLES).default('user'),
    )
    .option('--connection <name>', 'the connection that they go to', 'claude')
    .option('--accept <file>', 'changes that are accepted, one a line, as this command prints them')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action((before: string, after: string, flags: Flags) =>
      attempt(() => run(resolve(before), resolve(after), flags)),
    )
}

interface Report {
  readonly before: string
  readonly after: string
  readonly log: Redecided | undefined
  readonly corpus: CorpusReport | undefined
  readonly judged: Judged
}

async function run(oldPath: string, newPath: string, flags: Flags): Promise<0 | 1> {
  const { audit, text, accept, format } = flags
  if (audit === undefined && text === undefined) throw new PolicyError('give --audit or --text')
  const accepted = accept === undefined ? new Set<string>() : readAccepted(accept)
  const before = await policyAt(oldPath)
  const after = await policyAt(newPath)
  const log = audit === undefined ? undefined : await compareLog(audit, before, after)
  const corpus =
    text === undefined
      ? undefined
      : await inspectCorpus(corpusTexts(text, flags.as), before, after, flags.connection)
  const judged = judge([...(log?.changes ?? []), ...(corpus?.changes ?? [])], accepted)
  const report = { before: before.revision, after: after.revision, log, corpus, judged }
  console.log(format === 'json' ? asJson(report) : asText(report))
  return judged.open.length === 0 ? 0 : 1
}

async function policyAt(path: string): Promise<Policy> {
  return openPolicy(await bundleAt(path, () => findOpa({ env: process.env })), openOpaWasm)
}

/** A log without facts must not pass for one in which nothing would change. */
async function compareLog(audit: string, before: Policy, after: Policy): Promise<Redecided> {
  const log = await redecide(recordedDecisions(audit), before, after)
  if (log.decided === 0) throw new PolicyError(`${audit} holds no facts that can be decided again`)
  return log
}

function asJson({ before, after, log, corpus, judged }: Report): string {
  const { changes: _, ...decisions } = log ?? { changes: [] }
  const { changes: __, ...texts } = corpus ?? { changes: [] }
  return JSON.stringify(
    {
      before,
      after,
      log: log === undefined ? null : decisions,
      texts: corpus === undefined ? null : texts,
      changes: judged.open,
      accepted: judged.accepted,
      unused: judged.unused,
    },
    null,
    2,
  )
}

function asText({ before, after, log, corpus, judged }: Report): string {
  return [
    `${before} -> ${after}`,
    ...(log === undefined ? [] : logLines(log)),
    ...(corpus === undefined ? [] : corpusLines(corpus)),
    ...section('changes', judged.open),
    ...section('accepted changes', judged.accepted),
    ...judged.unused.map((name) => `accepted, but it does not happen: ${name}`),
    ...(judged.open.length + judged.accepted.length === 0 ? ['nothing would change'] : []),
  ].join('\n')
}

function logLines({ records, decided, undecidable, recordedOtherwise }: Redecided): string[] {
  const why = Object.entries(undecidable)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
  return [
    `${records} records, ${decided} decided again${why.length === 0 ? '' : `; not: ${why.join(', ')}`}`,
    ...(recordedOtherwise === 0
      ? []
      : [`${recordedOtherwise} were recorded with another decision than the old policy gives now`]),
  ]
}

function corpusLines({ texts, masked, kept }: CorpusReport): string[] {
  const row =
    (word: string) =>
    ([type, [before, after]]: [string, readonly [number, number]]): string =>
      `  ${word} ${type.padEnd(24)}${String(before).padStart(8)} -> ${after}`
  return [
    `${texts} texts inspected`,
    ...Object.entries(masked).map(row('masked')),
    ...Object.entries(kept).map(row('kept  ')),
  ]
}

function section(title: string, changes: readonly Change[]): string[] {
  if (changes.length === 0) return []
  const lines = changes.flatMap(({ change, count, samples }) => [
    `${String(count).padStart(8)}  ${change}`,
    `          ${samples.join(' ')}`,
  ])
  return ['', title, ...lines]
}
