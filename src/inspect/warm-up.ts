import { detect } from '../detect/index.ts'
import { parseRequest } from '../messages/index.ts'

const TEXT =
  'Patient Jane Doe, MRN: 000000, born 01/02/1903, 12 Main Street, called 555-0100 today.'

/**
 * Looks at a text that nobody sent. The first text of a worker pays for compiling every pattern, several hundred
 * milliseconds on a busy machine: better before it takes work than within somebody's deadline.
 */
export function warmUp(): void {
  const body = JSON.stringify({ messages: [{ role: 'user', content: TEXT }] })
  const { units } = parseRequest({
    operation: 'messages.create',
    body: new TextEncoder().encode(body),
    headers: {},
    query: [],
  })
  for (const { segments } of units) detect(segments, { recall: 'balanced', fields: [] })
}
