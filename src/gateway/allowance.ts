import { GatewayError, type Connection } from '../domain/index.ts'
import type { RequestVerdict } from '../inspect/index.ts'
import type { Route } from './route.ts'

const MODEL_REFUSED = 'This connection does not allow the model.'

/**
 * What can be said before a byte of the body is read.
 * @throws GatewayError `operation-not-allowed`, `model-not-allowed`
 */
export function checkAllowance(target: Connection, route: Route): void {
  const { operations, models } = target
  if (operations !== undefined && !operations.includes(route.operation)) {
    const message = `Blocked by policy: this connection does not allow ${route.operation}.`
    throw new GatewayError('operation-not-allowed', message)
  }
  if (route.model === undefined || models === undefined) return
  if (!isAllowed(route.model, models)) {
    throw new GatewayError('model-not-allowed', `Blocked by policy: ${MODEL_REFUSED}`)
  }
}

/** Turns the verdict on a request for a model that the connection does not allow into a denial. */
export function withinModels(target: Connection, verdict: RequestVerdict): RequestVerdict {
  const { models } = target
  const { operation, model, features, serverTools } = verdict.facts.request
  if (models === undefined || !operation.startsWith('messages.')) return verdict
  // Both let the upstream choose another model, whose name is not among the facts.
  const another =
    features.includes('fallbacks') || serverTools.some((tool) => tool.startsWith('advisor'))
  if (model !== null && isAllowed(model, models) && !another) return verdict
  const { decision, ...rest } = verdict
  const earlier = decision.outcome === 'deny' ? decision.reasons : []
  const reason = { code: 'model-not-allowed', message: MODEL_REFUSED }
  return {
    kind: 'refuse',
    decision: { outcome: 'deny', reasons: [...earlier, reason], approval: [] },
    facts: rest.facts,
    policyRevision: rest.policyRevision,
    detector: rest.detector,
    profile: rest.profile,
    sessionLabel: rest.sessionLabel,
    masked: rest.masked,
    kept: rest.kept,
    evaluationNs: rest.evaluationNs,
    patients: rest.patients,
    removed: [],
    acceptable: false,
    sanitized: undefined,
  }
}

/** A name that is not printed in the facts is `*`, and no rule's. */
function isAllowed(model: string, rules: readonly string[]): boolean {
  return rules.some((rule) =>
    rule.endsWith('*') ? model.startsWith(rule.slice(0, -1)) : model === rule,
  )
}
