import { html, type Html } from './html.ts'
import { marked, type Marks } from './marked.ts'

type Json = Readonly<Record<string, unknown>>

/** Longer data of a source (base64) is counted, not shown; the whole body is a page of its own. */
const LONGEST_DATA = 400

/** The masked body as a conversation. Whatever it holds is shown: what is not known by name, as JSON. */
export function conversation(payload: unknown, marks: Marks): Html {
  if (!isObject(payload)) return html`<pre>${json(payload, marks)}</pre>`
  const { system, tools, messages, ...rest } = payload
  return html`${
      system === undefined
        ? undefined
        : html`<section class="turn system">
            <h3>System</h3>
            ${content(system, marks)}
          </section>`
    }
    ${tools === undefined ? undefined : toolList(tools, marks)}
    ${Array.isArray(messages) ? messages.map((message) => turn(message, marks)) : messages === undefined ? undefined : content(messages, marks)}
    <details>
      <summary>Everything else that is sent (${Object.keys(rest).length})</summary>
      <pre>${json(rest, marks)}</pre>
    </details>`
}

function toolList(tools: unknown, marks: Marks): Html {
  if (!Array.isArray(tools)) return html`<pre>${json(tools, marks)}</pre>`
  const names = tools.map((tool) => (isObject(tool) ? nameOf(tool['name']) : 'a tool'))
  return html`<details>
    <summary>Tools (${tools.length}): ${names.join(', ').slice(0, 200)}</summary>
    <pre>${json(tools, marks)}</pre>
  </details>`
}

/** One message. */
export function turn(message: unknown, marks: Marks): Html {
  if (!isObject(message)) return html`<pre>${json(message, marks)}</pre>`
  const { role, content: said, ...more } = message
  const kind = role === 'user' || role === 'assistant' ? role : 'other'
  return html`<section class="turn ${kind}">
    <h3>${TITLES[kind] ?? nameOf(role)}</h3>
    ${content(said, marks)}${others(more, marks)}
  </section>`
}

const TITLES: Readonly<Record<string, string>> = { user: 'User', assistant: 'Assistant' }

/** What a message or a system prompt says: a text, or blocks. */
export function content(value: unknown, marks: Marks): Html {
  if (typeof value === 'string') return text(value, marks)
  if (!Array.isArray(value)) return html`<pre>${json(value, marks)}</pre>`
  return html`${value.map((part) => block(part, marks))}`
}

function text(value: string, marks: Marks): Html {
  return html`<p class="text">${marked(value, marks)}</p>`
}

/** A block of content. Members that this does not show in their place stand below it. */
function block(part: unknown, marks: Marks): Html {
  if (!isObject(part)) return html`<pre>${json(part, marks)}</pre>`
  const { type, ...rest } = part
  switch (type) {
    case 'text': {
      const { text: said, ...more } = rest
      return html`${content(said, marks)}${others(more, marks)}`
    }
    case 'thinking': {
      const { thinking, ...more } = rest
      return html`<details>
        <summary>Thinking</summary>
        ${content(thinking, marks)}${others(more, marks)}
      </details>`
    }
    case 'tool_use':
    case 'server_tool_use': {
      const { input, ...more } = rest
      return html`<div class="tool">
        <h4>Calls the tool ${nameOf(more['name'])}</h4>
        <pre>${json(input, marks)}</pre>
        ${others(more, marks)}
      </div>`
    }
    case 'tool_result': {
      const { content: result, ...more } = rest
      return html`<div class="tool">
        <h4>Result of a tool</h4>
        ${content(result ?? '', marks)}${others(more, marks)}
      </div>`
    }
    default:
      return html`<div class="tool">
        <h4>${nameOf(type)}</h4>
        <pre>${json(part, marks)}</pre>
      </div>`
  }
}

/** Ids and the like: there, but folded. */
function others(more: Json, marks: Marks): Html | undefined {
  const names = Object.keys(more)
  if (names.length === 0) return undefined
  return html`<details class="more">
    <summary>${names.join(', ').slice(0, 100)}</summary>
    <pre>${json(more, marks)}</pre>
  </details>`
}

function json(value: unknown, marks: Marks): Html {
  return marked(JSON.stringify(value, shortened, 2) ?? '', marks)
}

function shortened(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= LONGEST_DATA) return value
  const isData = /^[\w+/=-]+$/.test(value)
  return isData ? `${value.slice(0, 40)}… (${value.length} characters of data)` : value
}

function nameOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : 'without a name'
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
