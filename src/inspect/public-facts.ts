import type { RequestFacts } from '../schema/index.ts'
import type { InspectedUnit } from './unit.ts'

type Facts = Omit<RequestFacts, 'session' | 'acceptMasked'>

/** Takes out of the facts every name in which something was found: facts are kept, findings hold no text. */
export function withoutFound(facts: Facts, units: readonly InspectedUnit[]): Facts {
  const found = units
    .filter(({ unit }) => unit.kind === 'tools' || unit.kind === 'rest')
    .flatMap(({ unit, spans }) => spans.map((span) => unit.segments[span.segment]))
    .filter((segment) => segment !== undefined)
  const hide = (name: string): string =>
    found.some((s) => s.text === name || (s.place === 'header' && s.text.includes(name)))
      ? '*'
      : name
  return {
    ...facts,
    model: facts.model === null ? null : hide(facts.model),
    tools: facts.tools.map(hide),
    serverTools: facts.serverTools.map(hide),
    mcpServers: facts.mcpServers.map(hide),
    // A beta's date was not looked at, and its name was found without it.
    betas: facts.betas.map((beta) =>
      hide(beta.replace(/-20\d\d-\d\d-\d\d$/, '')) === '*' ? '*' : beta,
    ),
  }
}
