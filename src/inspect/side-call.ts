import { items, member, stringMember, type ParsedRequest } from '../messages/index.ts'
import type { Policy } from '../policy/index.ts'
import type { PolicyInput, Role } from '../schema/index.ts'
import type { RequestJob, SideCall } from './job.ts'

/**
 * Tells whether a request has the form of a call beside the conversation (Agent SDK 0.3), and says nothing of its own
 * but scaffolding: nothing was found in its system prompt and tools, and they give no signal. The form is the client's
 * word, so whoever goes by it has to see that what users wrote in it was reviewed.
 */
export function sideCallOf(
  job: RequestJob,
  parsed: ParsedRequest,
  facts: PolicyInput,
  policy: Pick<Policy, 'signals'>,
): SideCall | undefined {
  const kind = formOf(job, parsed, facts)
  return kind !== undefined && isScaffolding(parsed, facts, policy) ? kind : undefined
}

function formOf(
  { headers }: RequestJob,
  { root }: ParsedRequest,
  { request }: PolicyInput,
): SideCall | undefined {
  if (request.operation !== 'messages.create') return undefined
  if (headers['x-claude-code-agent-id'] !== undefined) return 'agent'
  const { tools, serverTools, mcpServers } = request
  if (tools.length + serverTools.length + mcpServers.length > 0) return undefined
  // The only form of an answer that a title call asks for: a title.
  const format = member(member(root, 'output_config'), 'format')
  const schema = member(format, 'schema')
  const properties = member(schema, 'properties')
  const names = properties?.kind === 'object' ? properties.members.map(({ key }) => key.value) : []
  const isTitle = stringMember(format, 'type') === 'json_schema' && names.join() === 'title'
  return isTitle && items(member(root, 'messages')).length === 1 ? 'title' : undefined
}

const SCAFFOLDING: ReadonlySet<Role> = new Set<Role>(['system', 'tools'])

function isScaffolding(
  { units }: ParsedRequest,
  { findings, uninspectable }: PolicyInput,
  policy: Pick<Policy, 'signals'>,
): boolean {
  const isOwn = findings.some(({ role, operator }) => SCAFFOLDING.has(role) && operator !== 'keep')
  if (isOwn || uninspectable.length > 0) return false
  return units.every(({ segments }) =>
    segments.every(
      ({ role, text }) => !SCAFFOLDING.has(role) || policy.signals(role, text).length === 0,
    ),
  )
}
