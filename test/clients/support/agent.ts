import {
  query,
  type Options,
  type SDKMessage,
  type SDKUserMessage,
} from '@anthropic-ai/claude-agent-sdk'

export interface AgentRun {
  readonly messages: readonly SDKMessage[]
  /** Text of the last result. */
  readonly result: string
  /** What the SDK threw at the end. */
  readonly thrown: Error | undefined
}

export interface AgentOptions {
  readonly baseUrl: string
  readonly cwd: string
  /** The home of the run: settings, and what the CLI keeps. */
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  readonly options?: Partial<Options>
}

const TOOLS = ['Read', 'Grep', 'Glob', 'Write', 'Edit', 'Bash', 'Agent', 'Task']

/** An application on the Agent SDK as it comes: it is given a base URL and a credential, nothing else. */
export async function runAgent(
  prompts: readonly string[],
  { baseUrl, cwd, home, env, options }: AgentOptions,
): Promise<AgentRun> {
  const messages: SDKMessage[] = []
  let thrown: Error | undefined
  const turns = prompts.map(() => Promise.withResolvers<void>())
  const input = async function* (): AsyncGenerator<SDKUserMessage> {
    for (const [index, content] of prompts.entries()) {
      yield { type: 'user', message: { role: 'user', content }, parent_tool_use_id: null }
      await turns[index]?.promise
    }
  }
  let answered = 0
  try {
    const run = query({
      prompt: input(),
      options: {
        cwd,
        allowedTools: TOOLS,
        maxTurns: 20,
        ...options,
        env: {
          ...OWN_ENVIRONMENT,
          HOME: home,
          ANTHROPIC_BASE_URL: baseUrl,
          ...env,
        },
      },
    })
    for await (const message of run) {
      messages.push(message)
      if (message.type === 'result') turns[answered++]?.resolve()
    }
  } catch (error) {
    thrown = error instanceof Error ? error : new Error(String(error))
  }
  for (const turn of turns) turn.resolve()
  const last = messages.findLast((message) => message.type === 'result')
  return { messages, result: last !== undefined && 'result' in last ? last.result : '', thrown }
}

/** What the process of the CLI gets: nothing of the machine that could change a run, and no way out of it. */
const OWN_ENVIRONMENT = {
  PATH: process.env['PATH'] ?? '',
  CLAUDE_CODE_MAX_RETRIES: '1',
  // The CLI also asks the vendor's own host, past its base URL. Nothing listens here.
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
}
