import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { verifyFolder } from '../record/index.ts'
import { startDemo, type Demo } from './demo.ts'

interface Stop {
  readonly title: string
  readonly path: string
  readonly content: string
  /** Who approves it. */
  readonly approver?: string
}

const STOPS: readonly Stop[] = [
  {
    title: 'allow: nothing in it identifies a patient, so the bytes go on as they are',
    path: '/v1/messages',
    content: 'What is the usual starting dose of metformin in type 2 diabetes?',
  },
  {
    title: 'mask: Claude sees placeholders, the application sees the names again',
    path: '/v1/messages',
    content:
      'Patient John Smith, MRN: 998877, SSN 536-22-1234, born 03/14/1961, called from 415-555-0132. ' +
      'Draft a reminder for Mr. Smith.',
  },
  {
    title: 'deny: the connection claude-strict refuses what would have to be masked',
    path: '/c/claude-strict/v1/messages',
    content: 'Patient John Smith, MRN: 998877, asks about his dose.',
  },
  {
    title: 'require-approval: a full chart summary waits until a privacy officer has approved it',
    path: '/v1/messages',
    approver: 'reviewer',
    content: 'Give me a full chart summary for the patient with MRN: 998877.',
  },
]

/** A short narrated tour against an instance of its own, that is gone afterwards. */
export async function runTour(policyDir: string, say: (line: string) => void): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'phigate-tour-'))
  const demo = await startDemo({
    port: 0,
    consolePort: 0,
    issuerPort: 0,
    dataDir,
    policyDir,
    upstream: undefined,
    apiKey: undefined,
  })
  try {
    const token = await demo.issuer.token('svc-triage')
    for (const [index, stop] of STOPS.entries()) {
      say(`\n${index + 1}. ${stop.title}`)
      await show(demo, stop, token, say)
    }
  } finally {
    await demo.stop()
  }
  const log = await verifyFolder(join(dataDir, 'audit'))
  rmSync(dataDir, { recursive: true, force: true })
  if (!log.ok) throw new Error('the audit log of the tour does not check')
  say(`\nThe audit log holds all of it: ${log.records} records, chain intact.`)
}

async function show(
  demo: Demo,
  stop: Stop,
  token: string,
  say: (line: string) => void,
): Promise<void> {
  const before = demo.simulator?.received.length ?? 0
  const answering = fetch(new URL(stop.path, demo.server.gatewayUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'claude-sonnet-5-5',
      max_tokens: 256,
      messages: [
        {
          role: 'user',
          content: stop.content,
        },
      ],
    }),
  })
  if (stop.approver !== undefined) await approve(demo, stop.approver, say)
  const answer = await answering
  const body = (await answer.json()) as {
    content?: { text: string }[]
    error?: { type: string; message: string }
  }
  const seen = demo.simulator?.received[before]?.body as
    { messages: { content: string }[] } | undefined
  say(`   the application sent   ${stop.content}`)
  say(
    `   Claude saw             ${seen?.messages[0]?.content ?? 'nothing: the request stayed here'}`,
  )
  const said =
    body.error === undefined ? body.content?.[0]?.text : `${body.error.type}: ${body.error.message}`
  say(`   the application got    ${answer.status} ${said ?? ''}`)
  say(`   decision               ${answer.headers.get('x-phigate-decision') ?? ''}`)
}

/** Answers the one review that is pending, as a person does through the console. */
async function approve(demo: Demo, who: string, say: (line: string) => void): Promise<void> {
  const token = await demo.issuer.token(who)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(new URL(path, demo.server.consoleUrl), { headers, ...sent })
    if (!answer.ok) throw new Error(`the console answered ${answer.status}`)
    return answer.json()
  }
  for (;;) {
    const { reviews } = (await ask('/api/reviews?status=pending')) as { reviews: { id: string }[] }
    const [review] = reviews
    if (review !== undefined) {
      await ask(`/api/reviews/${review.id}/approve`, { reason: 'asked for by the care team' })
      say(`   ${who} approved      ${review.id}, having seen what Claude is about to see`)
      return
    }
    await pause(100)
  }
}
