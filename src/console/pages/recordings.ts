import type { ReplayedExchange, ReplayedSession, SessionRow } from '../../domain/index.ts'
import { content, turn } from './conversation.ts'
import { html, type Content, type Html } from './html.ts'
import { nameOf, time } from './layout.ts'
import type { Marks } from './marked.ts'

/** A list of recorded sessions, and how to get the earlier ones. */
export function sessionList(sessions: readonly SessionRow[], earlier: string | undefined): Html {
  return html`<h1>Sessions</h1>
    <p class="faint">
      What was forwarded to Claude, masked, and what came back. Reading one is recorded with your
      name.
    </p>
    ${sessions.length === 0 ? html`<p>Nothing is recorded.</p>` : undefined}
    <ul class="list">
      ${sessions.map(
        (row) =>
          html`<li>
            <a href="/sessions/${row.session}">${row.session}</a>
            <p class="faint">
              ${nameOf(row.principal)} on ${row.connection}; exchanges: ${row.exchanges};
              conversations: ${row.threads}; ${time(row.firstAt)} to ${time(row.lastAt)}
            </p>
          </li>`,
      )}
    </ul>
    ${earlier === undefined ? undefined : html`<p><a href="${earlier}">Earlier ones</a></p>`}`
}

/** A part of a session as a conversation. Everything in it is text of others. */
export function sessionPage(
  { session, marks, exchanges }: ReplayedSession,
  from: number,
  most: number,
): Html {
  const known: Marks = {
    titles: new Map(marks.map(([mask, type, by]) => [mask, by === '' ? type : `${type}, ${by}`])),
  }
  const last = from + exchanges.length
  return html`<h1>Session</h1>
    <dl>
      ${fact('Session', session.session)} ${fact('Caller', session.principal)}
      ${fact('For', session.onBehalfOf ?? undefined)} ${fact('Connection', session.connection)}
      ${fact('Exchanges', session.exchanges)} ${fact('Conversations', session.threads)}
      ${fact('First', time(session.firstAt))} ${fact('Last', time(session.lastAt))}
    </dl>
    ${marks.length === 0 ? undefined : legend(marks)}
    <h2>Exchanges ${from} to ${Math.max(from, last - 1)}</h2>
    ${exchanges.map((exchange) => exchangeView(session.session, exchange, known))}
    <nav class="actions" aria-label="Parts of the session">
      ${from === 0 ? undefined : link(session.session, Math.max(0, from - most), 'Before')}
      ${last >= session.exchanges ? undefined : link(session.session, last, 'After')}
    </nav>`
}

function link(session: string, from: number, text: string): Html {
  return html`<a class="button" href="/sessions/${session}?from=${from}">${text}</a>`
}

function fact(name: string, value: Content): Html | undefined {
  if (value === undefined) return undefined
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`
}

function legend(marks: ReplayedSession['marks']): Html {
  return html`<details>
    <summary>What was masked, and what found it (${marks.length})</summary>
    <ul>
      ${marks.map(
        ([mask, type, by]) =>
          html`<li>
            <mark>${mask}</mark> ${type}${by === '' ? undefined : html`, found by ${by}`}
          </li>`,
      )}
    </ul>
  </details>`
}

function exchangeView(session: string, exchange: ReplayedExchange, marks: Marks): Html {
  const { number, at, thread, startedBy, model, system, tools, messages, answer } = exchange
  const agent = thread === 0 ? undefined : html`, conversation ${thread}`
  return html`<section aria-label="Exchange ${number}">
    <h3 id="exchange-${number}">
      ${number}: ${time(Date.parse(at))}${model === null ? undefined : html`, ${model}`}${agent}
    </h3>
    <p class="faint">
      ${exchange.exchange}; ${exchange.outcome}; policy ${exchange.policyRevision}, profile
      ${exchange.profile}, detector
      ${exchange.detector}${startedBy === undefined ? undefined : html`; begun by ${startedBy}`};
      <a href="/sessions/${session}/exchanges/${exchange.exchange}">byte for byte</a>
    </p>
    ${
      system === undefined
        ? undefined
        : html`<details>
            <summary>System</summary>
            ${content(system, marks)}
          </details>`
    }
    ${tools === undefined ? undefined : html`<p class="faint">Tools: ${toolNames(tools)}</p>`}
    ${messages.map((message) => turn(message, marks))} ${answerView(answer, marks)}
  </section>`
}

function answerView(answer: ReplayedExchange['answer'], marks: Marks): Html {
  if (answer === null) return html`<p class="faint">No answer is recorded.</p>`
  const { status, end, at, brokenOff } = answer
  return html`${turn({ role: 'assistant', content: answer.content }, marks)}
    <p class="faint">
      ${brokenOff === undefined ? `${end}, ${status}` : html`<strong>Broken off: ${brokenOff}</strong>`},
      ${time(Date.parse(at))}
    </p>`
}

function toolNames(tools: unknown): string {
  const names = (Array.isArray(tools) ? tools : []).map((tool: unknown) => {
    const { name } = (typeof tool === 'object' && tool !== null ? tool : {}) as { name?: unknown }
    return typeof name === 'string' ? name : 'without a name'
  })
  return names.join(', ').slice(0, 500)
}
