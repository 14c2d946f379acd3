/**
 * The closed list of what is not inspected (law 8): keys that the Messages API defines, and scalars that match a strict
 * grammar at a place where the API expects just that. Everything else is a segment.
 * Source of the names: the types of @anthropic-ai/sdk 1.12 and what its clients were seen to send.
 */
import { stringMember, type JsonMember, type JsonNode } from './json.ts'

const KNOWN_KEYS = new Set(
  `account_uuid advisor allowed_callers allowed_domains allowed_tools authorization_token betas
  block_binding blocked_domains budget_tokens cache_control caller citations cited_text clear_at_least clear_tool_inputs
  configs container content context context_management data default_config defer_loading description device_id
  disable_parallel_tool_use display document_index document_title edits effort enabled encrypted_content
  encrypted_index encrypted_stdout end_block_index end_char_index end_page_number error error_code exclude_tools
  fallbacks file_id filename format id inference_geo input input_examples input_schema instructions is_error keep
  max_content_tokens max_tokens max_uses mcp_servers media_type messages metadata mode model name output_config
  output_format page_age pages parameters partial_json prefix_mismatch_behavior previous_message_id
  redacted_thinking retrieved_at return_code role schema scope search_result_index server_name service_tier
  session_id signature skills source speed start_block_index start_char_index start_page_number stderr stdout
  stop_reason stop_sequence stop_sequences stream strict system task_budget temperature text thinking thread title
  token token_count tool tool_choice tool_configuration tool_name tool_references tool_use_id tools top_k top_p trigger ttl type
  url usage user_id user_location value version`
    .split(/\s+/)
    .filter((key) => key !== ''),
)

/** Whether the API's schema defines this key, so that it may be printed and needs no inspection. */
export function isKnownKey(key: string): boolean {
  return KNOWN_KEYS.has(key)
}

/** Top-level keys that every request has or may have; any other counts as a feature in the facts. */
export const PLAIN_KEYS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'tools',
  'max_tokens',
  'stream',
  'metadata',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'tool_choice',
])

const ENUMS = new Map<string, ReadonlySet<string>>(
  Object.entries({
    role: ['user', 'assistant', 'system'],
    type: [
      'text',
      'image',
      'document',
      'search_result',
      'thinking',
      'redacted_thinking',
      'tool_use',
      'tool_result',
      'server_tool_use',
      'web_search_tool_result',
      'web_search_result',
      'base64',
      'web_fetch_tool_result',
      'code_execution_tool_result',
      'mcp_tool_use',
      'mcp_tool_result',
      'bash_code_execution_tool_result',
      'text_editor_code_execution_tool_result',
      'url',
      'file',
      'tool_reference',
      'tool_search_tool_result',
      'container_upload',
      'compaction',
      'ephemeral',
      'content',
      'custom',
      'auto',
      'any',
      'tool',
      'none',
      'enabled',
      'disabled',
      'adaptive',
      'message',
      'char_location',
      'page_location',
      'content_block_location',
      'json_schema',
      'web_search_result_location',
      'search_result_location',
      'clear_thinking_20251015',
      'clear_tool_uses_20250919',
      'tool_uses',
      'input_tokens',
      'thinking_turns',
      'all',
    ],
    media_type: [
      'text/plain',
      'application/pdf',
      'image/png',
      'image/jpeg',
      'image/gif',
      'image/webp',
    ],
    ttl: ['5m', '1h'],
    effort: ['low', 'medium', 'high', 'xhigh', 'max'],
    display: ['updates', 'summarized', 'omitted', 'full'],
    service_tier: ['auto', 'standard_only'],
    keep: ['all'],
  }).map(([key, values]) => [key, new Set(values)]),
)

const ID = /^(?:toolu|srvtoolu|mcptoolu|msg|req)_[A-Za-z0-9]{20,40}$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const HEX_64 = /^[0-9a-f]{64}$/
// Words, versions and a release date: no run of digits that could be a number of somebody.
const MODEL = /^claude(?:-(?:[a-z]{2,16}|\d{1,2}(?:\.\d)?|20\d{6})){1,6}$/

const GRAMMARS = new Map<string, RegExp>([
  ['id', ID],
  ['tool_use_id', ID],
  ['model', MODEL],
  ['device_id', HEX_64],
  ['session_id', UUID],
  ['account_uuid', UUID],
])

/** Whether a string under an API key is an enum value or id that needs no inspection. */
export function isExempt(key: string | undefined, value: string): boolean {
  if (key === undefined) return false
  return (ENUMS.get(key)?.has(value) ?? false) || (GRAMMARS.get(key)?.test(value) ?? false)
}

const BILLING = /^x-anthropic-billing-header:(?: ?[a-z_]{1,32}=[A-Za-z0-9._-]{1,64};)+ ?$/

/**
 * The first system block in which the Agent SDK names itself. It must stay first, alone and unchanged. With anything
 * but its type and text it is a block like any other: nobody would look at the rest.
 */
export function isBillingBlock(node: JsonNode | undefined): boolean {
  const plain = node?.kind === 'object' && node.members.every(({ key }) => BLOCK.has(key.value))
  return (
    plain && stringMember(node, 'type') === 'text' && BILLING.test(stringMember(node, 'text') ?? '')
  )
}

const BLOCK: ReadonlySet<string> = new Set(['type', 'text'])

/** Members of a tool or of an output format that hold a JSON schema or examples: data, not the API's structure. */
export const SCHEMA_KEYS: ReadonlySet<string> = new Set([
  'input_schema',
  'schema',
  'parameters',
  'input_examples',
])

/** The member of a tool call that holds its arguments. */
export const INPUT_KEYS: ReadonlySet<string> = new Set(['input'])

/**
 * Outside of data, members that say nothing to the model: they come and go between turns. They are no part of a
 * message's digest, so what stands in them MUST be inspected on every turn.
 */
export function comesAndGoes({ key, value }: JsonMember): boolean {
  return key.value === 'cache_control' || (value.kind === 'literal' && value.value === null)
}

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

const KNOWN_HEADER =
  /^(?:anthropic-(?:version|beta|dangerous-direct-browser-access)|user-agent|x-app|x-claude-code-(?:session|agent|parent-agent)-id|x-stainless-(?:lang|os|arch|runtime|runtime-version|package-version|retry-count|timeout|read-timeout|async|helper|helper-method))$/

/** Whether clients of the API are known to send this header, so that its name may be printed. */
export function isKnownHeader(name: string): boolean {
  return KNOWN_HEADER.test(name)
}

const BETA = /^([a-z][a-z0-9-]{0,80})-20\d\d-\d\d-\d\d$/

/** What of a header is left to inspect: versions and names of betas end in a date that is nobody's. */
export function headerText(name: string, value: string): string {
  if (name === 'anthropic-version' && /^20\d\d-\d\d-\d\d$/.test(value)) return ''
  if (name === 'anthropic-beta') {
    return value
      .split(',')
      .map((beta) => beta.trim())
      .map((beta) => BETA.exec(beta)?.[1] ?? beta)
      .join(', ')
  }
  return UUID.test(value) ? '' : value
}
