import { isRecord } from '../../bundle.ts'
import { bodyOf, type Expression, type Rule } from './module.ts'
import { termOf, type Term } from './term.ts'

/** Calls `visit` for each term of the rule, those in terms and in nested bodies included. */
export function visitTerms(node: unknown, visit: (term: Term) => void): void {
  if (Array.isArray(node)) {
    for (const member of node) visitTerms(member, visit)
    return
  }
  if (!isRecord(node)) return
  const term = termOf(node)
  if (term !== undefined) visit(term)
  for (const [key, member] of Object.entries(node)) {
    if (key !== 'location') visitTerms(member, visit)
  }
}

/** Every body of the rule: its own, those of `else`, `every` and comprehensions. */
export function bodiesOf(rule: Rule): readonly (readonly Expression[])[] {
  const bodies: (readonly Expression[])[] = []
  collect(rule.node, bodies)
  return bodies
}

function collect(node: unknown, bodies: (readonly Expression[])[]): void {
  if (Array.isArray(node)) {
    for (const member of node) collect(member, bodies)
    return
  }
  if (!isRecord(node)) return
  for (const [key, member] of Object.entries(node)) {
    if (key === 'location') continue
    if (key === 'body') bodies.push(bodyOf(member))
    collect(member, bodies)
  }
}
