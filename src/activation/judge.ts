import { openPolicy, type EngineFactory } from '../policy/index.ts'
import type { Decision, PolicyInput } from '../schema/index.ts'
import { messageOf } from './rehearse.ts'
import { readSource, type BundleTools, type PolicySource } from './source.ts'

export interface JudgeAsk {
  readonly id: number
  readonly facts: PolicyInput
}

/** What a worker says that runs a bundle in shadow: first `ready` or `refused`, then an answer to each ask. */
export type JudgeNews =
  | { readonly step: 'ready'; readonly revision: string; readonly digest: string }
  | { readonly step: 'refused'; readonly message: string }
  | { readonly step: 'judged'; readonly id: number; readonly decision: Decision }

/** Opens a bundle that is only tried, and gives what answers the asks. It never throws. */
export async function judge(
  source: PolicySource,
  { tools, engineFactory }: { tools: BundleTools; engineFactory: EngineFactory },
  tell: (news: JudgeNews) => void,
): Promise<((ask: JudgeAsk) => void) | undefined> {
  try {
    const { bundle } = await readSource(source, tools)
    const policy = openPolicy(bundle, engineFactory)
    tell({ step: 'ready', revision: bundle.revision, digest: bundle.digest })
    return ({ id, facts }) => tell({ step: 'judged', id, decision: policy.decide(facts) })
  } catch (error) {
    tell({ step: 'refused', message: messageOf(error) })
    return undefined
  }
}
